//! The output of `dumpsys role`. Takes the text, gives who holds which role for which user.
//!
//! Two forms are printed: the one of a protocol buffer in text (`user_states={ user_id=0 … roles={ name=… holders=… } }`,
//! Android 10 to 16), where braces and brackets nest, and the names follow each other. Only the three keys are relied on.

/// One holder of a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder<'a> {
    /// The user.
    pub user: u32,
    /// The role, `android.app.role.DIALER`.
    pub role: &'a str,
    /// The package.
    pub package: &'a str,
}

/// Reads the holders.
pub fn parse(text: &str) -> Vec<Holder<'_>> {
    let mut holders = Vec::new();
    let (mut user, mut role) = (None, None);
    for line in text.lines().map(str::trim) {
        let Some((key, value)) = line.split_once('=') else { continue };
        match key.trim() {
            "user_id" => (user, role) = (value.trim().parse().ok(), None),
            "name" => role = Some(value.trim()),
            "holders" => {
                let (Some(user), Some(role)) = (user, role) else { continue };
                let named =
                    value.trim_matches(['[', ']', ' ']).split([',', ' ']).filter(|name| !name.is_empty());
                holders.extend(named.filter(|name| *name != "{").map(|package| Holder {
                    user,
                    role,
                    package,
                }));
            }
            _ => {}
        }
    }
    holders
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn holders_are_read_per_user() {
        let text = "ROLE MANAGER STATE (dumpsys role):\n{\n  user_states=[\n    {\n      user_id=0\n      version=0\n      roles=[\n\
            \x20       {\n          name=android.app.role.DIALER\n          holders=com.android.dialer\n        }\n\
            \x20       {\n          name=android.app.role.SMS\n        }\n      ]\n    }\n    {\n      user_id=10\n\
            \x20     roles=[\n        {\n          name=android.app.role.HOME\n          holders=[a.b, c.d]\n        }\n      ]\n    }\n  ]\n}\n";
        let of = |user, role, package| Holder { user, role, package };
        let expected = [
            of(0, "android.app.role.DIALER", "com.android.dialer"),
            of(10, "android.app.role.HOME", "a.b"),
            of(10, "android.app.role.HOME", "c.d"),
        ];
        assert_eq!(parse(text), expected);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(user_id=|name=|holders=|[0-9a-z.={}\n ]|\\PC){0,60}") {
            parse(&text);
        }
    }
}
