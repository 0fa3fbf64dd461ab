//! What `dumpsys role` says: who holds which role, by user of the phone. Takes the text, any bytes.
//!
//! The form is that of `DualDumpOutputStream`, Android 10 to 16: nested `name={ … }`, a list of one without brackets, a
//! longer one with an entry a line, or all in one line. Read by its words `user_id=`, `name=` and `holders=`, whatever
//! nests them.

use std::collections::BTreeMap;

use crate::package::PackageName;

/// The most holders that are kept in all; a phone has some dozens.
const MOST: usize = 10_000;

/// Holders by user and role; a role that nobody holds is there with none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    holders: BTreeMap<u32, BTreeMap<String, Vec<PackageName>>>,
    /// A holder is no package name.
    damaged: bool,
}

impl Roles {
    /// Reads the text.
    pub fn parse(text: &str) -> Self {
        let mut roles = Self::default();
        let (mut user, mut role, mut listed, mut room) = (None, None::<String>, false, MOST);
        for line in text.lines().map(str::trim) {
            if let Some(id) = line.strip_prefix("user_id=") {
                user = id.parse::<u32>().ok();
                role = None;
                if let Some(user) = user {
                    roles.holders.entry(user).or_default();
                }
            } else if let Some(name) = line.strip_prefix("name=") {
                role = Some(name.to_owned());
                if let Some(user) = user {
                    let of_user = roles.holders.entry(user).or_default();
                    if of_user.len() < MOST {
                        of_user.entry(name.to_owned()).or_default();
                    }
                }
            } else if line == "holders=[" {
                listed = true;
            } else if line == "]" {
                listed = false;
            } else if let Some(named) = line.strip_prefix("holders=").or(listed.then_some(line)) {
                let of_user = user.and_then(|user| roles.holders.get_mut(&user));
                let mut of_role =
                    of_user.zip(role.as_ref()).and_then(|(of_user, role)| of_user.get_mut(role));
                for holder in listed_in(named) {
                    match (&mut of_role, PackageName::new(holder)) {
                        (Some(of_role), Ok(holder)) if room > 0 => {
                            room = room.saturating_sub(1);
                            of_role.push(holder);
                        }
                        _ => roles.damaged = true,
                    }
                }
            }
        }
        roles
    }

    /// Returns whether the roles of any user were said.
    pub fn is_said(&self) -> bool {
        !self.holders.is_empty()
    }

    /// Returns whether they were, and everything said of them was understood.
    pub fn is_whole(&self) -> bool {
        !self.damaged && self.is_said()
    }

    /// Returns whether a user is in it.
    pub fn knows(&self, user: u32) -> bool {
        self.holders.contains_key(&user)
    }

    /// Returns the roles of a user, each with its holders.
    pub fn of_user(&self, user: u32) -> impl Iterator<Item = (&str, &[PackageName])> {
        let of_user = self.holders.get(&user).into_iter().flatten();
        of_user.map(|(role, holders)| (role.as_str(), holders.as_slice()))
    }

    /// Returns the holders of a role; `None` when the phone has no such role for the user.
    pub fn holders(&self, user: u32, role: &str) -> Option<&[PackageName]> {
        self.holders.get(&user)?.get(role).map(Vec::as_slice)
    }
}

/// The entries of `a.b`, or of a list in one line, `[a.b, c.d]`.
fn listed_in(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let parts = inside.unwrap_or(text).split(',').map(str::trim);
    parts.filter(move |part| inside.is_none() || !part.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "\
ROLE STATE (dumpsys role):
  user_states=[
    {
      user_id=0
      version=1
      packages_hash=AB
      roles=[
        {
          name=android.app.role.DIALER
          holders=com.android.dialer
        }
        {
          name=android.app.role.ASSISTANT
        }
        {
          name=android.app.role.SYSTEM_X
          holders=[
            a.b
            c.d
          ]
        }
      ]
    }
    {
      user_id=10
      roles={
        name=android.app.role.DIALER
        holders=e.f
      }
      roles={
        name=android.app.role.HOME
        holders=[g.h, i.j]
      }
    }
  ]
";

    #[test]
    fn holders_are_read_by_user_and_role() {
        let roles = Roles::parse(TEXT);
        let names = |user, role: &str| {
            roles
                .holders(user, role)
                .map(|holders| holders.iter().map(PackageName::to_string).collect::<Vec<_>>())
        };
        assert!(roles.is_whole());
        assert_eq!(names(0, "android.app.role.DIALER").unwrap(), ["com.android.dialer"]);
        assert_eq!(names(0, "android.app.role.ASSISTANT").unwrap(), [""; 0]);
        assert_eq!(names(0, "android.app.role.SYSTEM_X").unwrap(), ["a.b", "c.d"]);
        assert_eq!(names(10, "android.app.role.DIALER").unwrap(), ["e.f"]);
        assert_eq!(names(10, "android.app.role.HOME").unwrap(), ["g.h", "i.j"]);
        assert_eq!(names(10, "android.app.role.SMS"), None);
        assert_eq!(roles.of_user(0).count(), 3);
        assert!(!Roles::parse("").is_whole());
        assert!(!Roles::parse(&TEXT.replace("e.f", "e f")).is_whole());
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(user_id=0\n|name=r\n|holders=|\\[\n|\\]\n|a.b\n|\\PC*)*") {
            let _ = Roles::parse(&text);
        }
    }
}
