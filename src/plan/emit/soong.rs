//! An `Android.bp` fragment: one module per file that moves.
//!
//! Soong's app modules install into `app` and `priv-app` only (`build/soong/java/app_import.go`,
//! `AndroidAppImport.generateAndroidBuildActions`). What installs elsewhere is `prebuilt_any`
//! (`build/soong/etc/prebuilt_etc.go`, Android 16), which Soong's own text keeps for generated modules; a maker with a
//! module type of its own for the location puts that in its place. The fragment says so.

use crate::plan::emit::make::file_name;
use crate::plan::emit::quote::Quote;
use crate::plan::emit::{EmitError, Form, Header, Refusal, moves};
use crate::plan::outcome::Plan;
use crate::plan::step::{Moved, Step};

pub(super) fn emit(plan: &Plan) -> Result<String, EmitError> {
    let mut header = Header::new(plan, "//");
    header.line(format_args!("Put this where the APKs lie, and take the modules out of where they are now."));
    header.line(format_args!(
        "Soong has no app module for a folder other than app and priv-app. prebuilt_any (Android 16)"
    ));
    header.line(format_args!(
        "installs a file as it is; where the build has a type of its own for the folder, use that."
    ));
    header.edits();
    header.by_hand();
    let mut text = header.text;
    for step in moves(plan) {
        for file in &step.files {
            text.push_str(&module(step, file)?);
        }
    }
    Ok(text)
}

fn module(step: &Step, file: &Moved) -> Result<String, EmitError> {
    let quote = Quote { package: &step.package, form: Form::Soong };
    let segments = quote.segments(&file.to)?;
    quote.build(&file.to)?;
    let [partition, below @ ..] = segments.as_slice() else {
        return Err(quote.refuse(&file.to, Refusal::NotAPath));
    };
    let specific = match *partition {
        "system" => "",
        "product" => "    product_specific: true,\n",
        "system_ext" => "    system_ext_specific: true,\n",
        "vendor" => "    soc_specific: true,\n",
        "odm" => "    device_specific: true,\n",
        _ => return Err(quote.refuse(&file.to, Refusal::Partition)),
    };
    let name = file_name(&file.to);
    let Some((_, folder)) = below.split_last() else {
        return Err(quote.refuse(&file.to, Refusal::NotAPath));
    };
    Ok(format!(
        "\nprebuilt_any {{\n    name: \"{}.{name}\",\n    src: \"{name}\",\n    filename: \"{name}\",\n    \
         relative_install_path: \"{}\",\n{specific}}}\n",
        step.package,
        folder.join("/"),
    ))
}
