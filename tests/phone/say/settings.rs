//! `settings get|put|list|delete secure …`.

use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;
use crate::say::text::Arguments;

pub(crate) fn answer(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let user = arguments.user().unwrap_or(0);
    match arguments.plain.as_slice() {
        ["get", "secure", key] => {
            let value = phone.kept.settings.get(&(user, (*key).to_owned()));
            Answer::said(format!("{}\n", value.map_or("null", String::as_str)))
        }
        ["get", "global" | "system", _] => Answer::said("null\n"),
        ["put", "secure", key, value, ..] => {
            // The package of the first component in the list stands for whom the change is of.
            let of = value.split(['/', ':']).next().unwrap_or_default().to_owned();
            phone.changes(lies, &of, user, |phone| {
                phone.kept.settings.insert((user, (*key).to_owned()), (*value).to_owned());
            });
            Answer::said("")
        }
        ["delete", "secure", key] => {
            let found = phone.kept.settings.remove(&(user, (*key).to_owned())).is_some();
            Answer::said(format!("Deleted {} rows\n", u8::from(found)))
        }
        ["list", "secure"] => {
            let mut said = String::new();
            for ((_, key), value) in phone.kept.settings.iter().filter(|((of, _), _)| *of == user) {
                let _ = writeln!(said, "{key}={value}");
            }
            Answer::said(said)
        }
        _ => Answer::failed(255, "Invalid command\n"),
    }
}
