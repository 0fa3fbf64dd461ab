//! The lines that say which rule a verdict rests on, and what was added to it.

use crate::language::Text;
use crate::profile::Profile;
use crate::report::escape::shown;
use crate::report::result::Basis;
use crate::report::table::Table;
use crate::report::text::Page;

const RULE: Text = Text::new("Rule", "规则");
const RESTS_ON: Text = Text::new("Rests on", "附加层");
const ADDED: Text = Text::new(
    "{file} ({layer} layer, sha256 {digest}), which adds keepers, waivers or claims",
    "{file}（{layer} 层，sha256 {digest}），其中添加了保留应用、豁免或声明",
);
const COUNTS: Text = Text::new(
    "{waivers} waivers and {keepers} declared keepers in force",
    "共有 {waivers} 项豁免、{keepers} 个声明的保留应用",
);

const IDLE: Text = Text::new("No effect", "未起作用");
const IDLE_FILE: Text = Text::new(
    "{file}, which adds to another profile or lies where no layer is read",
    "{file}：所添加的是其他规则，或不在读取层文件的位置",
);

/// How many digits of a digest are enough for a person to compare.
const DIGITS: usize = 12;

/// Adds rows for the rule's title and, when the verdict rests on added layers, each of them.
pub(super) fn rows(page: &Page, table: &mut Table, basis: &Basis, profile: &Profile) {
    let title = shown(profile.title.get(page.language));
    let standing = page.say(profile.standing.text());
    let title = page.with_aside(&title, standing);
    table.row([page.say(RULE).to_owned(), [shown(&profile.id), title].join(page.colon())]);
    for layer in basis.layers.iter().filter(|layer| layer.adds) {
        let digest = layer.sha256.0.get(..DIGITS).unwrap_or(&layer.sha256.0);
        let (file, digest, name) = (shown(&layer.file), shown(digest), shown(&layer.layer));
        let text = ADDED.fill(page.language, &[("file", &file), ("layer", &name), ("digest", &digest)]);
        table.row([page.say(RESTS_ON).to_owned(), text]);
    }
    for file in &profile.idle.files {
        let text = IDLE_FILE.fill(page.language, &[("file", &shown(file))]);
        table.row([page.say(IDLE).to_owned(), text]);
    }
    if basis.waivers + basis.keepers > 0 {
        let text = COUNTS.fill(page.language, &[("waivers", &basis.waivers), ("keepers", &basis.keepers)]);
        table.row([String::new(), text]);
    }
}
