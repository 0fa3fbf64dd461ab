//! What became of a change, and why it was not made: the words of every result, with their texts.

use serde::{Deserialize, Serialize};

use crate::enforce::carrier::{Because, Obstacle};
use crate::enforce::cell::Cell;
use crate::language::{Language, Localized, Text};
use crate::package::Group;
use crate::plan::step::Precondition;

/// What became of a change, judged by reading back and never by what the platform answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ChangeOutcome {
    /// What was wanted stands.
    Done,
    /// It was not tried, or the platform said no.
    Refused,
    /// The platform said yes, and what was wanted does not stand.
    Ignored,
    /// The app was to go and was only disabled.
    DisabledInstead,
    /// It stood, and was gone at the end of the run.
    Reverted,
    /// It could not be read back.
    Unknown,
}

impl ChangeOutcome {
    /// Every outcome.
    pub const ALL: [Self; 6] =
        [Self::Done, Self::Refused, Self::Ignored, Self::DisabledInstead, Self::Reverted, Self::Unknown];

    /// Returns the word used in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Ignored => "ignored",
            Self::DisabledInstead => "disabled-instead",
            Self::Reverted => "reverted",
            Self::Unknown => "unknown",
        }
    }

    /// Returns the outcome as a few words for a list.
    pub const fn text(self) -> Text {
        match self {
            Self::Done => Text::new("done", "已完成"),
            Self::Refused => Text::new("refused", "被拒绝"),
            Self::Ignored => Text::new("ignored by the platform", "被系统忽略"),
            Self::DisabledInstead => Text::new("disabled instead of removed", "仅被停用而未移除"),
            Self::Reverted => Text::new("reverted by the platform", "被系统还原"),
            Self::Unknown => Text::new("not known", "未知"),
        }
    }

    /// Returns what the outcome means: what, why it matters, what it rests on, what can be done.
    pub const fn explanation(self) -> [Text; 4] {
        match self {
            Self::Done => [
                Text::new(
                    "The change was made and was read back from the phone.",
                    "更改已完成，并已从手机读回确认。",
                ),
                Text::new(
                    "Only what is read back counts; an answer of the platform alone does not.",
                    "只以读回的状态为准，系统的应答本身不算数。",
                ),
                Text::new(
                    "The state read right after the change and again at the end of the run.",
                    "更改后立即读取及运行结束时再次读取的状态。",
                ),
                Text::new("Nothing. It can be undone from the journal.", "无需处理，可从日志撤销。"),
            ],
            Self::Refused => [
                Text::new(
                    "The change was not tried because a condition did not hold, or the platform said no.",
                    "因条件不满足而未尝试，或系统拒绝了该更改。",
                ),
                Text::new("The phone is as it was.", "手机状态保持不变。"),
                Text::new(
                    "The condition that did not hold, or the platform's own words.",
                    "不满足的条件，或系统给出的原因。",
                ),
                Text::new(
                    "Give the consent or the permission that is named, or make the condition true, and run it again.",
                    "给予所指明的同意或权限，或使条件成立后再次执行。",
                ),
            ],
            Self::Ignored => [
                Text::new(
                    "The platform said that it made the change, and what was wanted does not stand.",
                    "系统声称已完成更改，但读回的状态并非所要求的状态。",
                ),
                Text::new(
                    "A phone that answers yes and does nothing would otherwise look repaired.",
                    "若不读回，只应答而不执行的手机会被误认为已修复。",
                ),
                Text::new("The state read before and after.", "更改前后读取的状态。"),
                Text::new(
                    "Make the change in the system's own page, or in the image.",
                    "在系统自带页面中更改，或在镜像中更改。",
                ),
            ],
            Self::DisabledInstead => [
                Text::new(
                    "The app was to be removed for the user, and the phone only disabled it.",
                    "本应为用户移除该应用，手机却只是将其停用。",
                ),
                Text::new(
                    "A disabled app is not an uninstalled one under any built-in profile.",
                    "在所有内置规则下，停用都不等于卸载。",
                ),
                Text::new(
                    "The installed state and the enabled setting, both read back.",
                    "读回的安装状态与启用设置。",
                ),
                Text::new(
                    "Undo it to enable the app again; make it removable in the image.",
                    "可撤销以重新启用该应用；应在镜像中使其可卸载。",
                ),
            ],
            Self::Reverted => [
                Text::new(
                    "The change stood when it was read back first, and was gone at the end of the run.",
                    "更改后首次读回时成立，运行结束时已被还原。",
                ),
                Text::new(
                    "Something on the phone takes the user's choice back.",
                    "手机上有程序取消了用户的选择。",
                ),
                Text::new("Two readings of the same state.", "对同一状态的两次读取。"),
                Text::new(
                    "Keep the choice: it is applied again whenever the package changes. Find what reverts it.",
                    "保留该选择：应用变化时会再次执行。应查明是什么将其还原。",
                ),
            ],
            Self::Unknown => [
                Text::new("Whether the change was made could not be read back.", "无法读回更改是否已完成。"),
                Text::new("What is not known is never counted as done.", "未知的结果绝不算作完成。"),
                Text::new("A reading of the state, which failed.", "对状态的读取，但读取失败。"),
                Text::new(
                    "Reach the phone again; resume the run or undo it from the journal.",
                    "重新连接手机后，从日志继续执行或撤销。",
                ),
            ],
        }
    }
}

/// Why a change was not made, or is not known to have been made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "why", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Reason {
    /// The platform said no, or could not be asked.
    Platform {
        /// Its reason.
        obstacle: Obstacle,
    },
    /// Something is lost by it and nobody agreed.
    NeedsConsent,
    /// The plan only tells it.
    DisplayOnly,
    /// A condition of the step does not hold.
    ConditionFails {
        /// The condition.
        condition: Precondition,
    },
    /// Whether a condition of the step holds could not be read.
    ConditionUnknown {
        /// The condition.
        condition: Precondition,
        /// Why not.
        obstacle: Obstacle,
    },
    /// A condition of the image, which a running phone cannot tell.
    ConditionOfImage {
        /// The condition.
        condition: Precondition,
    },
    /// No other app of the group is there for this user.
    LastOfGroup {
        /// The group.
        group: Group,
    },
    /// It is the only holder of a role.
    HoldsRole {
        /// The role.
        role: String,
    },
    /// Whether it holds a role could not be read.
    RoleUnknown {
        /// The role.
        role: String,
        /// Why not.
        obstacle: Obstacle,
    },
    /// The platform needs it.
    Required,
    /// What stands before the change could not be read, so that it could not be undone.
    NotRestorable {
        /// Why it could not be read.
        obstacle: Obstacle,
    },
    /// This cell is read only, or takes no such value.
    NotWritable,
    /// The journal could not be written; without it nothing is changed.
    NoJournal {
        /// What the file system said.
        detail: String,
    },
    /// An earlier step lost the phone or the journal.
    Stopped,
    /// What stands differs from what was wanted and from what stood before.
    AnotherValue,
    /// A later change of the same thing stands.
    LaterChange {
        /// Its number in the journal.
        seq: u64,
    },
}

impl Reason {
    /// Wraps what a carrier said.
    pub const fn platform(because: Because, detail: String) -> Self {
        Self::Platform { obstacle: Obstacle { because, detail } }
    }
}

impl Localized for Obstacle {
    fn localized(&self, language: Language) -> String {
        let text = self.because.text().get(language);
        if self.detail.is_empty() {
            text.to_owned()
        } else {
            let detail = crate::escape::shown(&self.detail);
            Text::new("{text}: {detail}", "{text}：{detail}")
                .fill(language, &[("text", &text), ("detail", &detail)])
        }
    }
}

impl Localized for Reason {
    fn localized(&self, language: Language) -> String {
        let plain = |text: Text| text.get(language).to_owned();
        match self {
            Self::Platform { obstacle } => obstacle.localized(language),
            Self::NeedsConsent => plain(Text::new(
                "something is lost by it and nobody agreed to that",
                "会造成损失，尚未获得同意",
            )),
            Self::DisplayOnly => plain(Text::new("the plan only tells it", "方案中仅作提示")),
            Self::ConditionFails { condition } => {
                Text::new("this does not hold: {condition}", "条件不成立：{condition}")
                    .fill(language, &[("condition", &condition.localized(language))])
            }
            Self::ConditionUnknown { condition, obstacle } => Text::new(
                "not known whether this holds: {condition} ({obstacle})",
                "无法确认条件是否成立：{condition}（{obstacle}）",
            )
            .fill(
                language,
                &[("condition", &condition.localized(language)), ("obstacle", &obstacle.localized(language))],
            ),
            Self::ConditionOfImage { condition } => Text::new(
                "only the image can tell whether this holds: {condition}",
                "该条件须由镜像判断：{condition}",
            )
            .fill(language, &[("condition", &condition.localized(language))]),
            Self::LastOfGroup { group } => {
                Text::new("it is the last app for {group}", "它是{group}的最后一个应用")
                    .fill(language, &[("group", &group.name().get(language))])
            }
            Self::HoldsRole { role } => Text::new(
                "it alone holds the role {role}; another has to hold it first",
                "仅由它持有角色 {role}，须先移交给其他应用",
            )
            .fill(language, &[("role", &crate::escape::shown(role))]),
            Self::RoleUnknown { role, obstacle } => Text::new(
                "not known whether it holds the role {role} ({obstacle})",
                "无法确认它是否持有角色 {role}（{obstacle}）",
            )
            .fill(
                language,
                &[("role", &crate::escape::shown(role)), ("obstacle", &obstacle.localized(language))],
            ),
            Self::Required => plain(Text::new("the platform needs it", "系统运行需要它")),
            Self::NotRestorable { obstacle } => Text::new(
                "what stands before could not be read, so that it could not be undone ({obstacle})",
                "无法读取更改前的状态，因而无法撤销（{obstacle}）",
            )
            .fill(language, &[("obstacle", &obstacle.localized(language))]),
            Self::NotWritable => plain(Text::new("this cannot be written", "该项不可写入")),
            Self::NoJournal { detail } => Text::new(
                "the journal could not be written, and nothing is changed without it: {detail}",
                "无法写入日志，没有日志就不做任何更改：{detail}",
            )
            .fill(language, &[("detail", &crate::escape::shown(detail))]),
            Self::Stopped => {
                plain(Text::new("not reached: the run stopped before it", "未执行：此前运行已中止"))
            }
            Self::AnotherValue => {
                plain(Text::new("another value stands than the one that was wanted", "当前值与所要求的不同"))
            }
            Self::LaterChange { seq } => Text::new(
                "a later change of it stands, number {seq}",
                "其后还有一次更改（第 {seq} 号）仍然生效",
            )
            .fill(language, &[("seq", seq)]),
        }
    }
}

/// Something that no undo brings back.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "what", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Lost {
    /// The user's data of the app: files, accounts, keys, notification settings, widgets.
    Data {
        /// How many bytes, where that could be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bytes: Option<u64>,
    },
    /// What the app can make again.
    Cache {
        /// How many bytes, where that could be read.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bytes: Option<u64>,
    },
    /// The app was running; what it had not saved is gone.
    Running,
    /// What was set for the app and this program may not set again.
    Settings {
        /// What stood where.
        cells: Vec<Cell>,
    },
}

impl Localized for Lost {
    fn localized(&self, language: Language) -> String {
        let (text, bytes) = match self {
            Self::Data { bytes } => (
                Text::new(
                    "the user's data of the app: files, accounts, keys, notification settings, widgets",
                    "该应用的用户数据：文件、账号、密钥、通知设置、小部件",
                ),
                bytes,
            ),
            Self::Cache { bytes } => {
                (Text::new("cached files, which the app can make again", "缓存文件（应用可重新生成）"), bytes)
            }
            Self::Running => {
                (Text::new("what the app was doing and had not saved", "应用正在进行且尚未保存的内容"), &None)
            }
            Self::Settings { cells } => {
                let cells: Vec<String> =
                    cells.iter().map(|cell| crate::escape::shown(&cell.to_string())).collect();
                return Text::new(
                    "what is set for it and cannot be set again from here: {cells}",
                    "为其设置且无法由此恢复的内容：{cells}",
                )
                .fill(language, &[("cells", &cells.join("; "))]);
            }
        };
        match bytes {
            Some(bytes) => Text::new("{text} ({bytes} bytes)", "{text}（{bytes} 字节）")
                .fill(language, &[("text", &text.get(language)), ("bytes", bytes)]),
            None => text.get(language).to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_files_and_every_part_is_written_in_both_languages() {
        for outcome in ChangeOutcome::ALL {
            assert_eq!(serde_json::to_string(&outcome).unwrap(), format!("\"{}\"", outcome.id()));
            for text in outcome.explanation() {
                assert!(text.en.len() > 20 && text.en.is_ascii(), "{}", text.en);
                assert!(text.zh.chars().count() > 6 && !text.zh.is_ascii(), "{}", text.zh);
            }
        }
    }

    #[test]
    fn foreign_words_are_shown_harmless() {
        let reason = Reason::platform(Because::Failed, "\u{1b}[2J".to_owned());
        assert_eq!(reason.localized(Language::English), r"the platform failed: \u{1b}[2J");
    }
}
