//! What the carrier over adb and the record read, held against recorded output of real phones.

use std::path::Path;

use keepone::enforce::adb::package::parse;
use keepone::package::PackageName;
use keepone::record::dump::{self, Clock};

use crate::corpus;

fn text(path: &str) -> String {
    let path = corpus().join("adb").join(path);
    String::from_utf8_lossy(
        &std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    )
    .into_owned()
}

/// The packages of the section `Packages:`.
fn packages(text: &str) -> Vec<PackageName> {
    let section = text.split_once("\nPackages:").unwrap().1;
    let end = section.lines().position(|line| !line.is_empty() && !line.starts_with(' '));
    let names = section.lines().take(end.unwrap_or(usize::MAX)).filter_map(|line| {
        let name = line.strip_prefix("  Package [")?.split_once(']')?.0;
        PackageName::new(name).ok()
    });
    names.collect()
}

#[test]
fn the_state_of_every_package_of_a_recorded_dump_is_read() {
    for (path, least) in
        [("rockchip_rk322x_A7/dumpsys_package.txt", 84), ("mvt_samsung/android_data/dumpsys_packages.txt", 2)]
    {
        let text = text(path);
        let names = packages(&text);
        assert!(names.len() >= least, "{path}: {}", names.len());
        for name in names {
            let dump = parse(&text, &name).unwrap_or_else(|| panic!("{path}: {name}"));
            let user = &dump.users[&0];
            assert!(
                user.installed.is_some() && user.enabled.is_some() && !user.twice,
                "{path}: {name} {user:?}"
            );
            assert!(user.suspended.is_some() && user.stopped.is_some(), "{path}: {name}");
        }
    }
}

#[test]
fn every_access_of_recorded_dumps_is_an_event() {
    for path in ["mvt_samsung/android_data/dumpsys_appops.txt", "mvt_samsung/androidqf/dumpsys.txt"] {
        let text = text(path);
        let now = "2022-04-01T00:00:00Z".parse().unwrap();
        let dumped = dump::parse(&text, Clock { now, ahead: 0 });
        let lines = text.lines().map(str::trim);
        let told =
            lines.filter(|line| line.starts_with("Access: [") || line.starts_with("Reject: [")).count();
        println!("{}: {told} lines, {} events", Path::new(path).display(), dumped.events.len());
        assert_eq!(dumped.not_understood, 0, "{path}");
        assert!(
            told > 0 && dumped.events.len() > told / 2 && dumped.events.len() <= told,
            "{path}: {told} {}",
            dumped.events.len()
        );
    }
}
