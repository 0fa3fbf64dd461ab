//! The switches of a package as they stand: what is on, who decided it, what may be set here and what only elsewhere.

use serde::{Deserialize, Serialize};

use crate::control::lever::{Cannot, DecidedBy, Lever, Readings};
use crate::control::right;
use crate::control::switch::{Area, Switch, SwitchKind};
use crate::control::table::page::{Open, opens};
use crate::enforce::result::{both, fixed};
use crate::enforce::{Because, Cell, May, Obstacle, Part, Reading, Way};
use crate::language::{Language, Localized, Text};
use crate::package::PackageName;
use crate::profile::Bilingual;

/// The version of the shape of a sheet.
pub const SCHEMA_VERSION: u32 = 1;

/// All switches of one package for one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Sheet {
    /// [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The package.
    pub package: PackageName,
    /// The user of the phone.
    pub user: u32,
    /// How this program lives on the phone.
    pub way: Way,
    /// Why nothing of this package may be set, where that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub untouchable: Option<Bilingual>,
    /// The six areas.
    pub areas: Vec<AreaSheet>,
}

/// The switches of one area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct AreaSheet {
    /// The area.
    pub id: Area,
    /// Its name.
    pub name: Bilingual,
    /// Its switches.
    pub switches: Vec<SwitchSheet>,
}

/// One switch as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SwitchSheet {
    /// The id within the area.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// What kind of thing it is.
    pub kind: SwitchKind,
    /// How it stands.
    pub state: State,
    /// Why it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Obstacle>,
    /// Whether it may be set here.
    pub may: MaySet,
    /// Who decided how it stands.
    pub who: Who,
    /// The page of the system for the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Ways to open that page, the best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opens: Vec<Open>,
    /// The cells behind it, as read.
    pub cells: Vec<CellReading>,
    /// The same, one entry for each thing it turns.
    pub items: Vec<Item>,
    /// Why it may not be set here, or not all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cannot: Option<Bilingual>,
    /// What it does not reach even when it is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Bilingual>,
    /// Whether setting it destroys something, so that the user has to agree.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub destroys: bool,
}

/// How a switch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The app may.
    On,
    /// The app may not.
    Off,
    /// In part.
    Mixed,
    /// Not known.
    Unknown,
    /// The app or the phone has no such thing.
    NotApplicable,
}

impl State {
    /// Returns the word for people.
    pub const fn text(self) -> Text {
        match self {
            Self::On => Text::new("on", "开启"),
            Self::Off => Text::new("off", "关闭"),
            Self::Mixed => Text::new("in part", "部分开启"),
            Self::Unknown => Text::new("not known", "未知"),
            Self::NotApplicable => Text::new("not applicable", "不适用"),
        }
    }
}

/// Whether a switch may be set here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum MaySet {
    /// It may.
    Set,
    /// Only in the page of the system that is named.
    OpenPage,
    /// It may not.
    No,
}

/// Who decided, with the words for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Who {
    /// Who.
    pub decided_by: DecidedBy,
    /// The same for people.
    pub text: Bilingual,
}

impl From<DecidedBy> for Who {
    fn from(decided_by: DecidedBy) -> Self {
        Self { decided_by, text: fixed(decided_by.text()) }
    }
}

/// A cell and what was read of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct CellReading {
    /// The cell.
    pub cell: Cell,
    /// What was read.
    #[serde(flatten)]
    pub reading: Reading,
}

/// One thing a switch turns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Item {
    /// The cell that stands for it.
    pub cell: Cell,
    /// How it stands.
    pub state: State,
    /// Who decided that.
    pub who: Who,
    /// What it answers to: actions of broadcasts and intents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// Why it may not be set here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cannot: Option<Bilingual>,
}

/// Returns the cells that a sheet of these switches needs.
pub fn cells(switches: &[Switch]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = switches
        .iter()
        .flat_map(|switch| &switch.levers)
        .flat_map(|lever| lever.cells().into_iter().cloned().collect::<Vec<_>>())
        .collect();
    cells.sort();
    cells.dedup();
    cells
}

/// Puts the sheet of a package together.
pub fn sheet(
    package: &PackageName,
    user: u32,
    switches: &[Switch],
    readings: &Readings,
    may: &May,
    untouchable: Option<Bilingual>,
) -> Sheet {
    let areas = Area::ALL.map(|area| AreaSheet {
        id: area,
        name: fixed(area.name()),
        switches: switches
            .iter()
            .filter(|switch| switch.area == area)
            .map(|switch| switch_sheet(package, switch, readings, may, untouchable.as_ref()))
            .collect(),
    });
    Sheet {
        schema_version: SCHEMA_VERSION,
        package: package.clone(),
        user,
        way: may.way,
        untouchable,
        areas: areas.into(),
    }
}

/// Says how one switch stands.
pub fn switch_sheet(
    package: &PackageName,
    switch: &Switch,
    readings: &Readings,
    may: &May,
    untouchable: Option<&Bilingual>,
) -> SwitchSheet {
    let (state, because) = state(switch, readings);
    let wanted = !matches!(state, State::On | State::Mixed);
    let obstacles: Vec<(&Lever, Hindrance)> = switch
        .levers
        .iter()
        .filter_map(|lever| Some((lever, hindrance(lever, wanted, readings, may)?)))
        .collect();
    let turns = switch.levers.iter().filter(|lever| !is_absent(lever, readings)).count();
    let applicable = state != State::NotApplicable && switch.kind != SwitchKind::Told;
    let (may_set, cannot) = if let Some(untouchable) = untouchable {
        (MaySet::No, Some(untouchable.clone()))
    } else if !applicable {
        (MaySet::No, None)
    } else if obstacles.is_empty() {
        (MaySet::Set, None)
    } else {
        let told = obstacles.first().map(|(_, hindrance)| both(hindrance));
        // A part that may be set is better than a page.
        let may_set = if obstacles.len() < turns {
            MaySet::Set
        } else if may.way == Way::Shell {
            MaySet::No
        } else {
            MaySet::OpenPage
        };
        (may_set, told)
    };
    let has_page = applicable && may.way != Way::Shell;
    let item = |lever: &Lever| Item {
        cell: lever.cell().clone(),
        state: lever.state(readings).map_or(State::Unknown, one),
        who: lever.decided_by(readings).into(),
        answers: match lever {
            Lever::Component { answers, .. } => answers.clone(),
            _ => Vec::new(),
        },
        cannot: obstacles.iter().find(|(other, _)| *other == lever).map(|(_, hindrance)| both(hindrance)),
    };
    let present = || switch.levers.iter().filter(|lever| !is_absent(lever, readings));
    let decided = present().filter(|lever| lever.counts()).map(|lever| lever.decided_by(readings)).min();
    SwitchSheet {
        id: switch.id.to_owned(),
        name: fixed(switch.name),
        kind: switch.kind,
        state,
        because,
        may: may_set,
        who: decided.unwrap_or_default().into(),
        page: has_page.then(|| switch.page.to_owned()),
        opens: if has_page { opens(switch.page, package) } else { Vec::new() },
        cells: present().flat_map(Lever::cells).map(|cell| reading(cell, readings)).collect(),
        items: present().map(item).collect(),
        cannot,
        limit: switch.limit.map(fixed),
        destroys: destroys(switch),
    }
}

/// Whether turning a switch destroys what the user cannot get back.
pub(super) fn destroys(switch: &Switch) -> bool {
    let data = |lever: &Lever| matches!(lever.cell(), Cell::Storage { part: Part::Data, .. });
    switch.kind == SwitchKind::Action && switch.levers.iter().any(data)
}

/// Why a lever may not be turned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The carrier may not write it.
    Right(Obstacle),
    /// It cannot be turned.
    Cannot(Cannot),
}

impl Localized for Hindrance {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::Right(obstacle) => obstacle.localized(language),
            Self::Cannot(Cannot::NotRead(obstacle)) => {
                Text::new("what stands could not be read: {obstacle}", "无法读取当前状态：{obstacle}")
                    .fill(language, &[("obstacle", &obstacle.localized(language))])
            }
            Self::Cannot(cannot) => cannot.text().get(language).to_owned(),
        }
    }
}

/// Returns why a lever may not be turned; `None` when it may, or already stands so.
pub(super) fn hindrance(lever: &Lever, on: bool, readings: &Readings, may: &May) -> Option<Hindrance> {
    match lever.writes(on, readings) {
        Err(cannot) => Some(Hindrance::Cannot(cannot)),
        Ok(writes) => writes.iter().find_map(|(cell, _)| right::missing(cell, may)).map(Hindrance::Right),
    }
}

/// Whether this phone or package has no such thing.
pub(super) fn is_absent(lever: &Lever, readings: &Readings) -> bool {
    lever.state(readings) == Ok(None)
}

fn state(switch: &Switch, readings: &Readings) -> (State, Option<Obstacle>) {
    let counting: Vec<&Lever> = switch.levers.iter().filter(|lever| lever.counts()).collect();
    let counting: Vec<&Lever> = if counting.is_empty() { switch.levers.iter().collect() } else { counting };
    let states: Vec<Result<Option<bool>, Obstacle>> =
        counting.iter().map(|lever| lever.state(readings)).collect();
    let unread = states.iter().find_map(|state| state.as_ref().err()).cloned();
    let known: Vec<bool> = states.iter().filter_map(|state| state.as_ref().ok().copied().flatten()).collect();
    let any = |wanted: bool| known.contains(&wanted);
    let state = match (any(true), any(false), unread.is_some()) {
        (false, false, false) => State::NotApplicable,
        (true, true, _) | (true, false, true) => State::Mixed,
        (false, _, true) => State::Unknown,
        (true, false, false) => State::On,
        (false, true, false) => State::Off,
    };
    (state, unread)
}

const fn one(state: Option<bool>) -> State {
    match state {
        None => State::NotApplicable,
        Some(true) => State::On,
        Some(false) => State::Off,
    }
}

fn reading(cell: &Cell, readings: &Readings) -> CellReading {
    let missing = || Reading::NotRead(Obstacle { because: Because::Failed, detail: String::new() });
    CellReading { cell: cell.clone(), reading: readings.get(cell).cloned().unwrap_or_else(missing) }
}
