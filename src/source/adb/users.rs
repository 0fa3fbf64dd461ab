//! The users of a phone. Takes the output of `pm list users` and `dumpsys user`, gives each user with its kind.

use crate::source::snapshot::{User, UserKind};

/// `UserInfo.FLAG_GUEST`, `FLAG_MANAGED_PROFILE`, `FLAG_PROFILE`.
const GUEST: u32 = 0x4;
const MANAGED_PROFILE: u32 = 0x20;
const PROFILE: u32 = 0x1000;

/// The user in which makers kept the second copies of apps before Android had a name for it (MIUI, `ColorOS`).
const CLONE_OF_MAKERS: u32 = 999;

/// How many users are read; Android allows a handful.
const MOST: usize = 1_000;

/// Reads `UserInfo{10:Work profile:1030} running` per line, in the order of their ids.
pub fn parse(list: &str, dump: &str) -> Vec<User> {
    let types = types(dump);
    let mut users: Vec<User> = list
        .lines()
        .filter_map(user_info)
        .take(MOST)
        .map(|(id, flags)| {
            let told = types.iter().find(|(known, _)| *known == id).and_then(|(_, name)| by_type(name));
            User { id, kind: told.unwrap_or_else(|| by_flags(id, flags)) }
        })
        .collect();
    users.sort_by_key(|user| user.id);
    users.dedup_by_key(|user| user.id);
    users
}

/// Reads the id and the flags. The name between them is its owner's to choose.
fn user_info(line: &str) -> Option<(u32, u32)> {
    let inside = line.trim_start().strip_prefix("UserInfo{")?;
    let (inside, _) = inside.rsplit_once('}')?;
    let (id, rest) = inside.split_once(':')?;
    let flags = rest.rsplit(':').next()?;
    Some((id.parse().ok()?, u32::from_str_radix(flags, 16).ok()?))
}

/// The type of each user, which `dumpsys user` names since Android 11: `Type: android.os.usertype.profile.CLONE`.
fn types(dump: &str) -> Vec<(u32, &str)> {
    let mut types = Vec::new();
    let mut user = None;
    for line in dump.lines() {
        if let Some((id, _)) = user_info(line) {
            user = Some(id);
        } else if let (Some(id), Some(name)) = (user, line.trim().strip_prefix("Type: ")) {
            types.push((id, name.trim()));
            user = None;
        }
    }
    types
}

fn by_type(name: &str) -> Option<UserKind> {
    match name.strip_prefix("android.os.usertype.")? {
        "full.SYSTEM" => Some(UserKind::Main),
        "full.SECONDARY" => Some(UserKind::Secondary),
        "full.GUEST" => Some(UserKind::Guest),
        "profile.MANAGED" => Some(UserKind::Work),
        "profile.CLONE" => Some(UserKind::Clone),
        "profile.PRIVATE" => Some(UserKind::Private),
        _ => None,
    }
}

const fn by_flags(id: u32, flags: u32) -> UserKind {
    if id == 0 {
        UserKind::Main
    } else if id == CLONE_OF_MAKERS {
        UserKind::Clone
    } else if flags & MANAGED_PROFILE != 0 {
        UserKind::Work
    } else if flags & GUEST != 0 {
        UserKind::Guest
    } else if flags & PROFILE != 0 {
        UserKind::Unknown
    } else {
        UserKind::Secondary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn users_are_told_by_their_type_else_by_their_flags() {
        let list = "Users:\n\tUserInfo{0:Owner:c13} running\n\tUserInfo{10:Work: {a}:1030} running\n\
            \tUserInfo{11:Guest:414}\n\tUserInfo{12::1010}\n\tUserInfo{13:Anna:410}\n\tUserInfo{999:XSpace:800010}\nnoise\n";
        let kinds =
            |dump: &str| parse(list, dump).into_iter().map(|user| (user.id, user.kind)).collect::<Vec<_>>();
        let mut expected = vec![
            (0, UserKind::Main),
            (10, UserKind::Work),
            (11, UserKind::Guest),
            (12, UserKind::Unknown),
            (13, UserKind::Secondary),
            (999, UserKind::Clone),
        ];
        assert_eq!(kinds(""), expected);
        let dump = "Users:\n  UserInfo{12:Private:1010} serialNo=12 isPrimary=false\n    Type: android.os.usertype.profile.PRIVATE\n";
        expected[3].1 = UserKind::Private;
        assert_eq!(kinds(dump), expected);
    }

    #[test]
    fn a_users_name_cannot_imitate_another_user() {
        let text = "Users:\n\tUserInfo{0:Owner:c13} running\n\tUserInfo{10:Work :} profile:1030} running\n\tUserInfo{11:a\n";
        let users: Vec<(u32, UserKind)> =
            parse(text, "").into_iter().map(|user| (user.id, user.kind)).collect();
        assert_eq!(users, [(0, UserKind::Main), (10, UserKind::Work)]);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(UserInfo\\{|Type: |[0-9a-z:{}\n ]|\\PC){0,60}") {
            parse(&text, &text);
        }
    }
}
