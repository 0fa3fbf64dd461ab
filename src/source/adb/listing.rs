//! The output of `pm list packages` with any of its options. Takes the text, gives an entry per line.

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed<'a> {
    /// The package name, as printed.
    pub name: &'a str,
    /// The base APK (`-f`).
    pub file: Option<&'a str>,
    /// Its version (`--show-versioncode`).
    pub version_code: Option<u64>,
    /// Who installed it (`-i`); nobody where it says `null`.
    pub installer: Option<&'a str>,
    /// Its user id (`-U`); the first where there are several.
    pub uid: Option<u32>,
}

/// The lines that were read, and those that were not understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing<'a> {
    /// One entry per package.
    pub packages: Vec<Listed<'a>>,
    /// Lines that are none of the form, such as an error or a word of a maker.
    pub strange: Vec<&'a str>,
}

/// Reads a list: `package:` and a name, with `-f` the APK and `=` in front, then what other options add.
pub fn parse(text: &str) -> Listing<'_> {
    let mut listing = Listing::default();
    for line in text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()) {
        match line.trim_start().strip_prefix("package:").and_then(entry) {
            Some(listed) => listing.packages.push(listed),
            None => listing.strange.push(line),
        }
    }
    listing
}

fn entry(text: &str) -> Option<Listed<'_>> {
    let mut listed = Listed::default();
    let mut rest = text;
    // A path may hold blanks and `=`; a package name holds neither, and what is added stands behind it.
    while let Some((before, word)) = rest.trim_end().rsplit_once([' ', '\t']) {
        if let Some(code) = word.strip_prefix("versionCode:") {
            listed.version_code = code.parse().ok();
        } else if let Some(installer) = word.strip_prefix("installer=") {
            listed.installer = (installer != "null" && !installer.is_empty()).then_some(installer);
        } else if let Some(uid) = word.strip_prefix("uid:") {
            listed.uid = uid.split(',').next().and_then(|uid| uid.parse().ok());
        } else {
            break;
        }
        rest = before;
    }
    let rest = rest.trim_end();
    match rest.rsplit_once('=') {
        Some((file, name)) => (listed.file, listed.name) = (Some(file), name),
        None => listed.name = rest,
    }
    (!listed.name.is_empty() && !listed.name.contains(char::is_whitespace)).then_some(listed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_form_of_a_line_is_read() {
        let text = "package:com.a\npackage:/system/app/A B/A=B.apk=com.b\r\n\
            package:/data/app/~~x==/com.c-y==/base.apk=com.c versionCode:7  installer=com.store uid:10123,1010123\n\
            package:com.d  installer=null\nError: Unknown option: -Z\n\n";
        let listing = parse(text);
        let [a, b, c, d] = &listing.packages[..] else { panic!("{listing:?}") };
        assert_eq!((a.name, a.file), ("com.a", None));
        assert_eq!((b.name, b.file), ("com.b", Some("/system/app/A B/A=B.apk")));
        assert_eq!((c.name, c.file), ("com.c", Some("/data/app/~~x==/com.c-y==/base.apk")));
        assert_eq!((c.version_code, c.installer, c.uid), (Some(7), Some("com.store"), Some(10123)));
        assert_eq!((d.name, d.installer), ("com.d", None));
        assert_eq!(listing.strange, ["Error: Unknown option: -Z"]);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(package:|uid:|installer=|[a-z.=/ \t\n]|\\PC){0,60}") {
            parse(&text);
        }
    }
}
