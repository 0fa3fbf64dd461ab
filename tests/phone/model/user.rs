//! The users of the phone.

use keepone::source::snapshot::UserKind;

/// A user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: u32,
    pub(crate) kind: UserKind,
}

/// `UserInfo.FLAG_*`.
const PRIMARY: u32 = 0x1;
const ADMIN: u32 = 0x2;
const GUEST: u32 = 0x4;
const INITIALIZED: u32 = 0x10;
const MANAGED: u32 = 0x20;
const FULL: u32 = 0x400;
const SYSTEM: u32 = 0x800;
const PROFILE: u32 = 0x1000;

impl User {
    /// Reads `10:work`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (id, kind) = text.split_once(':')?;
        let kind = match kind {
            "main" => UserKind::Main,
            "secondary" => UserKind::Secondary,
            "work" => UserKind::Work,
            "clone" => UserKind::Clone,
            "private" => UserKind::Private,
            "guest" => UserKind::Guest,
            _ => return None,
        };
        Some(Self { id: id.parse().ok()?, kind })
    }

    pub(crate) const fn name(self) -> &'static str {
        match self.kind {
            UserKind::Main => "Owner",
            UserKind::Work => "Work profile",
            UserKind::Clone => "Clone",
            UserKind::Private => "Private space",
            UserKind::Guest => "Guest",
            UserKind::Secondary | UserKind::Unknown => "Second user",
        }
    }

    /// The type that Android 11 and later name.
    pub(crate) const fn user_type(self) -> &'static str {
        match self.kind {
            UserKind::Main => "full.SYSTEM",
            UserKind::Work => "profile.MANAGED",
            UserKind::Clone => "profile.CLONE",
            UserKind::Private => "profile.PRIVATE",
            UserKind::Guest => "full.GUEST",
            UserKind::Secondary | UserKind::Unknown => "full.SECONDARY",
        }
    }

    /// `UserInfo.flags`; before Android 11 there were only the first few.
    pub(crate) const fn flags(self, api: u32) -> u32 {
        let all = match self.kind {
            UserKind::Main => SYSTEM | FULL | INITIALIZED | ADMIN | PRIMARY,
            UserKind::Work => PROFILE | MANAGED | INITIALIZED,
            UserKind::Clone | UserKind::Private => PROFILE | INITIALIZED,
            UserKind::Guest => FULL | INITIALIZED | GUEST,
            UserKind::Secondary | UserKind::Unknown => FULL | INITIALIZED,
        };
        if api < 30 { all & 0xff } else { all }
    }

    /// The flags by name, as `UserInfo.flagsToString` says them.
    pub(crate) fn flag_names(self, api: u32) -> String {
        let names = [
            (ADMIN, "ADMIN"),
            (FULL, "FULL"),
            (GUEST, "GUEST"),
            (INITIALIZED, "INITIALIZED"),
            (MANAGED, "MANAGED_PROFILE"),
            (PRIMARY, "PRIMARY"),
            (PROFILE, "PROFILE"),
            (SYSTEM, "SYSTEM"),
        ];
        let set = names.iter().filter(|(flag, _)| self.flags(api) & flag != 0).map(|(_, name)| *name);
        set.collect::<Vec<_>>().join("|")
    }

    /// Whether it is a profile of the main user, which shares his screen.
    pub(crate) const fn is_profile(self) -> bool {
        matches!(self.kind, UserKind::Work | UserKind::Clone | UserKind::Private)
    }
}
