//! The pages of `keepone profile`.

use crate::language::Text;
use crate::profile::{Idle, Keeper, Origin, Profile, Requirement, Waiver};
use crate::report::escape::shown;
use crate::report::table::Table;
use crate::report::text::Page;

const OPEN_TEST: Text = Text::new("open test", "开放性判断");
const GROUP_COUNT: Text = Text::new("{count} groups", "{count} 个功能组");
const ISSUER: Text = Text::new("Issued by", "发布单位");
const STANDING: Text = Text::new("Standing", "效力");
const IN_FORCE: Text = Text::new("in force since {date}", "自 {date} 起施行");
const READ_IN: Text = Text::new("Read in", "文本来源");
const FILES: Text = Text::new("Files", "文件");
const GROUPS: Text =
    Text::new("Function groups that may have non-uninstallable apps", "可以有不可卸载应用的功能组");
const AT_MOST: Text = Text::new("at most {count}", "最多 {count} 个");
const REQUIREMENTS: Text = Text::new("Requirements", "要求");
const SWITCHES: Text =
    Text::new("What the text leaves open, and how it is read here", "文本未明确之处及此处的理解");
const DISABLED: Text = Text::new("a disabled app counts as uninstalled", "停用的应用视为已卸载");
const REMOVED: Text =
    Text::new("an app removed for the user alone counts as uninstalled", "仅对用户移除的应用视为已卸载");
const EACH: Text =
    Text::new("an app of several groups counts in each", "属于多个功能组的应用在各组中分别计数");
const YES: Text = Text::new("yes", "是");
const NO: Text = Text::new("no", "否");
const KEEPERS: Text = Text::new("Declared keepers", "声明的保留应用");
const WAIVERS: Text = Text::new("Waivers", "豁免");
const UNTIL: Text = Text::new("until {date}", "至 {date}");
const BY: Text = Text::new("answered for by {owner}", "负责人：{owner}");
const SIGNED: Text = Text::new("only while signed by {signer}", "仅当签名证书为 {signer}");
const CLAIMS: Text = Text::new("Claims about what packages are for", "关于应用包用途的声明");
const NO_GROUP: Text = Text::new("none of the groups", "不属于任何功能组");
const IDLE: Text =
    Text::new("Declared for other profiles, without effect here", "为其他规则所作的声明，在此不起作用");
const NOTE: Text = Text::new("Note: {note}", "说明：{note}");
const DEFAULT: Text = Text::new("default", "默认");
const CONFIDENCE: Text = Text::new("how well the text is known: {level}", "文本可靠程度：{level}");

/// Renders the list of built-in profiles.
pub fn profiles(mut page: Page, profiles: &[Profile]) -> String {
    for profile in profiles {
        page.paragraph(0, &shown(&profile.id));
        page.paragraph(4, &shown(profile.title.get(page.language)));
        let groups = if profile.groups.is_empty() {
            page.say(OPEN_TEST).to_owned()
        } else {
            GROUP_COUNT.fill(page.language, &[("count", &profile.groups.len())])
        };
        let about = [standing(&page, profile), groups].join(page.semicolon());
        page.paragraph(4, &about);
    }
    page.finish()
}

/// Renders one profile in full.
pub fn profile(mut page: Page, profile: &Profile) -> String {
    head(&mut page, profile);
    if !profile.groups.is_empty() {
        page.heading(page.say(GROUPS));
        let mut table = Table::new(2);
        for group in &profile.groups {
            let most = AT_MOST.fill(page.language, &[("count", &group.max_non_uninstallable)]);
            table.row([group.id.to_string(), shown(group.term.get(page.language)), most, at(&group.origin)]);
        }
        page.table(&table);
    }
    page.heading(page.say(REQUIREMENTS));
    for requirement in &profile.requirements {
        self::requirement(&mut page, requirement);
    }
    switches(&mut page, profile);
    keepers(&mut page, KEEPERS, &profile.keepers);
    waivers(&mut page, WAIVERS, &profile.waivers);
    claims(&mut page, profile);
    idle(&mut page, profile);
    page.finish()
}

fn head(page: &mut Page, profile: &Profile) {
    page.painted_paragraph(
        super::Paint::Heading,
        &[shown(&profile.id), shown(profile.title.get(page.language))].join(page.colon()),
    );
    page.blank();
    let mut table = Table::new(0);
    table.row([page.say(ISSUER).to_owned(), shown(profile.issuer.get(page.language))]);
    table.row([page.say(STANDING).to_owned(), standing(page, profile)]);
    table.row([page.say(READ_IN).to_owned(), shown(profile.source.get(page.language))]);
    for (number, layer) in profile.layers.iter().enumerate() {
        let name = if number == 0 { page.say(FILES) } else { "" };
        table.row([
            name.to_owned(),
            format!("{} sha256 {}", page.with_aside(&shown(&layer.file), &shown(&layer.layer)), layer.sha256),
        ]);
    }
    page.table(&table);
}

/// Says whether the instrument binds, and since when.
fn standing(page: &Page, profile: &Profile) -> String {
    let standing = page.say(profile.standing.text());
    match &profile.in_force {
        Some(date) => {
            let in_force = IN_FORCE.fill(page.language, &[("date", &shown(date))]);
            [standing, &in_force].join(page.pause())
        }
        None => standing.to_owned(),
    }
}

/// Adds one requirement: its id and clause, what it asks, how it is checked.
pub(super) fn requirement(page: &mut Page, requirement: &Requirement) {
    page.paragraph(
        2,
        &format!("{}  {}", shown(&requirement.id), shown(requirement.clause.get(page.language))),
    );
    page.paragraph(6, &shown(requirement.text.get(page.language)));
    if let Some(note) = &requirement.note {
        let note = NOTE.fill(page.language, &[("note", &shown(note.get(page.language)))]);
        page.paragraph(6, &note);
    }
    page.paragraph(6, page.say(requirement.check.text()));
    let level = CONFIDENCE.fill(page.language, &[("level", &shown(&requirement.confidence))]);
    let level = page.with_aside(&level, &shown(requirement.source.get(page.language)));
    page.paragraph(6, &level);
}

fn switches(page: &mut Page, profile: &Profile) {
    page.heading(page.say(SWITCHES));
    let origins = &profile.switch_origins;
    let rows = [
        (DISABLED, profile.switches.disabled_counts_as_uninstalled, &origins.disabled),
        (REMOVED, profile.switches.removed_for_user_counts_as_uninstalled, &origins.removed_for_user),
        (EACH, profile.switches.count_in_each_group, &origins.count_in_each_group),
    ];
    let mut table = Table::new(2);
    for (text, on, origin) in rows {
        let answer = page.say(if on { YES } else { NO }).to_owned();
        table.row([
            page.say(text).to_owned(),
            answer,
            origin.as_ref().map_or_else(|| page.say(DEFAULT).to_owned(), at),
        ]);
    }
    page.table(&table);
}

fn keepers(page: &mut Page, heading: Text, keepers: &[Keeper]) {
    if keepers.is_empty() {
        return;
    }
    page.heading(page.say(heading));
    let mut table = Table::new(2);
    for keeper in keepers {
        table.row([page.say(keeper.group.name()).to_owned(), keeper.package.to_string(), at(&keeper.origin)]);
    }
    page.table(&table);
}

fn waivers(page: &mut Page, heading: Text, waivers: &[Waiver]) {
    if waivers.is_empty() {
        return;
    }
    page.heading(page.say(heading));
    let mut table = Table::new(2);
    for waiver in waivers {
        let until = waiver.until.as_ref().map(|date| UNTIL.fill(page.language, &[("date", &shown(date))]));
        let owner = waiver.owner.as_ref().map(|owner| BY.fill(page.language, &[("owner", &shown(owner))]));
        let signer = waiver.signer.as_ref().map(|signer| SIGNED.fill(page.language, &[("signer", signer)]));
        let parts = [Some(shown(&waiver.reason)), owner, until, signer, Some(at(&waiver.origin))];
        let about = parts.into_iter().flatten().collect::<Vec<_>>().join(page.semicolon());
        table.row([shown(&waiver.requirement), waiver.package.to_string(), about]);
    }
    page.table(&table);
}

fn claims(page: &mut Page, profile: &Profile) {
    if profile.claims.is_empty() {
        return;
    }
    page.heading(page.say(CLAIMS));
    let mut table = Table::new(2);
    for claim in &profile.claims {
        let groups: Vec<&str> = claim.groups.iter().map(|group| page.say(group.name())).collect();
        let groups = if groups.is_empty() {
            page.say(NO_GROUP).to_owned()
        } else {
            groups.join(page.say(Text::new(", ", "、")))
        };
        table.row([claim.package.to_string(), groups, at(&claim.origin)]);
    }
    page.table(&table);
}

/// Shows what the files declare for other profiles: in silence it would look as if it counted.
fn idle(page: &mut Page, profile: &Profile) {
    let idle = &profile.idle;
    if *idle == Idle::default() {
        return;
    }
    page.heading(page.say(IDLE));
    let mut table = Table::new(2);
    for keeper in &idle.keepers {
        table.row([keeper.group.to_string(), keeper.package.to_string(), at(&keeper.origin)]);
    }
    for waiver in &idle.waivers {
        table.row([shown(&waiver.requirement), waiver.package.to_string(), at(&waiver.origin)]);
    }
    page.table(&table);
    for file in &idle.files {
        page.paragraph(2, &shown(file));
    }
}

/// Returns where a value was set.
fn at(origin: &Origin) -> String {
    format!("{}:{}", shown(&origin.file), origin.line)
}
