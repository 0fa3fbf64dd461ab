//! What the author of a profile file can do about a mistake.

use std::fmt::Write as _;

use crate::language::{Language, Text};
use crate::profile::problem::Problem;
use crate::profile::visible::visible;

impl Problem {
    /// Returns what the author can do about it, where that is more than the message says.
    pub fn help(&self, language: Language) -> Option<String> {
        match self {
            Self::UnknownKey { nearest: Some(nearest), .. } => Some(did_you_mean(nearest, language)),
            Self::UnknownKey { known, .. } => Some(listed(KEYS, known.iter().copied(), language)),
            Self::UnknownWord { nearest: Some(nearest), .. } => Some(did_you_mean(nearest, language)),
            Self::UnknownWord { known, .. } => {
                Some(listed(WORDS, known.iter().map(String::as_str), language))
            }
            _ => self.advice().map(|advice| advice.get(language).to_owned()),
        }
    }

    /// Returns advice that holds for every mistake of the kind.
    fn advice(&self) -> Option<Text> {
        Some(match self {
            Self::Syntax { words }
                if words.starts_with("string values") || words.starts_with("invalid boolean") =>
            {
                Text::new("write text between quotes, `\"…\"`", "文本须加引号：`\"…\"`")
            }
            Self::MissingKey { key: "reason", .. } => {
                Text::new("a waiver says why the exception was accepted", "豁免必须说明接受该例外的理由")
            }
            Self::MissingKey { key: "extends", .. } => Text::new(
                "a file given with `--profile` is a profile of its own, with an `id`, or says which built-in profile it `extends`",
                "用 `--profile` 指定的文件须是带有自身 `id` 的独立规则，或用 `extends` 指明所扩展的内置规则",
            ),
            Self::NewerSchema { .. } => {
                Text::new("this file needs a later version of KeepOne", "该文件需要更高版本的 KeepOne")
            }
            Self::BadSchemaVersion { .. } => {
                Text::new("write `schema-version = 1`", "请写 `schema-version = 1`")
            }
            Self::BadPackageName { .. } => Text::new(
                "ASCII letters, digits, `_` and `.`, each part starting with a letter, as in `com.example.dialer`",
                "只能使用 ASCII 字母、数字、`_` 和 `.`，每段以字母开头，例如 `com.example.dialer`",
            ),
            Self::BadDate { .. } => Text::new("write the day as `2026-12-31`", "日期写作 `2026-12-31`"),
            Self::BadDigest { .. } => Text::new(
                "64 hexadecimal digits: the SHA-256 of the signing certificate, as `apksigner verify --print-certs` shows it",
                "应为 64 位十六进制数字：签名证书的 SHA-256，即 `apksigner verify --print-certs` 显示的值",
            ),
            Self::BadId { .. } => Text::new(
                "ASCII letters, digits, `-` and `.`, starting with a letter or digit, at most 64",
                "只能使用 ASCII 字母、数字、`-` 和 `.`，以字母或数字开头，最多 64 个字符",
            ),
            Self::ReservedId { .. } => Text::new(
                "choose an id of your own, or write `extends` to add keepers, waivers and claims to the built-in profile",
                "请另取 id；若要为内置规则添加保留应用、豁免或声明，请使用 `extends`",
            ),
            Self::ChangesRule { .. } => Text::new(
                "a layer may add [[keeper]], [[waiver]] and [[claim]] only; a rule of your own is a profile of its own, with its own `id`, given with `--profile FILE`",
                "层文件只能添加 [[keeper]]、[[waiver]] 和 [[claim]]；自定规则须写成带有自身 `id` 的独立规则文件，用 `--profile 文件` 指定",
            ),
            Self::OutOfRange { key: "max-non-uninstallable", .. } => Text::new(
                "leave the group out if it may have no non-uninstallable app",
                "若该功能组不允许有不可卸载的应用，请删去整个功能组",
            ),
            Self::CheckNeedsGroups { .. } => Text::new(
                "add a [[group]], or choose the check `open`",
                "请添加 [[group]]，或改用检查方式 `open`",
            ),
            _ => return None,
        })
    }
}

fn did_you_mean(nearest: &str, language: Language) -> String {
    Text::new("did you mean `{nearest}`?", "是否想写 `{nearest}`？")
        .fill(language, &[("nearest", &visible(nearest))])
}

const KEYS: Text = Text::new("its keys are {list}", "可用的键：{list}");
const WORDS: Text = Text::new("one of {list}", "可用的值：{list}");

fn listed<'a>(text: Text, known: impl Iterator<Item = &'a str>, language: Language) -> String {
    let mut list = String::new();
    for word in known {
        let comma = if list.is_empty() { "" } else { Text::new(", ", "、").get(language) };
        let _ = write!(list, "{comma}`{word}`");
    }
    text.fill(language, &[("list", &list)])
}
