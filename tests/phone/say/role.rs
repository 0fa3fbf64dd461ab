//! `dumpsys role` and `cmd role`.

use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;
use crate::model::role::ROLES;
use crate::say::text::{Arguments, exception};

/// One object prints its name and its fields, several a list of them (`DualDumpOutputStream`).
pub(crate) fn dump(phone: &Phone) -> Answer {
    let mut said = "ROLE MANAGER STATE (dumpsys role):\n{\n".to_owned();
    let many = phone.users.len() > 1;
    let inner = if many { "      " } else { "    " };
    said.push_str(if many { "  user_states=[\n" } else { "" });
    for user in &phone.users {
        said.push_str(if many { "    {\n" } else { "  user_states={\n" });
        let hash = "36952A4F6A5BFC8AF7A8F8A6025837C802AA548976DB456B6222A15ECB0C37FC";
        let _ = writeln!(
            said,
            "{inner}user_id={}\n{inner}version=-1\n{inner}packages_hash={hash}\n{inner}roles=[",
            user.id
        );
        for (role, _) in ROLES.iter().filter(|(_, since)| *since <= phone.api) {
            let _ = writeln!(said, "{inner}  {{\n{inner}    name={role}");
            match phone.holders(role, user.id) {
                [] => {}
                [holder] => {
                    let _ = writeln!(said, "{inner}    holders={holder}");
                }
                holders => {
                    let _ = writeln!(said, "{inner}    holders=[");
                    for holder in holders {
                        let _ = writeln!(said, "{inner}      {holder}");
                    }
                    let _ = writeln!(said, "{inner}    ]");
                }
            }
            let _ = writeln!(said, "{inner}  }}");
        }
        let _ = writeln!(said, "{inner}]");
        said.push_str(if many { "    }\n" } else { "  }\n" });
    }
    said.push_str(if many { "  ]\n}\n" } else { "}\n" });
    Answer::said(said)
}

pub(crate) fn command(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let Some((command, rest)) = words.split_first() else { return Answer::failed(255, "") };
    let arguments = Arguments::of(rest);
    let user = arguments.user().unwrap_or(0);
    let Some(role) = arguments.plain.first() else { return Answer::failed(255, "Unknown command\n") };
    let package = arguments.plain.get(1).copied().unwrap_or_default();
    match *command {
        "get-role-holders" if phone.api >= 31 => {
            Answer::said(format!("{}\n", phone.holders(role, user).join(";")))
        }
        "add-role-holder" if !phone.has_role(role) || !phone.qualifies(role, package, user) => {
            failed(phone, command)
        }
        "add-role-holder" => {
            phone.changes(lies, package, user, |phone| phone.hold(role, package, user));
            Answer::said("")
        }
        "remove-role-holder" if !phone.has_role(role) => failed(phone, command),
        "remove-role-holder" => {
            phone.changes(lies, package, user, |phone| phone.let_go(role, package, user));
            Answer::said("")
        }
        "clear-role-holders" => {
            for holder in phone.holders(role, user).to_vec() {
                phone.let_go(role, &holder, user);
            }
            Answer::said("")
        }
        _ => Answer::failed(255, format!("Unknown command: {command}\n")),
    }
}

fn failed(phone: &Phone, command: &str) -> Answer {
    exception(
        phone.api,
        command,
        "java.util.concurrent.ExecutionException: java.lang.RuntimeException: Failed",
    )
}
