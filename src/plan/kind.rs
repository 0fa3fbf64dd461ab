//! The kinds of steps and losses a plan knows, with their ids and texts.

use serde::{Deserialize, Serialize};

use crate::language::Text;

/// What a build-time step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum StepKind {
    /// Another package becomes the default holder of a role, before its holder may be removed.
    HandOverRole,
    /// A property is set so that the platform reads the maker's list.
    SetProperty,
    /// A line is taken out of the maker's list of what cannot be removed.
    RemoveFromFixedList,
    /// A line is added to the maker's list of what users may remove.
    AddToRemovableList,
    /// The app moves to where the maker puts what users may remove.
    MoveToRemovableLocation,
    /// No way is known; a person must find one.
    MakeRemovableByHand,
}

impl StepKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::HandOverRole,
        Self::SetProperty,
        Self::RemoveFromFixedList,
        Self::AddToRemovableList,
        Self::MoveToRemovableLocation,
        Self::MakeRemovableByHand,
    ];

    /// The kinds that have a cost of their own. Handing over a role has not: the loss of the role has it.
    pub const PRICED: [Self; 5] = [
        Self::SetProperty,
        Self::RemoveFromFixedList,
        Self::AddToRemovableList,
        Self::MoveToRemovableLocation,
        Self::MakeRemovableByHand,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::HandOverRole => "hand-over-role",
            Self::SetProperty => "set-property",
            Self::RemoveFromFixedList => "remove-from-fixed-list",
            Self::AddToRemovableList => "add-to-removable-list",
            Self::MoveToRemovableLocation => "move-to-removable-location",
            Self::MakeRemovableByHand => "make-removable-by-hand",
        }
    }

    /// Reads a word; `None` when it is none of these.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.id() == id)
    }

    /// Returns what the step does, for people.
    pub const fn text(self) -> Text {
        match self {
            Self::HandOverRole => Text::new("hand over the default role", "移交默认角色"),
            Self::SetProperty => {
                Text::new("turn on the maker's list of removable apps", "启用厂商的可卸载清单")
            }
            Self::RemoveFromFixedList => {
                Text::new("take it off the maker's list of fixed apps", "从厂商的不可卸载清单中移除")
            }
            Self::AddToRemovableList => {
                Text::new("add it to the maker's list of removable apps", "加入厂商的可卸载清单")
            }
            Self::MoveToRemovableLocation => {
                Text::new("move it to where users may remove apps", "移动到用户可卸载应用的目录")
            }
            Self::MakeRemovableByHand => Text::new(
                "make it removable by hand: give the platform a way, or leave it out of the image",
                "人工使其可卸载：为平台提供途径，或不放入镜像",
            ),
        }
    }
}

/// What an app, or the phone, loses by a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LossKind {
    /// It leaves `priv-app`, and with it the right to privileged permissions.
    PrivilegedFolder,
    /// Permissions that the image's allow list of privileged permissions gives it.
    PrivilegedPermission,
    /// Runtime permissions that are granted at first boot.
    DefaultPermission,
    /// It runs as a platform user (`android.uid.*`).
    SystemUserId,
    /// It shares its user id with other packages.
    SharedUserId,
    /// `android:coreApp`.
    CoreApp,
    /// `android:persistent`.
    Persistent,
    /// `android:requiredForAllUsers`.
    RequiredForAllUsers,
    /// It is signed by the platform key.
    PlatformKey,
    /// The image forbids even disabling it.
    KeepsEnabled,
    /// Roles it holds by default.
    DefaultRole,
    /// Activities the image prefers.
    PreferredActivity,
    /// It changes the partition.
    OtherPartition,
    /// It goes to the user-data image, which a factory reset empties.
    GoneAfterReset,
}

impl LossKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::PrivilegedFolder,
        Self::PrivilegedPermission,
        Self::DefaultPermission,
        Self::SystemUserId,
        Self::SharedUserId,
        Self::CoreApp,
        Self::Persistent,
        Self::RequiredForAllUsers,
        Self::PlatformKey,
        Self::KeepsEnabled,
        Self::DefaultRole,
        Self::PreferredActivity,
        Self::OtherPartition,
        Self::GoneAfterReset,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::PrivilegedFolder => "privileged-folder",
            Self::PrivilegedPermission => "privileged-permission",
            Self::DefaultPermission => "default-permission",
            Self::SystemUserId => "system-user-id",
            Self::SharedUserId => "shared-user-id",
            Self::CoreApp => "core-app",
            Self::Persistent => "persistent",
            Self::RequiredForAllUsers => "required-for-all-users",
            Self::PlatformKey => "platform-key",
            Self::KeepsEnabled => "keeps-enabled",
            Self::DefaultRole => "default-role",
            Self::PreferredActivity => "preferred-activity",
            Self::OtherPartition => "other-partition",
            Self::GoneAfterReset => "gone-after-reset",
        }
    }

    /// Reads a word; `None` when it is none of these.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.id() == id)
    }

    /// Returns what is lost, for people.
    pub const fn text(self) -> Text {
        match self {
            Self::PrivilegedFolder => Text::new(
                "it leaves priv-app: no privileged permission any more",
                "离开 priv-app，不再拥有特权权限",
            ),
            Self::PrivilegedPermission => {
                Text::new("privileged permissions of the allow list", "白名单授予的特权权限")
            }
            Self::DefaultPermission => {
                Text::new("runtime permissions granted at first boot", "首次开机默认授予的运行时权限")
            }
            Self::SystemUserId => Text::new("it runs as a platform user", "以平台用户身份运行"),
            Self::SharedUserId => {
                Text::new("it shares its user id with other packages", "与其他应用包共享用户 ID")
            }
            Self::CoreApp => {
                Text::new("it starts before the data partition is decrypted", "在数据分区解密之前启动")
            }
            Self::Persistent => Text::new("it runs all the time", "常驻运行"),
            Self::RequiredForAllUsers => Text::new("required for every user", "每个用户都需要"),
            Self::PlatformKey => Text::new("it is signed by the platform key", "使用平台密钥签名"),
            Self::KeepsEnabled => Text::new("the image forbids even disabling it", "镜像配置禁止停用该应用"),
            Self::DefaultRole => Text::new("roles it holds by default", "默认持有的角色"),
            Self::PreferredActivity => Text::new("activities the image prefers", "镜像指定的首选活动"),
            Self::OtherPartition => Text::new("it changes the partition", "更换分区"),
            Self::GoneAfterReset => Text::new("a factory reset removes it", "恢复出厂设置后不再存在"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_files() {
        for kind in StepKind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.id()));
            assert_eq!(StepKind::from_id(kind.id()), Some(kind));
        }
        for kind in LossKind::ALL {
            assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.id()));
            assert_eq!(LossKind::from_id(kind.id()), Some(kind));
        }
    }
}
