//! `am`: standby buckets, force-stop, the current user.

use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;
use crate::say::text::{Arguments, exception};

/// Buckets by name.
const BUCKETS: [(&str, u32); 5] =
    [("active", 10), ("working_set", 20), ("frequent", 30), ("rare", 40), ("restricted", 45)];

pub(crate) fn answer(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let Some((command, rest)) = words.split_first() else { return Answer::failed(255, "") };
    let arguments = Arguments::of(rest);
    let user = arguments.user().unwrap_or(0);
    match *command {
        "get-current-user" => Answer::said("0\n"),
        "force-stop" => {
            if let Some(name) = arguments.plain.first() {
                phone.changes(lies, name, user, |phone| {
                    if let Some(app) = phone.app_mut(name, user) {
                        app.stopped = true;
                    }
                });
            }
            Answer::said("")
        }
        "get-standby-bucket" if phone.api >= 28 => get_bucket(phone, user, &arguments),
        "set-standby-bucket" if phone.api >= 28 => set_bucket(phone, lies, user, &arguments),
        _ => Answer::failed(255, format!("Unknown command: {command}\n")),
    }
}

fn get_bucket(phone: &Phone, user: u32, arguments: &Arguments) -> Answer {
    if let Some(name) = arguments.plain.first() {
        return match phone.app(name, user) {
            Some(app) => Answer::said(format!("{}\n", app.bucket)),
            None => Answer::said("50\n"),
        };
    }
    let mut said = String::new();
    for (name, package) in &phone.packages {
        if let Some(app) = package.users.get(&user).filter(|app| app.installed) {
            let _ = writeln!(said, "{name}: {}", app.bucket);
        }
    }
    Answer::said(said)
}

fn set_bucket(phone: &mut Phone, lies: &Lies, user: u32, arguments: &Arguments) -> Answer {
    let [name, bucket] = arguments.plain.as_slice() else {
        return Answer::failed(255, "Error: bucket and package expected\n");
    };
    let named = BUCKETS.iter().find(|(known, _)| known == bucket).map(|(_, number)| *number);
    let Some(wanted) = named.or_else(|| bucket.parse().ok()) else {
        return Answer::failed(255, format!("Unknown bucket: {bucket}\n"));
    };
    if phone.app(name, user).is_none_or(|app| !app.installed) {
        let unknown = format!("java.lang.IllegalArgumentException: package {name} is not installed");
        return exception(phone.api, "set-standby-bucket", &unknown);
    }
    let wanted = wanted.min(floor(phone, name, user));
    phone.changes(lies, name, user, |phone| {
        if let Some(app) = phone.app_mut(name, user) {
            app.bucket = wanted;
        }
    });
    Answer::said("")
}

/// The lowest bucket that the platform lets a package sink to (`AppStandbyController.getAppMinBucket`): what belongs to the
/// platform, what doze does not touch and what administers stays exempt, a preload without an entry stays active.
fn floor(phone: &Phone, name: &str, user: u32) -> u32 {
    let Some(package) = phone.packages.get(name) else { return 50 };
    let exempt = package.app_id < 10_000
        || phone.idle_system.contains(name)
        || phone.kept.idle_user.contains(name)
        || phone.admins.contains(&(user, name.to_owned()));
    let launcher = "android.intent.category.LAUNCHER";
    let entry = package.facts.activities.iter().flat_map(|activity| &activity.filters);
    let headless =
        package.system && !entry.flat_map(|filter| &filter.categories).any(|category| category == launcher);
    if exempt {
        5
    } else if headless && phone.api >= 31 {
        10
    } else {
        50
    }
}
