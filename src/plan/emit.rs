//! A plan as text for the maker's build: Make and Soong fragments, a shell script, a list of installed files.
//!
//! Takes a plan and the inventory it was made for, gives text; writes nothing. Names, paths and lines come from foreign
//! files: whatever reaches a script or a build file is quoted, and what a form cannot quote is refused by name.

mod installed;
mod make;
mod place;
mod quote;
mod script;
mod soong;

use std::fmt;

use crate::inventory::Inventory;
use crate::language::{Language, Localized, Text};
use crate::package::PackageName;
use crate::plan::kind::StepKind;
use crate::plan::outcome::Plan;
use crate::plan::step::Step;

/// A form of a plan that is not for reading alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// An `Android.bp` fragment.
    Soong,
    /// An `Android.mk` fragment.
    Make,
    /// A POSIX shell script that carries the plan out on an unpacked tree, and undoes it.
    Script,
    /// The change of the image's file list, in the manner of `installed-files.txt`.
    List,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 4] = [Self::Soong, Self::Make, Self::Script, Self::List];

    /// Returns the word used on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Soong => "soong",
            Self::Make => "make",
            Self::Script => "script",
            Self::List => "list",
        }
    }

    /// Reads a word; `None` when it is none of these.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.id() == id)
    }
}

/// Why a plan cannot be written in a form.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.localized(Language::English))]
pub struct EmitError {
    /// The package whose step it is.
    pub package: PackageName,
    /// The form.
    pub form: Form,
    /// The text that is refused, made harmless to show.
    pub shown: String,
    /// Why.
    pub refusal: Refusal,
}

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It holds a character that the form cannot carry safely.
    Character(char),
    /// It is no absolute path without `.` and `..`.
    NotAPath,
    /// The form cannot install into this partition.
    Partition,
    /// The file is not made of lines, so a script cannot edit it.
    NotALine,
    /// Where the path lies inside the source is not known.
    NoSourcePath,
}

impl Localized for EmitError {
    fn localized(&self, language: Language) -> String {
        let character;
        let reason = match self.refusal {
            Refusal::Character(found) => {
                character = found.escape_unicode().to_string();
                Text::new(
                    "the character {character} cannot be carried safely",
                    "字符 {character} 无法安全写入",
                )
                .fill(language, &[("character", &character)])
            }
            Refusal::NotAPath => {
                Text::new("expected an absolute path without . and ..", "应为不含 . 和 .. 的绝对路径")
                    .get(language)
                    .to_owned()
            }
            Refusal::Partition => Text::new(
                "this form cannot install into that partition; the forms make, script and list can",
                "该形式无法安装到此分区；可改用 make、script 或 list",
            )
            .get(language)
            .to_owned(),
            Refusal::NotALine => Text::new(
                "the file is not made of lines, so a script cannot edit it; the plan says what to change",
                "该文件不是按行组成的，脚本无法修改；方案中写明了应改的内容",
            )
            .get(language)
            .to_owned(),
            Refusal::NoSourcePath => {
                Text::new("where it lies inside the source is not known", "不清楚它在来源中的位置")
                    .get(language)
                    .to_owned()
            }
        };
        Text::new(
            "the plan cannot be written as {form}: {package}: {shown}: {reason}",
            "方案无法写成 {form}：{package}：{shown}：{reason}",
        )
        .fill(
            language,
            &[
                ("form", &self.form.id()),
                ("package", &self.package),
                ("shown", &self.shown),
                ("reason", &reason),
            ],
        )
    }
}

/// Writes `plan` in one form. `inventory` is the one the plan was made for; it tells where a path of the device lies
/// inside the source.
///
/// # Errors
/// When a name, path or line cannot be carried safely by the form, or the form cannot say what a step does.
pub fn emit(plan: &Plan, inventory: &Inventory, form: Form) -> Result<String, EmitError> {
    match form {
        Form::Soong => soong::emit(plan),
        Form::Make => make::emit(plan),
        Form::Script => script::emit(plan, inventory),
        Form::List => installed::emit(plan),
    }
}

/// What every form says first: program, profile, device, and the steps that it leaves to a person.
struct Header<'a> {
    plan: &'a Plan,
    /// How a line of a comment starts.
    comment: &'static str,
    text: String,
}

impl<'a> Header<'a> {
    fn new(plan: &'a Plan, comment: &'static str) -> Self {
        let mut header = Self { plan, comment, text: String::new() };
        let device = plan.device.fingerprint.as_deref().unwrap_or("not stated");
        header.line(format_args!(
            "Made by {} for the profile {}.",
            quote::harmless(&plan.tool),
            quote::harmless(&plan.profile)
        ));
        header.line(format_args!("Device: {}", quote::harmless(device)));
        header
    }

    fn line(&mut self, line: fmt::Arguments<'_>) {
        // Writing into a string cannot fail.
        let _ = fmt::Write::write_fmt(&mut self.text, format_args!("{} {line}\n", self.comment));
    }

    /// Lists what nobody but a person can do.
    fn by_hand(&mut self) {
        let plan = self.plan;
        for step in &plan.steps {
            match step.kind {
                StepKind::MakeRemovableByHand => {
                    self.line(format_args!(
                        "By hand: {} has no known way to become removable.",
                        step.package
                    ));
                }
                StepKind::HandOverRole => {
                    let edit = step.edit.as_ref();
                    let role = edit.map_or("", |edit| edit.line.as_str());
                    self.line(format_args!(
                        "By hand: {}: default holder {}",
                        step.package,
                        quote::harmless(role)
                    ));
                }
                _ => {}
            }
        }
        for stays in &plan.cannot_repair {
            self.line(format_args!("Stays broken: {} ({})", stays.package, stays.code.id()));
        }
    }

    /// Lists edits of lists and properties as comments, for forms that only install files.
    fn edits(&mut self) {
        let plan = self.plan;
        for step in &plan.steps {
            let Some(edit) = &step.edit else { continue };
            let verb = match step.kind {
                StepKind::AddToRemovableList | StepKind::SetProperty => "add the line",
                StepKind::RemoveFromFixedList => "take out the line",
                _ => continue,
            };
            self.line(format_args!(
                "In {} {verb}: {}",
                quote::harmless(&edit.file),
                quote::harmless(&edit.line)
            ));
        }
    }
}

/// Returns the steps that move something.
fn moves(plan: &Plan) -> impl Iterator<Item = &Step> {
    plan.steps.iter().filter(|step| step.kind == StepKind::MoveToRemovableLocation)
}
