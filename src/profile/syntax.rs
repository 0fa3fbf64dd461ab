//! What is not TOML at all, in both languages. The TOML parser speaks English only; its messages are a short list.

use crate::language::Language;
use crate::profile::document::TOO_DEEP;

/// Returns a message of the TOML parser as one of ours. A message that is not in the list stays English behind a
/// Chinese heading.
pub(super) fn say(words: &str, language: Language) -> String {
    let (what, expected) = words.split_once(", expected ").unwrap_or((words, ""));
    let chinese = MESSAGES.iter().find(|(english, _)| *english == what).map(|(_, chinese)| *chinese);
    match (language, expected) {
        (Language::English, _) => words.to_owned(),
        (Language::Chinese, "") => chinese.map_or_else(|| format!("TOML 语法错误（{what}）"), str::to_owned),
        (Language::Chinese, expected) => {
            let what = chinese.map_or_else(|| format!("TOML 语法错误（{what}）"), str::to_owned);
            let expected = expected.split(", ").map(expectation).collect::<Vec<_>>().join("、");
            let space = if expected.starts_with('`') { " " } else { "" };
            format!("{what}，此处应为{space}{expected}")
        }
    }
}

fn expectation(english: &str) -> String {
    match EXPECTATIONS.iter().find(|(known, _)| *known == english) {
        Some((_, chinese)) => (*chinese).to_owned(),
        None => english.to_owned(),
    }
}

/// The messages of `toml_parser` 1.1 and of the table builder of `toml` 1.2.
const MESSAGES: &[(&str, &str)] = &[
    ("`_` may only go between digits", "`_` 只能位于数字之间"),
    ("cannot extend value of type array with a dotted key", "不能用点分键扩展数组"),
    ("cannot extend value of type inline table with a dotted key", "不能用点分键扩展行内表"),
    ("carriage return must be followed by newline", "回车符之后必须是换行符"),
    ("duplicate key", "键重复"),
    ("extra `=`", "多余的 `=`"),
    ("extra assignment between key-value pairs", "键值对之间有多余的 `=`"),
    ("extra comma in array", "数组中有多余的逗号"),
    ("extra comma in inline table", "行内表中有多余的逗号"),
    ("integers with a radix cannot be signed", "带进制前缀的整数不能有正负号"),
    ("invalid basic string", "字符串无效"),
    ("invalid binary number", "二进制数无效"),
    ("invalid boolean", "布尔值无效"),
    ("invalid comment character", "注释中含有非法字符"),
    ("invalid date", "日期无效"),
    ("invalid date-time", "日期时间无效"),
    ("invalid datetime", "日期时间无效"),
    ("invalid exponent", "指数无效"),
    ("invalid float", "小数无效"),
    ("invalid fraction", "小数部分无效"),
    ("invalid hexadecimal number", "十六进制数无效"),
    ("invalid inline table element", "行内表元素无效"),
    ("invalid integer number", "整数无效"),
    ("invalid key", "键无效"),
    ("invalid key-value pair", "键值对无效"),
    ("invalid literal string", "字面字符串无效"),
    ("invalid mantissa", "尾数无效"),
    ("invalid multi-line basic string", "多行字符串无效"),
    ("invalid multi-line literal string", "多行字面字符串无效"),
    ("invalid octal number", "八进制数无效"),
    ("invalid string", "字符串无效"),
    ("invalid table", "表头无效"),
    ("invalid time", "时间无效"),
    ("invalid unquoted key", "未加引号的键含有非法字符"),
    ("invalid value", "值无效"),
    ("key with no value", "键没有值"),
    ("keys cannot be multi-line basic strings", "键不能是多行字符串"),
    ("keys cannot be multi-line literal strings", "键不能是多行字面字符串"),
    ("missing array opening", "缺少数组的起始符号"),
    ("missing assignment between key-value pairs", "键与值之间缺少 `=`"),
    ("missing comma between array elements", "数组元素之间缺少逗号"),
    ("missing comma between key-value pairs", "键值对之间缺少逗号"),
    ("missing comment start", "缺少注释符号"),
    ("missing escaped value", "转义符之后缺少字符"),
    ("missing inline table opening", "缺少行内表的起始符号"),
    ("missing key for inline table element", "行内表元素缺少键"),
    ("missing opening quote", "缺少起始引号"),
    ("missing table open", "缺少表头的起始符号"),
    ("missing value", "缺少值"),
    ("missing value for key", "键缺少值"),
    (TOO_DEEP, "嵌套过深"),
    ("radix must be lowercase", "进制前缀必须小写"),
    ("redundant integer number prefix", "整数前缀重复"),
    ("redundant numeric sign", "正负号重复"),
    ("string values must be quoted", "字符串必须加引号"),
    ("too few unicode value digits", "Unicode 转义的位数不足"),
    ("unclosed array", "数组未闭合"),
    ("unclosed array table", "表数组的表头未闭合"),
    ("unclosed inline table", "行内表未闭合"),
    ("unclosed table", "表头未闭合"),
    ("unexpected `=` in array", "数组中不应有 `=`"),
    ("unexpected content", "此处不应有内容"),
    ("unexpected content between comment and newline", "注释与换行之间不应有内容"),
    ("unexpected key or value", "此处不应有键或值"),
    ("unexpected leading zero", "数字不应以零开头"),
    ("unexpected sign", "此处不应有正负号"),
    ("unquoted keys cannot be empty", "未加引号的键不能为空"),
];

/// What the parser says it expected.
const EXPECTATIONS: &[(&str, &str)] = &[
    ("basic string", "字符串"),
    ("characters", "字符"),
    ("digits", "数字"),
    ("key", "键"),
    ("letters", "字母"),
    ("literal string", "带引号的字符串"),
    ("multi-line basic string", "多行字符串"),
    ("newline", "换行"),
    ("non-double-quote visible characters", "双引号以外的可见字符"),
    ("non-single-quote characters", "单引号以外的字符"),
    ("non-single-quote visible characters", "单引号以外的可见字符"),
    ("nothing", "空"),
    ("numbers", "数字"),
    ("printable characters", "可打印字符"),
    ("unicode hexadecimal value", "十六进制 Unicode 值"),
    ("value", "值"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use toml::de::DeTable;

    /// Files with common slips, each of which must be said in Chinese without an English remainder.
    #[test]
    fn common_slips_have_chinese_messages() {
        for slip in [
            "a = b",
            "a = \"x",
            "a",
            "a = ",
            "[a",
            "[[a]",
            "a = [1, 2",
            "a = [1 2]",
            "a = { b = 1",
            "a = 1\na = 2",
            "a = 2026-02-30",
            "a = 2026-13-01",
            "= 1",
            "a = \"\\q\"",
            "a == 1",
            "a = 01",
            "a = 'x\ny'",
            "ä = 1",
            "a = tru",
            "a b = 1",
            "a = 1 b = 2",
            "[a]\nb = 1\n[a]",
            "[]",
            "a.b = 1\na = 2",
            "a = 1__0",
            "a = 25:00:00",
        ] {
            let (_, errors) = DeTable::parse_recoverable(slip);
            assert!(!errors.is_empty(), "{slip:?} is TOML");
            for error in errors {
                let chinese = say(error.message(), Language::Chinese);
                let untranslated = chinese.contains("TOML 语法错误");
                assert!(!untranslated, "{slip:?}: {} -> {chinese}", error.message());
            }
        }
    }

    #[test]
    fn an_unknown_message_is_not_lost() {
        assert_eq!(
            say("odd thing, expected `x`, digits", Language::Chinese),
            "TOML 语法错误（odd thing），此处应为 `x`、数字"
        );
    }
}
