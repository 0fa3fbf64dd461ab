//! What a device is asked, as commands. Pure: takes what is known so far, gives commands.

use crate::adb::Command;
use crate::source::adb::Probe;

/// The longest `dumpsys` that is kept. The largest seen has 12 MB.
const DUMP: usize = 64 << 20;

/// The longest list that is kept.
const LIST: usize = 16 << 20;

/// The longest list of files that is kept: a phone has up to 30,000 files on its partitions.
const FILES: usize = 64 << 20;

/// The longest answer to one probe that is kept.
const ANSWER: usize = 4 << 20;

/// Folders of the root that hold no part of the image: kernels' own, data of users, mount points.
const NOT_IMAGE: [&str; 26] = [
    "acct",
    "bootstrap-apex",
    "cache",
    "config",
    "d",
    "data",
    "data_mirror",
    "debug_ramdisk",
    "dev",
    "etc",
    "linkerconfig",
    "lost+found",
    "metadata",
    "mnt",
    "persist",
    "postinstall",
    "proc",
    "root",
    "sbin",
    "sdcard",
    "second_stage_resources",
    "storage",
    "sys",
    "tmp",
    "bin",
    "efs",
];

/// Folders of the root that are looked into where the root cannot be listed.
const IMAGE: [&str; 6] = ["system", "system_ext", "product", "vendor", "odm", "apex"];

/// Asks which device this is and who uses it.
pub(super) fn first() -> Vec<Command> {
    vec![
        Command::new("getprop").at_most(LIST),
        Command::new("pm").args(["list", "users"]).at_most(LIST),
        Command::new("dumpsys").arg("user").at_most(LIST),
        // The cheap count, before anything else is asked of the package service.
        Command::new("pm").args(["list", "packages"]).at_most(LIST),
        Command::new("ls").arg("/").at_most(LIST),
    ]
}

/// Asks about the device as a whole.
pub(super) fn whole(roots: &[String]) -> Vec<Command> {
    let mut find = Command::new("find");
    for root in roots {
        find = find.arg(root);
    }
    vec![
        Command::new("dumpsys").args(["package", "-f"]).at_most(DUMP),
        Command::new("dumpsys").arg("role").at_most(LIST),
        Command::new("dumpsys").arg("device_policy").at_most(LIST),
        find.args(["-type", "f"]).at_most(FILES),
    ]
}

/// How many commands [`of_user`] asks: lists, then the restrictions.
pub(super) const PER_USER: usize = LISTS + 1;

/// How many of them are lists.
pub(super) const LISTS: usize = 4;

/// Asks about the packages of one user. `sdk` tells which options the device knows.
pub(super) fn of_user(user: u32, sdk: Option<u32>) -> Vec<Command> {
    let list = |options: &[&str]| {
        let command = Command::new("pm").args(["list", "packages"]).args(options.iter().copied());
        command.args(["--user".to_owned(), user.to_string()]).at_most(LIST)
    };
    let mut all = vec!["-f", "-u", "-i"];
    if sdk.is_some_and(|sdk| sdk >= 26) {
        all.push("-U");
    }
    if sdk.is_some_and(|sdk| sdk >= 28) {
        all.push("--show-versioncode");
    }
    vec![
        list(&[]),
        list(&all),
        list(&["-s", "-u"]),
        list(&["-d"]),
        Command::new("cat").arg(format!("/data/system/users/{user}/package-restrictions.xml")).at_most(LIST),
    ]
}

/// Asks which components of the main user answer an intent.
pub(super) fn probe(probe: &Probe, user: u32) -> Command {
    let query = match probe.component {
        crate::source::adb::Table::Activities => "query-activities",
        crate::source::adb::Table::Receivers => "query-receivers",
        crate::source::adb::Table::Services => "query-services",
    };
    let mut command = Command::new("cmd").args(["package", query, "--brief", "--user"]).arg(user.to_string());
    command = command.args(["-a", probe.action.as_str()]);
    for category in &probe.categories {
        command = command.args(["-c", category.as_str()]);
    }
    if let Some(data) = &probe.data {
        command = command.args(["-d", data.as_str()]);
    }
    if let Some(mime_type) = &probe.mime_type {
        command = command.args(["-t", mime_type.as_str()]);
    }
    command.at_most(ANSWER)
}

/// The folders that hold the image, from a listing of the root folder.
pub(super) fn roots(listing: Option<&str>) -> Vec<String> {
    let named: Vec<String> = listing
        .into_iter()
        .flat_map(str::lines)
        .map(str::trim)
        .filter(|name| !name.is_empty() && !name.contains(['/', ':']) && !name.starts_with('.'))
        .filter(|name| !NOT_IMAGE.contains(name))
        .map(|name| format!("/{name}"))
        .collect();
    if named.is_empty() { IMAGE.iter().map(|name| format!("/{name}")).collect() } else { named }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::adb::Table;

    #[test]
    fn the_roots_of_the_image_are_asked_for_and_no_data_of_users() {
        let listing =
            "acct\napex\nbin\ndata\nmi_ext\nproc\nproduct\nsdcard\nsystem\nls: /x: Permission denied\n";
        assert_eq!(roots(Some(listing)), ["/apex", "/mi_ext", "/product", "/system"]);
        assert_eq!(roots(None)[0], "/system");
    }

    #[test]
    fn options_are_those_the_release_knows() {
        let line = |sdk| of_user(10, sdk)[1].line();
        assert_eq!(line(Some(25)), "pm list packages -f -u -i --user 10");
        assert_eq!(line(Some(34)), "pm list packages -f -u -i -U --show-versioncode --user 10");
        assert_eq!(of_user(0, None).len(), PER_USER);
    }

    #[test]
    fn a_probe_becomes_a_query() {
        let asked = Probe {
            component: Table::Activities,
            action: "a.VIEW".to_owned(),
            categories: vec!["a.DEFAULT".to_owned()],
            data: Some("tel:1 2".to_owned()),
            mime_type: None,
        };
        let line = "cmd package query-activities --brief --user 0 -a a.VIEW -c a.DEFAULT -d 'tel:1 2'";
        assert_eq!(probe(&asked, 0).line(), line);
    }
}
