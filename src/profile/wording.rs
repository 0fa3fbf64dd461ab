//! How each mistake is said, in both languages.

use crate::language::{Language, Localized, Text};
use crate::profile::problem::{FILE, Kind, Problem, Thing, Word};
use crate::profile::syntax;
use crate::profile::visible::visible;

impl Localized for Problem {
    fn localized(&self, language: Language) -> String {
        let values = self.values(language);
        let values: Vec<(&str, &dyn std::fmt::Display)> =
            values.iter().map(|(name, value)| (*name, value as _)).collect();
        self.text().fill(language, &values)
    }
}

impl Problem {
    /// Returns the message, its places unfilled.
    const fn text(&self) -> Text {
        match self {
            Self::TooLarge { .. } => Text::new(
                "the file has {size} bytes, more than the {limit} a profile may have",
                "文件有 {size} 字节，超过规则文件的上限 {limit} 字节",
            ),
            Self::NotUtf8 => Text::new("not UTF-8 text from here on", "从此处起不是 UTF-8 文本"),
            Self::Syntax { .. } => Text::new("{words}", "{words}"),
            Self::UnknownKey { .. } => Text::new("unknown key `{key}` in {table}", "{table}中没有键 `{key}`"),
            Self::MissingKey { .. } => Text::new("{table} lacks the key `{key}`", "{table}缺少键 `{key}`"),
            Self::WrongType { .. } => {
                Text::new("`{key}` takes {expected}, found {found}", "`{key}` 应为{expected}，实际为{found}")
            }
            Self::Empty { .. } => Text::new("`{key}` of {table} is empty", "{table}的 `{key}` 为空"),
            Self::NewerSchema { .. } => Text::new(
                "schema version {found} is newer than {newest}, the newest that is read",
                "格式版本 {found} 高于可读取的最高版本 {newest}",
            ),
            Self::BadSchemaVersion { .. } => {
                Text::new("there is no schema version {found}", "不存在格式版本 {found}")
            }
            Self::UnknownWord { what, .. } => what.text(),
            Self::BadPackageName { .. } => {
                Text::new("`{found}` is no package name", "`{found}` 不是合法的包名")
            }
            Self::BadDate { .. } => Text::new("`{found}` is no date: {why}", "`{found}` 不是有效日期：{why}"),
            Self::BadDigest { .. } => {
                Text::new("`{found}` is no SHA-256 digest", "`{found}` 不是 SHA-256 摘要")
            }
            Self::BadId { .. } => Text::new("`{found}` cannot be an id", "`{found}` 不能用作 id"),
            Self::ReservedId { .. } => {
                Text::new("`{id}` is the id of a built-in profile", "`{id}` 是内置规则的 id")
            }
            Self::OutOfRange { .. } => Text::new(
                "`{key}` is {found}, expected {least} to {most}",
                "`{key}` 为 {found}，应在 {least} 到 {most} 之间",
            ),
            Self::Duplicate { .. } => {
                Text::new("{what} `{name}` is already in line {line}", "{what} `{name}` 已在第 {line} 行出现")
            }
            Self::ChangesRule { layer: Some(_), .. } => Text::new(
                "the {layer} layer may not set `{key}`: it would change the rule it is judged by",
                "{layer} 层不得设置 `{key}`：这会改变用来评判它的规则",
            ),
            Self::ChangesRule { layer: None, .. } => Text::new(
                "a layer may not set `{key}`: it would change the rule it is judged by",
                "层文件不得设置 `{key}`：这会改变用来评判它的规则",
            ),
            Self::GroupNotInProfile { .. } => Text::new(
                "profile `{profile}` has no group `{group}`",
                "规则 `{profile}` 没有功能组 `{group}`",
            ),
            Self::TooManyKeepers { .. } => Text::new(
                "more keepers for `{group}` than the {most} it may have",
                "`{group}` 的保留应用超过上限 {most}",
            ),
            Self::CheckNeedsGroups { .. } => Text::new(
                "the check `{check}` needs groups, and the profile has none",
                "检查方式 `{check}` 需要功能组，而该规则没有任何功能组",
            ),
        }
    }

    /// Returns what fills the places of the message; text from the file is made visible here.
    fn values(&self, language: Language) -> Vec<(&'static str, String)> {
        let foreign = |text: &str| visible(text).into_owned();
        match self {
            Self::TooLarge { size, limit } => vec![("size", size.to_string()), ("limit", limit.to_string())],
            Self::NotUtf8 => Vec::new(),
            Self::Syntax { words } => vec![("words", syntax::say(words, language))],
            Self::UnknownKey { key, table, .. } => {
                vec![("key", foreign(key)), ("table", table_name(table, language))]
            }
            Self::MissingKey { key, table } | Self::Empty { key, table } => {
                vec![("key", (*key).to_owned()), ("table", table_name(table, language))]
            }
            Self::WrongType { key, expected, found } => vec![
                ("key", foreign(key)),
                ("expected", expected.text().get(language).to_owned()),
                ("found", toml_type(found).get(language).to_owned()),
            ],
            Self::NewerSchema { found, newest } => {
                vec![("found", foreign(found)), ("newest", newest.to_string())]
            }
            Self::BadSchemaVersion { found }
            | Self::UnknownWord { found, .. }
            | Self::BadPackageName { found }
            | Self::BadDigest { found }
            | Self::BadId { found } => vec![("found", foreign(found))],
            Self::BadDate { found, why } => {
                vec![("found", foreign(found)), ("why", why.text().get(language).to_owned())]
            }
            Self::ReservedId { id } => vec![("id", foreign(id))],
            Self::OutOfRange { key, found, least, most } => vec![
                ("key", (*key).to_owned()),
                ("found", foreign(found)),
                ("least", least.to_string()),
                ("most", most.to_string()),
            ],
            Self::Duplicate { what, name, first_line } => vec![
                ("what", what.text().get(language).to_owned()),
                ("name", foreign(name)),
                ("line", first_line.to_string()),
            ],
            Self::ChangesRule { key, layer } => {
                vec![("key", foreign(key)), ("layer", layer.map_or("", |layer| layer.id()).to_owned())]
            }
            Self::GroupNotInProfile { group, profile } => {
                vec![("group", group.clone()), ("profile", foreign(profile))]
            }
            Self::TooManyKeepers { group, most } => {
                vec![("group", group.clone()), ("most", most.to_string())]
            }
            Self::CheckNeedsGroups { check } => vec![("check", (*check).to_owned())],
        }
    }
}

/// Returns the name of a table; in Chinese with the space that stands between code and characters.
fn table_name(table: &str, language: Language) -> String {
    let space = Text::new("", " ").get(language);
    match table {
        FILE => Text::new("the file", "文件").get(language).to_owned(),
        _ if table.starts_with('[') => format!("{table}{space}"),
        _ => format!("`{table}`{space}"),
    }
}

const fn toml_type(name: &str) -> Text {
    match name.as_bytes() {
        b"string" => Text::new("a string", "字符串"),
        b"integer" => Text::new("a whole number", "整数"),
        b"float" => Text::new("a decimal number", "小数"),
        b"boolean" => Text::new("true or false", "布尔值"),
        b"datetime" => Text::new("a date or time", "日期或时间"),
        b"array" => Text::new("an array", "数组"),
        _ => Text::new("a table", "表"),
    }
}

impl Kind {
    const fn text(self) -> Text {
        match self {
            Self::Text => Text::new("a string", "字符串"),
            Self::Number => Text::new("a whole number", "整数"),
            Self::Flag => Text::new("true or false", " true 或 false"),
            Self::Date => Text::new("a date", "日期"),
            Self::Bilingual => Text::new(
                "a text in both languages, `{ en = \"…\", zh = \"…\" }`",
                "双语文本 `{ en = \"…\", zh = \"…\" }`",
            ),
            Self::Words => Text::new(
                "a string, or a text in both languages, `{ en = \"…\", zh = \"…\" }`",
                "字符串或双语文本 `{ en = \"…\", zh = \"…\" }`",
            ),
            Self::Table => Text::new("a table", "表"),
            Self::Tables => {
                Text::new("an array of tables, each opened by `[[…]]`", "表数组（每个表以 `[[…]]` 开头）")
            }
            Self::Texts => Text::new("an array of strings", "字符串数组"),
        }
    }
}

impl Word {
    const fn text(self) -> Text {
        match self {
            Self::Group => Text::new("there is no function group `{found}`", "没有功能组 `{found}`"),
            Self::Check => Text::new("there is no check `{found}`", "没有检查方式 `{found}`"),
            Self::Standing => Text::new("there is no standing `{found}`", "没有效力类别 `{found}`"),
            Self::Confidence => Text::new("there is no confidence `{found}`", "没有可信度等级 `{found}`"),
            Self::Semantics => Text::new(
                "`{found}` is neither `strict` nor `lenient`",
                "`{found}` 既非 `strict` 也非 `lenient`",
            ),
            Self::Requirement => Text::new("there is no requirement `{found}`", "没有要求项 `{found}`"),
            Self::Profile => Text::new("there is no built-in profile `{found}`", "没有内置规则 `{found}`"),
        }
    }
}

impl Thing {
    const fn text(self) -> Text {
        match self {
            Self::Group => Text::new("the group", "功能组"),
            Self::Requirement => Text::new("the requirement", "要求项"),
            Self::Keeper => Text::new("the keeper", "保留应用"),
            Self::Waiver => Text::new("the waiver of", "豁免"),
            Self::Claim => Text::new("the claim about", "声明"),
        }
    }
}
