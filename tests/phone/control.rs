//! What a test tells the phone while it runs, by the program `phone` or through its socket: to lie, to pull its cable, to
//! let time pass, to say how things stand.

use std::sync::PoisonError;

use crate::answer::Answer;
use crate::desk::Desk;
use crate::lie::{Lie, Place, Twist};
use crate::model::record::Record;

/// The orders, for one who gives a wrong one.
const ORDERS: &str = "lie PACKAGE|* ignores|disables|reverts SECONDS|truth
hide PACKAGE queries|lists|dumps...
show PACKAGE
answer BEGINNING truncate BYTES|hang|flood BYTES|garbage|maker|foreign|says TEXT|truth
pull BYTES
plug
pass SECONDS
update PACKAGE CODE
admin PACKAGE USER
owner PACKAGE
block PACKAGE USER on|off
component PACKAGE USER CLASS on|off
fix PACKAGE USER PERMISSION FLAGS
record PACKAGE USER OPERATION SECONDS MILLISECONDS done|refused
file PATH TEXT
intruder NAME
state
";

/// Carries out an order.
pub(crate) fn obey(desk: &Desk, words: &[String]) -> Answer {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match order(desk, &words) {
        Some(text) => Answer::said(text),
        None => Answer::failed(2, ORDERS),
    }
}

fn order(desk: &Desk, words: &[&str]) -> Option<String> {
    let mut lies = desk.lies.lock().unwrap_or_else(PoisonError::into_inner);
    let mut phone = desk.phone.lock().unwrap_or_else(PoisonError::into_inner);
    match words {
        ["lie", package, "truth"] => {
            lies.of.remove(*package);
        }
        ["lie", package, how @ ..] => {
            let lie = match how {
                ["ignores"] => Lie::Ignores,
                ["disables"] => Lie::Disables,
                ["reverts", seconds] => Lie::Reverts(seconds.parse().ok()?),
                _ => return None,
            };
            lies.of.insert((*package).to_owned(), lie);
        }
        ["hide", package, places @ ..] => {
            for place in places {
                lies.hidden.insert((Place::parse(place)?, (*package).to_owned()));
            }
        }
        ["show", package] => lies.hidden.retain(|(_, hidden)| hidden != package),
        ["answer", begin, how @ ..] => {
            lies.twists.retain(|(known, _)| known != begin);
            let twist = match how {
                ["truth"] => return Some(String::new()),
                ["truncate", bytes] => Twist::Truncate(bytes.parse().ok()?),
                ["hang"] => Twist::Hang,
                ["flood", bytes] => Twist::Flood(bytes.parse().ok()?),
                ["garbage"] => Twist::Garbage,
                ["maker"] => Twist::Maker,
                ["foreign"] => Twist::Foreign,
                ["says", text] => Twist::Says((*text).to_owned()),
                _ => return None,
            };
            lies.twists.push(((*begin).to_owned(), twist));
        }
        ["pull", bytes] => desk.cable.pull_after(bytes.parse().ok()?),
        ["plug"] => desk.cable.plug_in(),
        ["pass", seconds] => phone.pass(seconds.parse().ok()?),
        ["update", package, code] => phone.update(package, code.parse().ok()?)?,
        ["admin", package, user] => {
            phone.admins.insert((user.parse().ok()?, (*package).to_owned()));
        }
        ["owner", package] => phone.device_owner = Some((*package).to_owned()),
        ["block", package, user, block] => {
            phone.app_mut(package, user.parse().ok()?)?.block_uninstall = *block == "on";
        }
        ["component", package, user, class, on] => {
            let app = phone.app_mut(package, user.parse().ok()?)?;
            app.components.insert((*class).to_owned(), *on == "on");
        }
        ["fix", package, user, permission, flags] => {
            let app = phone.app_mut(package, user.parse().ok()?)?;
            app.permissions.get_mut(*permission)?.flags |= flags.parse::<u32>().ok()?;
        }
        ["record", package, user, operation, at, lasted, how] => phone.records.push(Record {
            package: (*package).to_owned(),
            user: user.parse().ok()?,
            operation: (*operation).to_owned(),
            at: at.parse().ok()?,
            lasted: lasted.parse().ok()?,
            refused: *how == "refused",
        }),
        ["intruder", name] => phone.intruders.push((*name).to_owned()),
        ["file", path, text] => phone.files.add(path, text.as_bytes().to_vec()),
        ["state"] => return Some(phone.state()),
        _ => return None,
    }
    Some(String::new())
}
