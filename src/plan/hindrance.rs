//! Why a failure stays although there is a plan.

use serde::{Deserialize, Serialize};

use crate::language::{Language, Localized, Text};
use crate::package::{Group, PackageName};
use crate::plan::step::{list, names};
use crate::profile::Origin;
use crate::removability::RequiredBecause;

/// Why something cannot be repaired.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Hindrance {
    /// The platform does not work without the package.
    RequiredByPlatform {
        /// What for.
        need: PlatformNeed,
    },
    /// The running device held back facts by which it is told what the platform needs. What is not known to be dispensable
    /// is not taken away.
    FactsNotRead {
        /// Their names: `manifest`, `services`.
        what: Vec<String>,
    },
    /// No folder or list of this maker is known that makes an app removable. A step says what a person can do.
    NoKnownWay,
    /// Uninstalling is blocked on the device, whatever the image says.
    Blocked {
        /// What blocks it.
        by: String,
    },
    /// The base APK is a stub whose app lies compressed beside it: it works from its own place only.
    CompressedStub,
    /// It lies inside an APEX or a place that is not an app folder of the image, so it cannot move.
    NotAnAppFolder {
        /// Where it lies.
        path: String,
    },
    /// The app itself has to change.
    AppItself,
    /// A declared keeper that would break the rule, or that the device does not hold on to.
    DeclarationUnlawful {
        /// What is wrong with it.
        because: DeclarationFault,
        /// Where it was declared.
        origin: Origin,
    },
}

/// What the platform needs a package for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PlatformNeed {
    /// The id of the need in `config/required.toml`.
    pub id: String,
    /// What it is and why the platform needs it, in English.
    pub en: String,
    /// The same in Chinese.
    pub zh: String,
    /// The fact that tells.
    pub evidence: String,
}

impl From<RequiredBecause> for PlatformNeed {
    fn from(because: RequiredBecause) -> Self {
        let [en, zh] = [Language::English, Language::Chinese].map(|language| because.localized(language));
        Self { id: because.need.id.clone(), en, zh, evidence: because.evidence }
    }
}

impl Localized for PlatformNeed {
    fn localized(&self, language: Language) -> String {
        match language {
            Language::English => self.en.clone(),
            Language::Chinese => self.zh.clone(),
        }
    }
}

/// What is wrong with a declared keeper.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "fault", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum DeclarationFault {
    /// The device does not have it.
    NotOnDevice,
    /// It is not of the group.
    NotOfGroup,
    /// Its user can remove it already; a plan only makes apps removable.
    Removable,
    /// With it a group would keep too many.
    TooMany {
        /// The packages that stay in its groups instead.
        keepers: Vec<PackageName>,
        /// The groups it would be too many in.
        groups: Vec<Group>,
    },
}

impl Localized for DeclarationFault {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::NotOnDevice => {
                Text::new("it is not on the device", "设备上没有该应用").get(language).to_owned()
            }
            Self::NotOfGroup => {
                Text::new("it is not of this group", "它不属于该功能组").get(language).to_owned()
            }
            Self::Removable => {
                Text::new("its user can remove it already", "用户已经可以卸载它").get(language).to_owned()
            }
            Self::TooMany { keepers, groups } => {
                Text::new("too many with {keepers} in: {groups}", "与 {keepers} 同时保留会超出上限：{groups}")
                    .fill(
                        language,
                        &[("keepers", &list(keepers, language)), ("groups", &names(groups, language))],
                    )
            }
        }
    }
}

impl Localized for Hindrance {
    fn localized(&self, language: Language) -> String {
        let fixed = |text: Text| text.get(language).to_owned();
        match self {
            Self::RequiredByPlatform { need } => {
                Text::new("the platform needs it: {need}", "平台必需：{need}")
                    .fill(language, &[("need", &need.localized(language))])
            }
            Self::FactsNotRead { what } => Text::new(
                "facts of it were not read, so the platform may need it: {what}",
                "未读取其部分信息，平台可能需要它：{what}",
            )
            .fill(
                language,
                &[(
                    "what",
                    &what.join(match language {
                        Language::English => ", ",
                        Language::Chinese => "、",
                    }),
                )],
            ),
            Self::NoKnownWay => fixed(Text::new(
                "no folder or list of this maker is known that makes an app removable",
                "该厂商没有已知的可卸载目录或清单",
            )),
            Self::Blocked { by } => {
                Text::new("uninstalling is blocked: {by}", "卸载被阻止：{by}").fill(language, &[("by", by)])
            }
            Self::CompressedStub => fixed(Text::new(
                "a stub for a compressed app, which works from its own place only",
                "压缩应用的占位包，只能在原位置工作",
            )),
            Self::NotAnAppFolder { path } => Text::new(
                "it lies in {path}, which is no app folder of the image",
                "位于 {path}，不是镜像的应用目录",
            )
            .fill(language, &[("path", path)]),
            Self::AppItself => fixed(Text::new("the app itself has to change", "须修改应用本身")),
            Self::DeclarationUnlawful { because, origin } => Text::new(
                "the keeper declared in {file}:{line} cannot stay: {because}",
                "{file}:{line} 中声明的保留应用不成立：{because}",
            )
            .fill(
                language,
                &[("file", &origin.file), ("line", &origin.line), ("because", &because.localized(language))],
            ),
        }
    }
}
