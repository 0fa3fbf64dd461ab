//! Bytes that packages take up: `cmd package get-package-storage-stats PACKAGE` where the phone has it, else the figures of
//! `dumpsys diskstats`, which the phone measures once a day. Takes the text, any bytes.

use serde_json::from_str;

use crate::enforce::Part;
use crate::package::PackageName;

/// Returns the bytes of a part as the phone measured them last, for all users together; `None` when it does not say.
pub fn of_disk(text: &str, package: &PackageName, part: Part) -> Option<u64> {
    let list = |key: &str| text.lines().find_map(|line| line.trim().strip_prefix(key)).map(str::trim);
    let names: Vec<String> = from_str(list("Package Names:")?).ok()?;
    let at = names.iter().position(|name| name == package.as_str())?;
    let sizes: Vec<u64> = from_str(list(match part {
        Part::App => "App Sizes:",
        Part::Data => "App Data Sizes:",
        Part::Cache => "Cache Sizes:",
    })?)
    .ok()?;
    (sizes.len() == names.len()).then(|| sizes.get(at).copied()).flatten()
}

/// Returns the bytes of a part as `StorageStats` has them now; `None` when the text does not say.
pub fn of_package(text: &str, part: Part) -> Option<u64> {
    let wanted = match part {
        Part::App => "code",
        Part::Data => "data",
        Part::Cache => "cache",
    };
    text.lines().find_map(|line| {
        let (key, bytes) = line.trim().split_once(':')?;
        let bytes = bytes.trim().trim_end_matches("bytes").trim_end();
        (key == wanted).then(|| bytes.parse().ok()).flatten()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_forms_are_read() {
        let package = PackageName::new("c.d").unwrap();
        let disk = "Latency: 0ms [512B Data Write]\nApp Size: 3\nPackage Names: [\"a.b\",\"c.d\"]\nApp Sizes: [1,2]\n\
                    App Data Sizes: [30,40]\nCache Sizes: [5]\n";
        assert_eq!(of_disk(disk, &package, Part::App), Some(2));
        assert_eq!(of_disk(disk, &package, Part::Data), Some(40));
        assert_eq!(of_disk(disk, &package, Part::Cache), None, "lists that do not fit together say nothing");
        let stats = "code: 31232\ndata: 4096 bytes\ncache: 0\nexternal cache: 7\n";
        assert_eq!(of_package(stats, Part::Data), Some(4096));
        assert_eq!(of_package(stats, Part::Cache), Some(0));
        assert_eq!(of_package("Error\n", Part::Cache), None);
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "(Package Names: |App Sizes: |\\[\"a\"\\]|\\[1\\]|\n|\\PC*)*") {
            let package = PackageName::new("a").unwrap();
            let _ = (of_disk(&text, &package, Part::App), of_package(&text, Part::Data));
        }
    }
}
