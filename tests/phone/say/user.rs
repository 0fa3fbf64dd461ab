//! `pm list users`, `cmd user`, `dumpsys user`.

use std::fmt::Write;

use crate::answer::Answer;
use crate::model::Phone;

pub(crate) fn list(phone: &Phone, words: &[&str]) -> Answer {
    if words.contains(&"-v") && phone.api >= 31 {
        return verbose(phone);
    }
    let mut said = "Users:\n".to_owned();
    for user in &phone.users {
        let _ =
            writeln!(said, "\tUserInfo{{{}:{}:{:x}}} running", user.id, user.name(), user.flags(phone.api));
    }
    Answer::said(said)
}

fn verbose(phone: &Phone) -> Answer {
    let mut said = format!("{} users:\n\n", phone.users.len());
    for (index, user) in phone.users.iter().enumerate() {
        let (flags, of) = (user.flag_names(phone.api), if user.is_profile() { " parentId=0" } else { "" });
        let _ = writeln!(
            said,
            "{index}: id={}, name={}, type={}, flags={flags}{of} (running)",
            user.id,
            user.name(),
            user.user_type()
        );
    }
    Answer::said(said)
}

pub(crate) fn command(phone: &Phone, words: &[&str]) -> Answer {
    match words.split_first() {
        Some((&"list", rest)) => list(phone, rest),
        _ => Answer::failed(255, "Invalid user command\n"),
    }
}

pub(crate) fn dump(phone: &Phone) -> Answer {
    let mut said = if phone.api >= 31 { "Current user: 0\n\nUsers:\n" } else { "Users:\n" }.to_owned();
    for user in &phone.users {
        let flags = user.flags(phone.api);
        let _ = writeln!(said, "  UserInfo{{{}:{}:{flags:x}}} serialNo={}", user.id, user.name(), user.id);
        if phone.api >= 30 {
            let _ = writeln!(said, "    Type: android.os.usertype.{}", user.user_type());
            let _ = writeln!(said, "    Flags: {flags} ({})", user.flag_names(phone.api));
        }
        let _ = writeln!(said, "    State: RUNNING_UNLOCKED");
    }
    Answer::said(said)
}
