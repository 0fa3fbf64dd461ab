//! Choices as TOML, to take to the next phone: out whole, in item by item, each with what became of it.

use serde::{Deserialize, Serialize};

use crate::choices::store::{Choice, Choices, SCHEMA_VERSION, Wanted};
use crate::control::{Area, DecidedBy, Sheet, State, SwitchKind, SwitchSheet};
use crate::enforce::result::fixed;
use crate::failure::{Failure, FailureCode};
use crate::language::Text;
use crate::profile::Bilingual;

/// The file as it is written.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Exported<'a> {
    schema_version: u32,
    choice: &'a [Choice],
}

/// The file as it is read: each item is looked at by itself.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    schema_version: u32,
    #[serde(default)]
    choice: Vec<toml::Table>,
}

/// What became of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Imported {
    /// Its place in the file, from 1.
    pub item: usize,
    /// The choice, where it is one.
    pub choice: Option<Choice>,
    /// What became of it.
    pub outcome: ItemOutcome,
    /// What is wrong with it, in the parser's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The outcome for people.
    pub text: Bilingual,
}

/// What became of an imported item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ItemOutcome {
    /// It is taken.
    Taken,
    /// It replaces another choice.
    Replaced,
    /// It was chosen so already.
    Same,
    /// This version knows no such area; it is kept for one that does.
    UnknownArea,
    /// It is no choice.
    Malformed,
}

impl ItemOutcome {
    const fn text(self) -> Text {
        match self {
            Self::Taken => Text::new("taken", "已采用"),
            Self::Replaced => Text::new("taken in place of another choice", "已采用，并替换原有选择"),
            Self::Same => Text::new("chosen so already", "原已如此选择"),
            Self::UnknownArea => {
                Text::new("kept, but this version knows no such area", "已保留，但此版本没有该控制项")
            }
            Self::Malformed => Text::new("not a choice", "不是有效的选择"),
        }
    }
}

/// Returns what a sheet shows to be decided on this phone, by the user or for it: the switches that are on or off because
/// somebody set them so. What stands in part is no choice that one word could carry.
pub fn chosen(sheet: &Sheet, when: &str) -> Vec<Choice> {
    let areas = sheet.areas.iter().flat_map(|area| area.switches.iter().map(move |switch| (area.id, switch)));
    let decided = areas
        .filter(|(_, switch)| switch.kind == SwitchKind::Switch && switch.who.decided_by == DecidedBy::User);
    let choice = |(area, switch): (Area, &SwitchSheet)| {
        let wanted = match switch.state {
            State::On => Wanted::On,
            State::Off => Wanted::Off,
            State::Mixed | State::Unknown | State::NotApplicable => return None,
        };
        Some(Choice {
            package: sheet.package.clone(),
            area: area.id().to_owned(),
            switch: switch.id.clone(),
            wanted,
            when: when.to_owned(),
        })
    };
    decided.filter_map(choice).collect()
}

/// Writes choices as TOML.
///
/// # Errors
/// When they cannot be written as TOML, which no choices of this crate are.
pub fn export(choices: &Choices) -> Result<String, Failure> {
    const FAILED: Text = Text::new("failed to write TOML: {error}", "无法写出 TOML：{error}");
    toml::to_string(&Exported { schema_version: SCHEMA_VERSION, choice: &choices.choices })
        .map_err(|error| Failure::new(FailureCode::Failed, FAILED, &[("error", &error)]))
}

/// Takes choices from TOML; what is no choice is told and left out.
///
/// # Errors
/// When the text is no TOML of this form, or of a newer version; nothing is taken then.
pub fn import(choices: &mut Choices, text: &str) -> Result<Vec<Imported>, Failure> {
    const NO_FILE: Text = Text::new("this is no file of choices: {error}", "不是有效的用户选择文件：{error}");
    const NEWER: Text = Text::new(
        "the file was written by a newer version (schema {version})",
        "文件由更新的版本写入（格式 {version}）",
    );
    let file: File = toml::from_str(text)
        .map_err(|error| Failure::new(FailureCode::BadInput, NO_FILE, &[("error", &error.message())]))?;
    if file.schema_version > SCHEMA_VERSION {
        return Err(Failure::new(FailureCode::NewerVersion, NEWER, &[("version", &file.schema_version)]));
    }
    let items = file.choice.into_iter().enumerate();
    Ok(items.map(|(at, table)| item(choices, at + 1, table)).collect())
}

fn item(choices: &mut Choices, item: usize, table: toml::Table) -> Imported {
    let imported = |choice, outcome: ItemOutcome, detail| Imported {
        item,
        choice,
        outcome,
        detail,
        text: fixed(outcome.text()),
    };
    match table.try_into::<Choice>() {
        Err(error) => imported(None, ItemOutcome::Malformed, crate::escape::shown(error.message())),
        Ok(choice) => {
            let wanted: Wanted = choice.wanted;
            let known = Area::from_id(&choice.area).is_some();
            let outcome = match choices.set(choice.clone()) {
                _ if !known => ItemOutcome::UnknownArea,
                Some(replaced) if replaced.wanted == wanted => ItemOutcome::Same,
                Some(_) => ItemOutcome::Replaced,
                None => ItemOutcome::Taken,
            };
            imported(Some(choice), outcome, String::new())
        }
    }
}
