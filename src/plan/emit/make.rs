//! An `Android.mk` fragment: one prebuilt module per app that moves, with `LOCAL_MODULE_PATH` set to the maker's own
//! location (`build/make/core/base_rules.mk`: a module installs where that variable says).

use std::fmt::Write as _;

use crate::plan::emit::quote::Quote;
use crate::plan::emit::{EmitError, Form, Header, moves};
use crate::plan::outcome::Plan;
use crate::plan::step::Step;

pub(super) fn emit(plan: &Plan) -> Result<String, EmitError> {
    let mut header = Header::new(plan, "#");
    header.line(format_args!("Put this where the APKs lie, and take the modules out of where they are now."));
    header.line(format_args!("An app built from source needs LOCAL_MODULE_PATH in its own module instead."));
    header.edits();
    header.by_hand();
    let mut text = header.text;
    text.push_str("\nLOCAL_PATH := $(call my-dir)\n");
    for step in moves(plan) {
        text.push_str(&module(step)?);
    }
    Ok(text)
}

fn module(step: &Step) -> Result<String, EmitError> {
    let quote = Quote { package: &step.package, form: Form::Make };
    let to = step.to.as_deref().unwrap_or_default();
    let segments = quote.segments(to)?;
    quote.build(to)?;
    let (Some((name, folder)), [base, splits @ ..]) = (segments.split_last(), step.files.as_slice()) else {
        return Err(quote.refuse(to, super::Refusal::NotAPath));
    };
    let file = file_name(&base.to);
    quote.build(file)?;
    let name = name.strip_suffix(".apk").filter(|_| base.to == to).unwrap_or(name);
    let mut module = format!(
        "\ninclude $(CLEAR_VARS)\n\
         LOCAL_MODULE := {name}\n\
         LOCAL_SRC_FILES := {file}\n\
         LOCAL_MODULE_CLASS := APPS\n\
         LOCAL_MODULE_TAGS := optional\n\
         LOCAL_MODULE_SUFFIX := $(COMMON_ANDROID_PACKAGE_SUFFIX)\n\
         LOCAL_CERTIFICATE := PRESIGNED\n\
         LOCAL_DEX_PREOPT := false\n\
         LOCAL_MODULE_PATH := {}\n",
        out(folder)
    );
    // Writing into a string cannot fail.
    if file != format!("{name}.apk") {
        let _ = writeln!(module, "LOCAL_INSTALLED_MODULE_STEM := {file}");
    }
    if !splits.is_empty() {
        let names: Vec<&str> = splits.iter().map(|split| file_name(&split.to)).collect();
        names.iter().try_for_each(|name| quote.build(name).map(|_| ()))?;
        let _ = writeln!(module, "LOCAL_PACKAGE_SPLITS := {}", names.join(" "));
    }
    module.push_str("include $(BUILD_PREBUILT)\n");
    Ok(module)
}

/// The folder of the build's output that becomes a folder of the device (`build/make/core/envsetup.mk`).
fn out(folder: &[&str]) -> String {
    let (variable, rest) = match folder {
        ["system", rest @ ..] => ("$(TARGET_OUT)", rest),
        ["product", rest @ ..] => ("$(TARGET_OUT_PRODUCT)", rest),
        ["system_ext", rest @ ..] => ("$(TARGET_OUT_SYSTEM_EXT)", rest),
        ["vendor", rest @ ..] => ("$(TARGET_OUT_VENDOR)", rest),
        ["odm", rest @ ..] => ("$(TARGET_OUT_ODM)", rest),
        ["oem", rest @ ..] => ("$(TARGET_OUT_OEM)", rest),
        ["data", rest @ ..] => ("$(TARGET_OUT_DATA)", rest),
        all => ("$(PRODUCT_OUT)", all),
    };
    rest.iter().fold(variable.to_owned(), |path, segment| format!("{path}/{segment}"))
}

/// The last segment of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
