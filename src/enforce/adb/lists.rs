//! Lists in which the platform keeps special access: the Doze allow-list, components in secure settings. Each takes the text
//! of one command, any bytes.

use std::collections::BTreeSet;

use crate::package::PackageName;

/// The most entries of a list that are kept.
const MOST: usize = 10_000;

/// Packages of `dumpsys deviceidle whitelist`: lines `user,PACKAGE,UID`, `system,…`, `system-excidle,…`. What is only
/// exempt from idle is not exempt from Doze.
pub fn doze_exempt(text: &str) -> BTreeSet<&str> {
    text.lines().filter_map(exempt).take(MOST).collect()
}

fn exempt(line: &str) -> Option<&str> {
    let mut parts = line.trim().split(',');
    matches!(parts.next()?, "user" | "system").then(|| parts.next()).flatten()
}

/// Components of a secure setting, `settings get secure KEY`: joined by colons, `null` where there are none.
pub fn components(text: &str) -> Vec<String> {
    let text = text.trim();
    if text == "null" {
        return Vec::new();
    }
    text.split(':').map(str::trim).filter(|entry| !entry.is_empty()).take(MOST).map(str::to_owned).collect()
}

/// Whether an entry of such a setting belongs to a package: a component of it, or its name alone.
pub fn belongs(entry: &str, package: &PackageName) -> bool {
    entry.split_once('/').map_or(entry, |(of, _)| of) == package.as_str()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_list_is_read() {
        let idle = "system-excidle,com.a,10012\nsystem,com.b,2000\nuser,com.c,10050\n";
        assert_eq!(doze_exempt(idle), BTreeSet::from(["com.b", "com.c"]));
        let listeners = components("a.b/.Listener:c.d/c.d.X\n");
        assert_eq!(listeners, ["a.b/.Listener", "c.d/c.d.X"]);
        let package = PackageName::new("a.b").unwrap();
        assert!(belongs(&listeners[0], &package) && !belongs(&listeners[1], &package));
        assert!(belongs("a.b", &package) && !belongs("a.bc/.X", &package));
        assert_eq!(components("null\n"), [""; 0]);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(:|user,|/|\n|\\PC*)*") {
            let _ = (doze_exempt(&text), components(&text));
        }
    }
}
