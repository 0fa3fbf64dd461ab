//! `getprop`.

use std::fmt::Write;

use crate::answer::Answer;
use crate::model::Phone;

pub(crate) fn answer(phone: &Phone, words: &[&str]) -> Answer {
    if let Some(name) = words.first() {
        let value = phone.properties.get(*name).map(String::as_str).or(words.get(1).copied());
        return Answer::said(format!("{}\n", value.unwrap_or_default()));
    }
    let mut said = String::new();
    for (name, value) in &phone.properties {
        let _ = writeln!(said, "[{name}]: [{value}]");
    }
    Answer::said(said)
}
