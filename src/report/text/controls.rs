//! The page of `keepone controls`: one app with all its switches, or many apps with a word for each area.

use crate::choices::{ReapplyItem, ReapplyOutcome};
use crate::control::set::CannotSet;
use crate::control::sheet::AreaSheet;
use crate::control::{Area, MaySet, Sheet, State, SwitchKind, SwitchSheet};
use crate::language::Text;
use crate::report::escape::shown;
use crate::report::result::ControlsResult;
use crate::report::table::Table;
use crate::report::text::change::{self, of};
use crate::report::text::{Page, Paint};

const APP: Text = Text::new("App", "应用");
const NO_APP: Text = Text::new("no app to show", "没有可显示的应用");
const CANNOT_SET: Text = Text::new("What cannot be set from here ({count})", "无法由此设置的项目（{count}）");
const CHOICES: Text = Text::new("Choices of the file ({count})", "文件中的选择（{count}）");
const NO_CHOICE: Text = Text::new("item {item} of the file: {why}", "文件第 {item} 项：{why}");
const EXPORTED: Text = Text::new("{count} choices written", "已写出 {count} 项选择");
const BYTES: Text = Text::new("{count} bytes", "{count} 字节");
const ONE_APP: Text = Text::new(
    "keepone controls SOURCE PACKAGE shows every switch of one app, its storage and who decided",
    "keepone controls 来源 包名 可显示单个应用的全部开关、存储占用及决定者",
);
const CAN_BE_SET: Text = Text::new("may be set here", "可在此设置");

/// Renders the page.
pub fn controls(mut page: Page, result: &ControlsResult) -> String {
    change::begin(&mut page, &result.head, result.user, result.journal.as_deref());
    let asked = !result.steps.is_empty() || !result.cannot.is_empty() || result.chosen.is_some();
    if asked && !result.applied {
        page.painted_paragraph(Paint::Open, page.say(change::DRY));
    }
    if let Some(run) = &result.result {
        change::changes(&mut page, run, result.journal.as_deref());
    }
    change::foreseen(&mut page, &result.steps, result.result.is_some());
    cannot(&mut page, &result.cannot);
    imported(&mut page, result);
    if let Some(count) = result.exported {
        let text = EXPORTED.fill(page.language, &[("count", &count)]);
        page.painted_paragraph(Paint::Good, &text);
        return page.finish();
    }
    match result.sheets.as_slice() {
        [] if !asked => page.painted_paragraph(Paint::Open, page.say(NO_APP)),
        [one] => sheet(&mut page, one),
        many if !asked => overview(&mut page, many),
        _ => {}
    }
    page.finish()
}

fn cannot(page: &mut Page, cannot: &[CannotSet]) {
    if cannot.is_empty() {
        return;
    }
    let heading = CANNOT_SET.fill(page.language, &[("count", &cannot.len())]);
    page.heading(&heading);
    for entry in cannot {
        let text = [shown(&entry.cell.to_string()), of(page, &entry.text)].join(page.colon());
        page.item(2, 3, &text);
    }
}

fn imported(page: &mut Page, result: &ControlsResult) {
    for item in result.imported.iter().filter(|item| item.choice.is_none()) {
        let why = [of(page, &item.text), shown(&item.detail)].join(page.colon());
        let text = NO_CHOICE.fill(page.language, &[("item", &item.item), ("why", &why)]);
        page.painted_paragraph(Paint::Bad, &text);
    }
    let Some(chosen) = &result.chosen else { return };
    if let Some(run) = &chosen.result {
        change::changes(page, run, result.journal.as_deref());
    }
    let heading = CHOICES.fill(page.language, &[("count", &chosen.items.len())]);
    page.heading(&heading);
    // What is refused is listed whole, item by item; what stands or was set only as far as there is room.
    let fine = |item: &ReapplyItem| {
        matches!(item.outcome, ReapplyOutcome::Stands | ReapplyOutcome::SetAgain | ReapplyOutcome::WouldBeSet)
    };
    let (fine, not): (Vec<&ReapplyItem>, Vec<&ReapplyItem>) =
        chosen.items.iter().partition(|item| fine(item));
    for item in not {
        choice(page, item);
    }
    for item in fine.iter().take(page.shown_of(fine.len())) {
        choice(page, item);
    }
    page.left_out(2, fine.len());
}

fn choice(page: &mut Page, item: &ReapplyItem) {
    let choice = &item.choice;
    let wanted = if choice.wanted == crate::choices::Wanted::On { State::On } else { State::Off };
    let name = format!(
        "{} {}/{}={}",
        choice.package,
        shown(&choice.area),
        shown(&choice.switch),
        page.say(wanted.text())
    );
    let text = [name, of(page, &item.text)].join(page.colon());
    page.item(2, 3, &text);
    for entry in &item.cannot {
        let text = [shown(&entry.cell.to_string()), of(page, &entry.text)].join(page.colon());
        page.paragraph(5, &text);
    }
}

fn sheet(page: &mut Page, sheet: &Sheet) {
    page.heading(sheet.package.as_str());
    if let Some(why) = &sheet.untouchable {
        let why = of(page, why);
        page.painted_paragraph(Paint::Open, &why);
    }
    for area in &sheet.areas {
        let told: Vec<&SwitchSheet> =
            area.switches.iter().filter(|switch| switch.state != State::NotApplicable).collect();
        if told.is_empty() {
            continue;
        }
        page.heading(&format!("{} ({})", of(page, &area.name), area.id.id()));
        let mut table = Table::new(2);
        for switch in told {
            table.row([
                switch.id.clone(),
                of(page, &switch.name),
                stands(page, switch),
                of(page, &switch.who.text),
                may_set(page, switch),
            ]);
        }
        page.table(&table);
    }
}

fn stands(page: &Page, switch: &SwitchSheet) -> String {
    let bytes = switch.cells.iter().find_map(|cell| match cell.reading.value() {
        Some(crate::enforce::Value::Number(bytes)) if switch.kind != SwitchKind::Switch => Some(*bytes),
        _ => None,
    });
    match bytes {
        Some(bytes) => BYTES.fill(page.language, &[("count", &bytes)]),
        None => page.say(switch.state.text()).to_owned(),
    }
}

fn may_set(page: &Page, switch: &SwitchSheet) -> String {
    let may = (switch.may == MaySet::Set).then(|| page.say(CAN_BE_SET).to_owned());
    let cannot = switch.cannot.as_ref().map(|cannot| of(page, cannot));
    [may, cannot].into_iter().flatten().collect::<Vec<_>>().join(page.semicolon())
}

/// One line for each app, one word for each area.
fn overview(page: &mut Page, sheets: &[Sheet]) {
    let mut table = Table::new(0);
    let head = AREAS.map(|(_, name)| page.say(name).to_owned());
    let [start, personal, permissions, identifiers] = head;
    table.row([page.say(APP).to_owned(), start, personal, permissions, identifiers]);
    for sheet in sheets.iter().take(page.shown_of(sheets.len())) {
        let word = |wanted: Area| {
            let area = sheet.areas.iter().find(|area| area.id == wanted);
            page.say(area.map_or(State::NotApplicable, of_area).text()).to_owned()
        };
        let [start, personal, permissions, identifiers] = AREAS.map(|(area, _)| word(area));
        table.row([sheet.package.to_string(), start, personal, permissions, identifiers]);
    }
    page.table(&table);
    page.left_out(0, sheets.len());
    page.blank();
    page.paragraph(0, page.say(ONE_APP));
}

/// The areas that have switches, with the words of their columns.
const AREAS: [(Area, Text); 4] = [
    (Area::AutoStart, Text::new("starts", "启动")),
    (Area::PersonalInformation, Text::new("personal data", "个人信息")),
    (Area::SensitivePermissions, Text::new("permissions", "权限")),
    (Area::DeviceIdentifiers, Text::new("identifiers", "设备标识")),
];

fn of_area(area: &AreaSheet) -> State {
    let switches = area.switches.iter().filter(|switch| switch.kind == SwitchKind::Switch);
    let states: Vec<State> =
        switches.map(|switch| switch.state).filter(|state| *state != State::NotApplicable).collect();
    let all = |wanted| states.iter().all(|state| *state == wanted);
    match states.as_slice() {
        [] => State::NotApplicable,
        _ if all(State::On) => State::On,
        _ if all(State::Off) => State::Off,
        _ if all(State::Unknown) => State::Unknown,
        _ => State::Mixed,
    }
}
