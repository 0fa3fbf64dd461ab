//! Which switches a package has: from its facts and what the carrier may, the levers behind each.

use crate::control::lever::{Lever, OpDefault};
use crate::control::right;
use crate::control::start;
use crate::control::table::broadcast::{MIUI_APP_LIST, MIUI_AUTO_START};
use crate::control::table::page::MAKER_AUTO_START;
use crate::control::table::permission::{GROUPS, KINDS, Kind, PHONE_STATE, PREFIX, PermissionGroup};
use crate::control::table::special::{ALL_FILES, Kept, SPECIAL, Special};
use crate::enforce::{Cell, May, Part, Word};
use crate::language::Text;
use crate::source::snapshot::{PackageFacts, Stated};

/// The six areas a terminal owes its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// Starting by itself, being started by others, running in the background.
    AutoStart,
    /// Personal information by kind.
    PersonalInformation,
    /// Permission groups and special access.
    SensitivePermissions,
    /// Identifiers of the phone.
    DeviceIdentifiers,
    /// Storage space.
    Storage,
    /// The record of processing.
    ProcessingRecord,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 6] = [
        Self::AutoStart,
        Self::PersonalInformation,
        Self::SensitivePermissions,
        Self::DeviceIdentifiers,
        Self::Storage,
        Self::ProcessingRecord,
    ];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::AutoStart => "auto-start",
            Self::PersonalInformation => "personal-information",
            Self::SensitivePermissions => "sensitive-permissions",
            Self::DeviceIdentifiers => "device-identifiers",
            Self::Storage => "storage",
            Self::ProcessingRecord => "processing-record",
        }
    }

    /// Reads a word; `None` when no area has it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.id() == id)
    }

    /// Returns the name for people.
    pub const fn name(self) -> Text {
        match self {
            Self::AutoStart => Text::new("auto-start and associated start", "自启动与关联启动"),
            Self::PersonalInformation => Text::new("personal information", "个人信息"),
            Self::SensitivePermissions => Text::new("sensitive permissions", "敏感权限"),
            Self::DeviceIdentifiers => Text::new("device identifiers", "设备标识"),
            Self::Storage => Text::new("storage space", "存储空间"),
            Self::ProcessingRecord => Text::new("record of processing", "处理记录"),
        }
    }
}

/// What kind of thing a switch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SwitchKind {
    /// It is on or off.
    Switch,
    /// It is done once; setting it to `off` does it.
    Action,
    /// It is only told.
    Told,
}

/// One switch of one package, with what it turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switch {
    /// The area.
    pub area: Area,
    /// The id within the area.
    pub id: &'static str,
    /// Its name.
    pub name: Text,
    /// What kind of thing it is.
    pub kind: SwitchKind,
    /// What it turns; nothing: not applicable to this package.
    pub levers: Vec<Lever>,
    /// The page of the system for the same.
    pub page: &'static str,
    /// What it cannot do.
    pub limit: Option<Text>,
}

/// Returns the switches of a package for one user, in the order of the areas.
pub fn switches(facts: &PackageFacts, user: u32, may: &May) -> Vec<Switch> {
    let subject = Subject { facts, user, sdk: may.sdk };
    let mut switches = subject.auto_start(may);
    switches.extend(
        KINDS.iter().map(|kind| subject.permissions(Area::PersonalInformation, kind, "app-permissions")),
    );
    switches.push(subject.clipboard());
    switches.push(subject.app_list());
    switches.extend(GROUPS.iter().map(|group| {
        let page = if group.id == "notifications" { "app-notifications" } else { "app-permissions" };
        subject.permissions(Area::SensitivePermissions, group, page)
    }));
    switches.extend(SPECIAL.iter().map(|special| subject.special(Area::SensitivePermissions, special)));
    switches.extend(subject.identifiers());
    switches.extend(subject.storage());
    switches.push(Switch {
        area: Area::ProcessingRecord,
        id: "record",
        name: Text::new("what was recorded of this app", "该应用的处理记录"),
        kind: SwitchKind::Told,
        levers: Vec::new(),
        page: "app-details",
        limit: None,
    });
    switches
}

/// The package and the user whose switches are asked for.
struct Subject<'a> {
    facts: &'a PackageFacts,
    user: u32,
    sdk: u32,
}

impl Subject<'_> {
    fn op(&self, op: &str) -> Cell {
        Cell::AppOp { package: self.facts.name.clone(), user: self.user, op: op.to_owned() }
    }

    fn permission(&self, permission: String) -> Cell {
        Cell::Permission { package: self.facts.name.clone(), user: self.user, permission }
    }

    fn asks_for(&self, permission: &str) -> bool {
        self.facts.permissions.iter().any(|asked| asked == permission)
    }

    fn target(&self) -> Option<u32> {
        self.facts.target_sdk.as_ref().and_then(Stated::value)?.parse().ok()
    }

    fn told(&self, permission: &str) -> Vec<Lever> {
        let lever = || Lever::Told { cell: self.permission(permission.to_owned()) };
        self.asks_for(permission).then(lever).into_iter().collect()
    }

    fn auto_start(&self, may: &May) -> Vec<Switch> {
        let component = |starter: start::Starter<'_>| Lever::Component {
            cell: Cell::ComponentEnabled {
                package: self.facts.name.clone(),
                user: self.user,
                component: starter.component.name.clone(),
            },
            declared: start::declared(starter.component),
            answers: starter.answers,
        };
        let mut by_itself: Vec<Lever> = start::by_itself(self.facts).map(component).collect();
        by_itself.push(Lever::Op {
            cell: self.op(MIUI_AUTO_START),
            default: OpDefault::Allows,
            on: Word::Allowed,
        });
        let bucket = Cell::StandbyBucket { package: self.facts.name.clone(), user: self.user };
        let run = self.op("android:run_any_in_background");
        let by_op = right::missing(&run, may).is_none() || right::missing(&bucket, may).is_some();
        let background = if by_op {
            Lever::Op { cell: run, default: OpDefault::Allows, on: Word::Default }
        } else {
            Lever::Bucket { cell: bucket }
        };
        let switch = |id, name, levers, page, limit| Switch {
            area: Area::AutoStart,
            id,
            name,
            kind: SwitchKind::Switch,
            levers,
            page,
            limit: Some(limit),
        };
        vec![
            switch(
                "self-start",
                Text::new("starts by itself", "自启动"),
                by_itself,
                MAKER_AUTO_START,
                Text::new(
                    "the app may enable its own receivers again, which is watched and undone; alarms, jobs and push \
                     messages are background work",
                    "应用可能重新启用自身的接收器，本程序会监视并恢复；闹钟、任务与推送属于后台运行",
                ),
            ),
            switch(
                "associated-start",
                Text::new("is started by other apps", "关联启动"),
                start::by_others(self.facts).map(component).collect(),
                MAKER_AUTO_START,
                Text::new(
                    "apps that call it find it missing; what only the platform calls, its pages and its providers are \
                     left alone",
                    "调用它的应用将无法找到该组件；仅供系统调用的组件、页面与数据提供程序不受影响",
                ),
            ),
            switch(
                "background-run",
                Text::new("runs in the background", "后台运行"),
                vec![background],
                "app-details",
                Text::new(
                    "foreground services that the user sees go on; holders of the phone and message roles are exempt",
                    "用户可见的前台服务不受限；电话与短信角色的持有者不受限",
                ),
            ),
        ]
    }

    /// The switch of a group of runtime permissions.
    fn permissions(&self, area: Area, group: &PermissionGroup, page: &'static str) -> Switch {
        let target = self.target();
        let replaced = self.sdk >= 33 && target.is_some_and(|target| target >= 33);
        let members = group.members.iter().filter(|member| {
            self.sdk >= member.since
                && self.asks_for(&member.full())
                && !(replaced && member.kind == Kind::OldStorage)
        });
        let lever = |member: &crate::control::table::permission::RuntimePermission| Lever::Permission {
            cell: self.permission(member.full()),
            twin: member.op.map(|op| self.op(op)),
            legacy: target.is_some_and(|target| target < 23),
            kind: member.kind,
        };
        Switch {
            area,
            id: group.id,
            name: group.name,
            kind: SwitchKind::Switch,
            levers: members.map(lever).collect(),
            page,
            limit: None,
        }
    }

    fn clipboard(&self) -> Switch {
        Switch {
            area: Area::PersonalInformation,
            id: "clipboard",
            name: Text::new("clipboard", "剪贴板"),
            kind: SwitchKind::Switch,
            levers: vec![Lever::Op {
                cell: self.op("android:read_clipboard"),
                default: OpDefault::Allows,
                on: Word::Default,
            }],
            page: "app-details",
            limit: Some(Text::new(
                "from Android 10 an app reads it only while it is in use",
                "安卓 10 起应用仅在使用期间可读取",
            )),
        }
    }

    fn app_list(&self) -> Switch {
        let mut levers =
            vec![Lever::Op { cell: self.op(MIUI_APP_LIST), default: OpDefault::Allows, on: Word::Allowed }];
        levers.extend(self.told("android.permission.QUERY_ALL_PACKAGES"));
        Switch {
            area: Area::PersonalInformation,
            id: "app-list",
            name: Text::new("list of installed apps", "已安装应用列表"),
            kind: SwitchKind::Switch,
            levers,
            page: "app-permissions",
            limit: Some(Text::new(
                "Android grants it at installation; only some makers let it be taken",
                "安卓在安装时授予该权限，仅部分厂商允许收回",
            )),
        }
    }

    fn special(&self, area: Area, special: &Special) -> Switch {
        let package = || self.facts.name.clone();
        let full = |permission: &str| format!("{PREFIX}{permission}");
        let guarded = |guard: &str| {
            let guard = full(guard);
            let components = self.facts.services.iter().chain(&self.facts.receivers);
            components.into_iter().any(|component| component.permission.as_ref() == Some(&guard))
        };
        let access = |access| Lever::Access {
            cell: Cell::SpecialAccess { package: package(), user: self.user, access },
        };
        let lever = match special.kept {
            Kept::Op { op, permission } => self.asks_for(&full(permission)).then(|| Lever::Op {
                cell: self.op(op),
                default: OpDefault::Permission(self.permission(full(permission))),
                on: Word::Allowed,
            }),
            Kept::Component { access: kept, guard } => guarded(guard).then(|| access(kept)),
            Kept::Package { access: kept, permission } => {
                self.asks_for(&full(permission)).then(|| access(kept))
            }
        };
        Switch {
            area,
            id: special.id,
            name: special.name,
            kind: SwitchKind::Switch,
            levers: lever.filter(|_| self.sdk >= special.since).into_iter().collect(),
            page: special.id,
            limit: None,
        }
    }

    fn identifiers(&self) -> Vec<Switch> {
        let told = |id, name, permission, limit| Switch {
            area: Area::DeviceIdentifiers,
            id,
            name,
            kind: SwitchKind::Told,
            levers: self.told(permission),
            page: "app-details",
            limit: Some(limit),
        };
        let privileged = "android.permission.READ_PRIVILEGED_PHONE_STATE";
        let default = if self.asks_for(privileged) {
            OpDefault::Permission(self.permission(privileged.to_owned()))
        } else {
            OpDefault::Denies
        };
        let read = Lever::Op { cell: self.op("android:read_device_identifiers"), default, on: Word::Allowed };
        vec![
            self.permissions(Area::DeviceIdentifiers, &PHONE_STATE, "app-permissions"),
            Switch {
                area: Area::DeviceIdentifiers,
                id: "read-identifiers",
                name: Text::new("IMEI, serial number and SIM identifiers", "IMEI、序列号与 SIM 标识"),
                kind: SwitchKind::Switch,
                levers: if self.sdk >= 29 { vec![read] } else { Vec::new() },
                page: "app-details",
                limit: Some(Text::new(
                    "a system app that holds the privileged permission reads them whatever the app-op says",
                    "持有特权权限的系统应用不受该应用操作限制",
                )),
            },
            told(
                "privileged-identifiers",
                Text::new("privileged phone state", "特权电话状态"),
                privileged,
                Text::new(
                    "the image grants it; only a new image takes it",
                    "由镜像授予，只能通过更新镜像收回",
                ),
            ),
            told(
                "advertising-id",
                Text::new("advertising identifier", "广告标识"),
                "com.google.android.gms.permission.AD_ID",
                Text::new(
                    "it is reset or deleted in the system's own page for advertising",
                    "可在系统的广告设置页面中重置或删除",
                ),
            ),
        ]
    }

    fn storage(&self) -> Vec<Switch> {
        let cell = |part| Cell::Storage { package: self.facts.name.clone(), user: self.user, part };
        let switch = |id, name, kind, lever, limit| Switch {
            area: Area::Storage,
            id,
            name,
            kind,
            levers: vec![lever],
            page: "app-details",
            limit,
        };
        vec![
            switch(
                "app-size",
                Text::new("app", "应用"),
                SwitchKind::Told,
                Lever::Clear { cell: cell(Part::App) },
                Some(Text::new(
                    "the image keeps the app whatever is removed for a user",
                    "无论为用户移除什么，镜像中的应用仍占用空间",
                )),
            ),
            switch(
                "clear-data",
                Text::new("clear data", "清除数据"),
                SwitchKind::Action,
                Lever::Clear { cell: cell(Part::Data) },
                Some(Text::new("what is cleared does not come back", "清除后无法恢复")),
            ),
            switch(
                "clear-cache",
                Text::new("clear cache", "清除缓存"),
                SwitchKind::Action,
                Lever::Clear { cell: cell(Part::Cache) },
                None,
            ),
            self.special(Area::Storage, &ALL_FILES),
        ]
    }
}
