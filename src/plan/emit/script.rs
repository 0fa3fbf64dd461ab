//! A POSIX shell script that carries the build-time plan out on an unpacked tree: dry run unless told otherwise, a journal
//! before every step, undo. What it does is in `script.sh`; here its steps are written, every foreign word quoted.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::inventory::Inventory;
use crate::plan::emit::place::Layout;
use crate::plan::emit::quote::{Quote, harmless};
use crate::plan::emit::{EmitError, Form, Header, Refusal};
use crate::plan::kind::StepKind;
use crate::plan::outcome::Plan;
use crate::plan::step::{Edit, Moved, Step};

/// What does not depend on the plan.
const RUN: &str = include_str!("script.sh");

pub(super) fn emit(plan: &Plan, inventory: &Inventory) -> Result<String, EmitError> {
    let writing = Writing { layout: Layout::new(inventory), shared: shared(inventory) };
    let mut calls = Vec::new();
    for step in &plan.steps {
        writing.step(step, &mut calls)?;
    }
    let mut header = Header::new(plan, "#");
    header.by_hand();
    let mut text =
        format!("#!/bin/sh\n{}\n{RUN}\n# The steps of this plan.\nstep() {{\n    case $1 in\n", header.text);
    // Writing into a string cannot fail.
    for (number, (verb, words)) in (1_usize..).zip(&calls) {
        let _ = writeln!(text, "        {number}) {verb} {number} {words} ;;");
    }
    text.push_str("        *) fail \"no step $1\" 1 ;;\n    esac\n}\n\nby_hand() {\n    :\n");
    for step in &plan.steps {
        let what = match step.kind {
            StepKind::MakeRemovableByHand => "has no known way to become removable",
            StepKind::HandOverRole => "must not be the default holder of a role any more",
            _ => continue,
        };
        let _ = writeln!(text, "    say 'By hand: {} {what}'", harmless(step.package.as_str()));
    }
    let _ = write!(text, "}}\n\nplan={}\nlast_step={}\nrun\n", digest(plan), calls.len());
    Ok(text)
}

/// The plan's own digest: a journal belongs to the script that wrote it.
fn digest(plan: &Plan) -> String {
    // A plan of ours always has a JSON form.
    let json = serde_json::to_vec(plan).unwrap_or_default();
    Sha256::digest(json).iter().fold(String::new(), |digits, byte| format!("{digits}{byte:02x}"))
}

/// How many packages lie at each code path.
fn shared(inventory: &Inventory) -> BTreeMap<&str, usize> {
    let mut shared: BTreeMap<&str, usize> = BTreeMap::new();
    for package in inventory.packages() {
        *shared.entry(&package.path).or_default() += 1;
    }
    shared
}

struct Writing<'a> {
    layout: Layout,
    shared: BTreeMap<&'a str, usize>,
}

impl Writing<'_> {
    /// Writes the calls of one step: the verb and its words.
    fn step(&self, step: &Step, calls: &mut Vec<(&'static str, String)>) -> Result<(), EmitError> {
        let quote = Quote { package: &step.package, form: Form::Script };
        match (step.kind, &step.edit) {
            (StepKind::MoveToRemovableLocation, _) => {
                for Moved { from, to } in self.moved(step) {
                    let words = format!("{} {}", self.place(quote, &from)?, self.place(quote, &to)?);
                    calls.push(("move", words));
                }
            }
            (StepKind::AddToRemovableList, Some(edit)) => {
                calls.push(("edit", self.edit(quote, "add", edit)?));
            }
            (StepKind::RemoveFromFixedList, Some(edit)) => {
                calls.push(("edit", self.edit(quote, "take", edit)?));
            }
            (StepKind::SetProperty, Some(edit)) => calls.push(("edit", self.edit(quote, "set", edit)?)),
            _ => {}
        }
        Ok(())
    }

    /// The folder where it is the package's own, else its files.
    fn moved(&self, step: &Step) -> Vec<Moved> {
        let (Some(from), Some(to)) = (&step.from, &step.to) else { return Vec::new() };
        let is_folder = step.files.iter().all(|file| file.from != *from);
        let is_own = self.shared.get(from.as_str()).is_some_and(|packages| *packages == 1);
        if is_folder && is_own {
            vec![Moved { from: from.clone(), to: to.clone() }]
        } else {
            step.files.clone()
        }
    }

    fn edit(&self, quote: Quote<'_>, verb: &str, edit: &Edit) -> Result<String, EmitError> {
        if !edit.whole_line {
            return Err(quote.refuse(&edit.file, Refusal::NotALine));
        }
        Ok(format!("{verb} {} {}", self.place(quote, &edit.file)?, quote.shell(&edit.line)?))
    }

    /// The quoted place of a device path below the tree.
    fn place(&self, quote: Quote<'_>, path: &str) -> Result<String, EmitError> {
        quote.segments(path)?;
        let inside = self.layout.inside(path).ok_or_else(|| quote.refuse(path, Refusal::NoSourcePath))?;
        quote.segments(&inside)?;
        quote.shell(&inside)
    }
}
