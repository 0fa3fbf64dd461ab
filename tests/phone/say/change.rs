//! What `pm` changes of a package.

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;
use crate::model::change::is_protected;
use crate::model::state::Enabled;
use crate::say::text::{Arguments, exception};

pub(crate) fn uninstall(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let Some(name) = arguments.plain.first() else {
        return Answer::failed(1, "Error: package name not specified\n");
    };
    if !phone.packages.contains_key(*name) {
        return Answer::refused(1, "Failure [DELETE_FAILED_INTERNAL_ERROR]\n");
    }
    if arguments.user.is_none() || arguments.user == Some("all") {
        return everywhere(phone, lies, name);
    }
    let Some(user) = arguments.user() else { return Answer::failed(1, "Error: Invalid user\n") };
    match phone.uninstall(lies, name, user, arguments.has("-k")) {
        Ok(()) => Answer::said("Success\n"),
        Err(kept) => Answer::refused(1, kept.words(user)),
    }
}

/// Without a user: an app goes for all, an update of one of the image goes, the image's own copy never does.
fn everywhere(phone: &mut Phone, lies: &Lies, name: &str) -> Answer {
    let users: Vec<u32> = phone.users.iter().map(|user| user.id).collect();
    let Some(package) = phone.packages.get_mut(name) else { return Answer::refused(1, "") };
    if package.system {
        return match package.update.take() {
            Some(_) => Answer::said("Success\n"),
            None => Answer::refused(1, "Failure [DELETE_FAILED_INTERNAL_ERROR]\n"),
        };
    }
    for user in users {
        let _ = phone.uninstall(lies, name, user, false);
    }
    Answer::said("Success\n")
}

pub(crate) fn install_existing(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let (Some(name), Some(user)) = (arguments.plain.first(), arguments.user()) else {
        return Answer::failed(1, "Error: package name not specified\n");
    };
    if !phone.packages.contains_key(*name) {
        return Answer::refused(
            1,
            format!(
                "android.content.pm.PackageManager$NameNotFoundException: Package {name} doesn't exist\n"
            ),
        );
    }
    phone.changes(lies, name, user, |phone| phone.install_existing(name, user));
    Answer::said(format!("Package {name} installed for user: {user}\n"))
}

pub(crate) fn enabled(phone: &mut Phone, lies: &Lies, command: &str, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let (Some(name), Some(user)) = (arguments.plain.first(), arguments.user()) else {
        return Answer::failed(1, "Error: no package or component specified\n");
    };
    let wanted = match command {
        "enable" => Enabled::On,
        "disable" => Enabled::Off,
        "disable-user" => Enabled::OffByUser,
        "disable-until-used" => Enabled::OffUntilUsed,
        _ => Enabled::Default,
    };
    let (package, class) =
        name.split_once('/').map_or((*name, None), |(package, class)| (package, Some(class)));
    let Some(known) = phone.packages.get(package).filter(|known| known.users.contains_key(&user)) else {
        let unknown = format!("java.lang.IllegalArgumentException: Unknown package: {package}");
        return exception(phone.api, command, &unknown);
    };
    let state = known.users.get(&user).map_or(Enabled::Default, |app| app.enabled);
    // Shell moves a whole package between default, enabled and disabled by the user, and nothing else.
    let may = |state| matches!(state, Enabled::Default | Enabled::On | Enabled::OffByUser);
    if class.is_some() || !may(state) || !may(wanted) {
        let of = match class {
            Some(class) if phone.api >= 33 => format!("ComponentInfo{{{package}/{class}}}"),
            None if phone.api >= 33 => "null".to_owned(),
            class => format!("{package}/{}", class.unwrap_or("null")),
        };
        let refusal = format!(
            "java.lang.SecurityException: Shell cannot change component state for {of} to {}",
            wanted as u8
        );
        return exception(phone.api, command, &refusal);
    }
    if is_protected(package) && wanted == Enabled::OffByUser {
        let refusal = format!("java.lang.SecurityException: Cannot disable a protected package: {package}");
        return exception(phone.api, command, &refusal);
    }
    phone.changes(lies, package, user, |phone| phone.set_enabled(package, user, wanted));
    // It says what it reads, unless it lies.
    let said = if lies.about(package).is_some() {
        wanted
    } else {
        phone.app(package, user).map_or(wanted, |app| app.enabled)
    };
    Answer::said(format!("Package {package} new state: {}\n", said.name()))
}

pub(crate) fn suspend(phone: &mut Phone, lies: &Lies, suspend: bool, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let (Some(name), Some(user)) = (arguments.plain.first(), arguments.user()) else {
        return Answer::refused(1, "Error: package name not specified\n");
    };
    let Some(app) = phone.app(name, user).filter(|app| app.installed) else {
        return Answer::refused(
            1,
            format!("java.lang.IllegalArgumentException: Unknown target package: {name}\n"),
        );
    };
    let was = app.suspended;
    let kept = is_protected(name)
        || phone.admins.contains(&(user, (*name).to_owned()))
        || ["android.app.role.HOME", "android.app.role.DIALER"]
            .iter()
            .any(|role| phone.holders(role, user).iter().any(|holder| holder == name));
    let refused = suspend && kept;
    if !refused {
        phone.changes(lies, name, user, |phone| {
            if let Some(app) = phone.app_mut(name, user) {
                app.suspended = suspend;
            }
        });
    }
    let now = if refused { was } else { suspend };
    Answer::said(format!("Package {name} new suspended state: {now}\n"))
}

/// Lifts what `am force-stop` did, Android 16.
pub(crate) fn unstop(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let (Some(name), Some(user)) = (arguments.plain.first(), arguments.user()) else {
        return Answer::refused(1, "Error: package name not specified\n");
    };
    phone.changes(lies, name, user, |phone| {
        if let Some(app) = phone.app_mut(name, user) {
            app.stopped = false;
        }
    });
    Answer::said("")
}

/// Hiding needs a permission that shell has not.
pub(crate) fn hide(phone: &Phone, command: &str, _words: &[&str]) -> Answer {
    let refusal = "java.lang.SecurityException: Neither user 2000 nor current process has android.permission.MANAGE_USERS.";
    exception(phone.api, command, refusal)
}
