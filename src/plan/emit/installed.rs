//! How the list of installed files changes, one line per file as in a unified diff of `installed-files.txt` without its
//! sizes: `-` what goes, `+` what comes; lines of a list that change stand below the list's own path.

use std::fmt::Write as _;

use crate::plan::emit::quote::Quote;
use crate::plan::emit::{EmitError, Form, moves};
use crate::plan::kind::StepKind;
use crate::plan::outcome::Plan;
use crate::plan::step::{Edit, Step};

pub(super) fn emit(plan: &Plan) -> Result<String, EmitError> {
    let mut lines = Vec::new();
    for step in moves(plan) {
        for file in &step.files {
            lines.push((plain(step, &file.from)?, '-'));
            lines.push((plain(step, &file.to)?, '+'));
        }
    }
    lines.sort_unstable();
    let mut text = String::from("--- installed files before\n+++ installed files after\n");
    for (path, sign) in lines {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{sign}{path}");
    }
    for step in &plan.steps {
        if let Some(edit) = &step.edit {
            text.push_str(&edited(step, edit)?);
        }
    }
    Ok(text)
}

fn edited(step: &Step, edit: &Edit) -> Result<String, EmitError> {
    let sign = match step.kind {
        StepKind::AddToRemovableList | StepKind::SetProperty => '+',
        StepKind::RemoveFromFixedList => '-',
        _ => return Ok(String::new()),
    };
    let file = plain(step, &edit.file)?;
    Ok(format!("--- {file}\n+++ {file}\n{sign}{}\n", plain(step, &edit.line)?))
}

/// A line of the list stands for itself, so what cannot be one is refused.
fn plain<'a>(step: &Step, text: &'a str) -> Result<&'a str, EmitError> {
    Quote { package: &step.package, form: Form::List }.line(text)
}
