//! The file that `keepone profile init` writes: every key with its default and a comment, in one language.
//!
//! It is made from the default profile, so it cannot differ from it: read back, it is that profile under another id. A
//! setting that is off stands behind `#` without a blank; prose stands behind `# `.

use crate::language::{Language, Text};
use crate::profile::resolved::{Bilingual, GroupRule, Profile, Requirement};
use crate::profile::{DEFAULT_ID, SCHEMA_VERSION, built_in};

/// The id the template gives the profile.
pub const TEMPLATE_ID: &str = "my-profile";

/// Returns the template with its comments in one language.
pub fn template(language: Language) -> String {
    let profile = built_in(DEFAULT_ID).expect("the default profile is built in");
    let mut page = Page { language, text: String::new() };
    head(&mut page, &profile);
    switches(&mut page);
    for (number, group) in profile.groups.iter().enumerate() {
        self::group(&mut page, group, number == 0);
    }
    for (number, requirement) in profile.requirements.iter().enumerate() {
        self::requirement(&mut page, requirement, number == 0);
    }
    declarations(&mut page);
    page.text
}

/// The text so far.
struct Page {
    language: Language,
    text: String,
}

impl Page {
    /// Adds prose, one comment line for each line of it.
    fn say(&mut self, text: Text) {
        for line in text.get(self.language).lines() {
            self.line(&format!("# {line}"));
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn key(&mut self, key: &str, value: impl Into<toml::Value>) {
        let value = value.into();
        self.line(&format!("{key} = {value}"));
    }

    fn both(&mut self, key: &str, text: &Bilingual) {
        self.key(&format!("{key}.en"), text.en.as_str());
        self.key(&format!("{key}.zh"), text.zh.as_str());
    }

    /// Adds a value that may be the same in both languages.
    fn words(&mut self, key: &str, words: &Bilingual) {
        if words.en == words.zh { self.key(key, words.en.as_str()) } else { self.both(key, words) }
    }

    /// Starts a part: an empty line, and a comment where there is one.
    fn part(&mut self, text: Option<Text>) {
        self.line("");
        if let Some(text) = text {
            self.say(text);
        }
    }
}

fn head(page: &mut Page, profile: &Profile) {
    page.say(Text::new(
        "A profile of KeepOne: the rule a device is held to. Every key stands here with its default.\n\
         Check it with `keepone profile check FILE`, use it with `--profile FILE`.",
        "KeepOne 的规则文件：用来评判设备的规则。所有键及其默认值均列于此。\n\
         用 `keepone profile check 文件` 检查，用 `--profile 文件` 启用。",
    ));
    page.part(Some(Text::new("Version of the format.", "格式版本。")));
    page.key("schema-version", i64::from(SCHEMA_VERSION));
    page.part(Some(Text::new(
        "A profile of its own has an id: ASCII letters, digits, `-` and `.`; not that of a built-in profile.",
        "独立规则须有自己的 id：ASCII 字母、数字、`-` 和 `.`，且不得与内置规则相同。",
    )));
    page.key("id", TEMPLATE_ID);
    page.say(Text::new(
        "Or, in place of `id` and everything down to the requirements: add to a built-in profile.\n\
         Such a file may hold [[keeper]], [[waiver]] and [[claim]] only.",
        "或者：不写 `id` 以及直到要求项为止的全部内容，只在内置规则上添加。\n\
         这样的文件只能包含 [[keeper]]、[[waiver]] 和 [[claim]]。",
    ));
    page.line(&format!("#extends = \"{DEFAULT_ID}\""));
    page.part(Some(Text::new(
        "Title and issuer of the instrument, in both languages.",
        "法规或标准的标题与发布单位，中英文各一。",
    )));
    page.both("title", &profile.title);
    page.both("issuer", &profile.issuer);
    page.part(Some(Text::new(
        "binding: binds its addressees; guide: a guide or recommended standard; draft: a draft.",
        "binding：具有约束力；guide：指南或推荐性标准；draft：征求意见稿。",
    )));
    page.key("standing", profile.standing.id());
    page.say(Text::new(
        "The day it came into force; leave it out where there is none.",
        "施行日期；没有则不写。",
    ));
    match &profile.in_force {
        Some(date) => page.key("in-force", date.as_str()),
        None => page.line("#in-force = 2026-01-01"),
    }
    page.part(Some(Text::new(
        "Where the text was read; `source` and `clause` may be one string where both languages have the same words.",
        "文本来源；`source` 与 `clause` 在两种语言相同时可只写一个字符串。",
    )));
    page.words("source", &profile.source);
}

fn switches(page: &mut Page) {
    page.part(Some(Text::new(
        "What instruments leave open. What is left out is strict.",
        "法规或标准未明确之处。不写则按严格处理。",
    )));
    page.line("[switches]");
    page.say(Text::new(
        "strict: a disabled app still counts as not uninstalled; lenient: it counts as uninstalled.",
        "strict：停用的应用仍视为未卸载；lenient：视为已卸载。",
    ));
    page.key("disabled", "strict");
    page.say(Text::new(
        "strict: an app removed for the user alone, its APK staying in the image, still counts as not uninstalled.",
        "strict：仅对用户移除、APK 仍留在镜像中的应用仍视为未卸载。",
    ));
    page.key("removed-for-user", "strict");
    page.say(Text::new(
        "true: an app of several groups counts in each; false: it counts once, where its evidence is strongest.",
        "true：属于多个功能组的应用在各组中分别计数；false：只在证据最强的一组中计数一次。",
    ));
    page.key("count-in-each-group", true);
}

fn group(page: &mut Page, group: &GroupRule, first: bool) {
    page.part(first.then_some(Text::new(
        "A function group that may have non-uninstallable apps; all other apps must be uninstallable.\n\
         Ids: system-settings, phone-calls, text-messages, contacts, time-display, app-download,\n\
         file-management, multimedia-capture, browser. `term` is the instrument's own word.",
        "可以有不可卸载应用的功能组；其余应用都必须可卸载。\n\
         可用的 id：system-settings、phone-calls、text-messages、contacts、time-display、app-download、\n\
         file-management、multimedia-capture、browser。`term` 是法规或标准自身的用语。",
    )));
    page.line("[[group]]");
    page.key("id", group.id.id());
    page.both("term", &group.term);
    page.key("max-non-uninstallable", i64::from(group.max_non_uninstallable));
}

fn requirement(page: &mut Page, requirement: &Requirement, first: bool) {
    page.part(first.then_some(Text::new(
        "One clause. `check` says how it is decided:\n\
         inventory: every package of the device was read;\n\
         allowed-groups: each non-uninstallable app in scope belongs to a group above;\n\
         cap: no group has more of them than `max-non-uninstallable`;\n\
         hindered-removal: no app hides from removal by a blank name, a missing icon or hiding;\n\
         open: every non-uninstallable app is listed for a person to judge;\n\
         person: not decided here, needs papers or the device in hand.\n\
         `confidence`: H read in full, M in part or in a serious secondary source, L not read.\n\
         `note` (may be left out): what is not known, or is a reading of one's own.",
        "一条要求。`check` 说明如何判定：\n\
         inventory：设备上的每个应用包均已读取；\n\
         allowed-groups：范围内每个不可卸载的应用都属于上列功能组；\n\
         cap：任何功能组的不可卸载应用不超过 `max-non-uninstallable`；\n\
         hindered-removal：没有应用以空白名称、无图标或隐藏的方式妨碍卸载；\n\
         open：列出每个不可卸载的应用，由人判定；\n\
         person：此处不判定，需要查阅文件或实机操作。\n\
         `confidence`：H 读过全文，M 读过部分或可靠的二手来源，L 未读到。\n\
         `note`（可不写）：尚不清楚之处，或自己的理解。",
    )));
    page.line("[[requirement]]");
    page.key("id", requirement.id.as_str());
    page.words("clause", &requirement.clause);
    page.key("check", requirement.check.id());
    page.key("confidence", requirement.confidence.as_str());
    page.words("source", &requirement.source);
    page.both("text", &requirement.text);
    if let Some(note) = &requirement.note {
        page.both("note", note);
    }
}

/// Adds what a profile declares beside its rule, switched off: the default profile declares nothing.
fn declarations(page: &mut Page) {
    page.part(Some(Text::new(
        "The package of a group that stays non-uninstallable. Without one the plan chooses.",
        "某功能组中保留为不可卸载的应用。不写则由修复方案选择。",
    )));
    page.line("#[[keeper]]\n#group = \"phone-calls\"\n#package = \"com.example.dialer\"");
    page.part(Some(Text::new(
        "An accepted exception. `owner`, `signer` and `until` may be left out. `signer`: SHA-256 of the signing\n\
         certificate the package must carry; `until`: the last day it holds.",
        "已接受的例外。`owner`、`signer`、`until` 可不写。`signer`：应用包须具有的签名证书的 SHA-256；\n\
         `until`：有效期的最后一天。",
    )));
    page.line("#[[waiver]]\n#package = \"com.example.clock\"\n#requirement = \"R1-2\"");
    page.line(page.reason());
    page.line(&format!("#owner = \"{}\"", Text::new("clock team", "时钟应用团队").get(page.language)));
    page.line(&format!("#signer = \"{}\"", "00".repeat(32)));
    page.line("#until = 2026-12-31");
    page.part(Some(Text::new(
        "A word about what a package is for: weak evidence, and reported when the facts contradict it.\n\
         An empty list says that it serves none of the groups.",
        "关于应用包用途的声明：属弱证据，与事实矛盾时会被指出。空列表表示不属于任何功能组。",
    )));
    page.line("#[[claim]]\n#package = \"com.example.toolbox\"\n#groups = [\"file-management\"]");
}

impl Page {
    const fn reason(&self) -> &'static str {
        match self.language {
            Language::English => "#reason = \"goes with the next build\"",
            Language::Chinese => "#reason = \"下一版本移除\"",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::raw;
    use crate::profile::resolved::Origin;
    use crate::profile::{parse, resolve, select};

    const LANGUAGES: [Language; 2] = [Language::English, Language::Chinese];

    /// Drops what must differ: the id, the file, and the lines.
    fn bare(mut profile: Profile) -> Profile {
        let nowhere = Origin { file: String::new(), line: 0 };
        profile.id = String::new();
        profile.layers.clear();
        for origin in profile.groups.iter_mut().map(|group| &mut group.origin) {
            *origin = nowhere.clone();
        }
        for origin in profile.requirements.iter_mut().map(|requirement| &mut requirement.origin) {
            *origin = nowhere.clone();
        }
        profile.switch_origins = crate::profile::SwitchOrigins::default();
        profile
    }

    /// Turns on what is switched off.
    fn all_on(text: &str) -> String {
        let line = |line: &str| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => format!("{setting}\n"),
            _ => format!("{line}\n"),
        };
        text.lines().map(line).collect::<Vec<_>>().concat()
    }

    #[test]
    fn the_template_is_the_default_profile() {
        for language in LANGUAGES {
            let file = parse("template", &template(language)).unwrap();
            let profile = resolve(&file, &[]).unwrap();
            assert_eq!(profile.id, TEMPLATE_ID);
            assert_eq!(bare(profile), bare(built_in(DEFAULT_ID).unwrap()));
        }
    }

    #[test]
    fn every_key_stands_in_the_template() {
        for language in LANGUAGES {
            let all = all_on(&template(language));
            let keys = [raw::FILE_KEYS, raw::SWITCHES_KEYS, raw::GROUP_KEYS, raw::REQUIREMENT_KEYS];
            let declared = [raw::KEEPER_KEYS, raw::WAIVER_KEYS, raw::CLAIM_KEYS];
            for key in keys.into_iter().chain(declared).flatten() {
                let is_set = |line: &str| {
                    let set = line.strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', '.']));
                    set || line == format!("[{key}]") || line == format!("[[{key}]]")
                };
                assert!(all.lines().any(is_set), "{key}");
            }
        }
    }

    #[test]
    fn every_key_stands_in_the_readme() {
        let readmes = [include_str!("../../config/README.md"), include_str!("../../config/README.zh-CN.md")];
        let tables = [
            ("", raw::FILE_KEYS),
            ("### `[switches]`", raw::SWITCHES_KEYS),
            ("### `[[group]]`", raw::GROUP_KEYS),
            ("### `[[requirement]]`", raw::REQUIREMENT_KEYS),
            ("### `[[keeper]]`", raw::KEEPER_KEYS),
            ("### `[[waiver]]`", raw::WAIVER_KEYS),
            ("### `[[claim]]`", raw::CLAIM_KEYS),
        ];
        for readme in readmes {
            for (heading, keys) in tables {
                let section = &readme[readme.find(heading).unwrap() + heading.len()..];
                let section =
                    if heading.is_empty() { section } else { section.split("\n### ").next().unwrap() };
                for key in keys {
                    let names = [format!("`{key}`"), format!("`[{key}]`"), format!("`[[{key}]]`")];
                    assert!(names.iter().any(|name| section.contains(name)), "{heading} {key}");
                }
            }
        }
    }

    #[test]
    fn what_is_switched_off_is_right_too() {
        for language in LANGUAGES {
            let all = all_on(&template(language)).replace(&format!("extends = \"{DEFAULT_ID}\"\n"), "");
            let profile = resolve(&parse("template", &all).unwrap(), &[]).unwrap();
            assert_eq!((profile.keepers.len(), profile.waivers.len(), profile.claims.len()), (1, 1, 1));
            assert!(profile.in_force.is_some());
        }
    }

    #[test]
    fn the_declarations_alone_are_a_layer() {
        for language in LANGUAGES {
            let all = all_on(&template(language));
            let declarations = &all[all.find("[[keeper]]\ngroup").unwrap()..];
            let layer = format!("schema-version = 1\nextends = \"{DEFAULT_ID}\"\n{declarations}");
            let profile = select(&parse("layer", &layer).unwrap(), &[]).unwrap();
            assert_eq!((profile.keepers.len(), profile.waivers.len(), profile.claims.len()), (1, 1, 1));
        }
    }
}
