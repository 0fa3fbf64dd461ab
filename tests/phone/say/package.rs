//! `dumpsys package`.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::{Lies, Place};
use crate::model::permission::{flags, is_runtime};
use crate::model::query::Kind;
use crate::model::state::App;
use crate::model::{Package, Phone};
use crate::say::resolver;
use crate::say::text::{identity, short_name};

/// Which copy of a package is said: the one that runs, or the one of the image that an update hides.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Copy {
    Running,
    Factory,
}

pub(crate) fn dump(phone: &Phone, lies: &Lies, words: &[&str]) -> Answer {
    let with_details = words.contains(&"-f");
    let mut plain = words.iter().filter(|word| !word.starts_with('-'));
    let section = plain.next().copied();
    let of = match section {
        Some("packages" | "p" | "resolvers" | "r" | "shared-users" | "s") => plain.next().copied(),
        name => name,
    };
    // In no order that means anything, as a map of the platform gives them.
    let mut seen: Vec<&Package> = phone
        .packages
        .iter()
        .filter(|(name, _)| !lies.hides(Place::Dumps, name) && of.is_none_or(|of| of == name.as_str()))
        .map(|(_, package)| package)
        .collect();
    seen.sort_by_key(|package| identity(package.facts.name.as_str()));
    if seen.is_empty() && of.is_some() {
        return Answer::said(format!("Unable to find package: {}\n", of.unwrap_or_default()));
    }
    let says = |name: &[&str]| of == section || section.is_some_and(|section| name.contains(&section));
    let mut said = String::new();
    if section.is_none() {
        head(&mut said, phone);
    }
    if says(&["resolvers", "r"]) {
        for kind in [Kind::Activity, Kind::Receiver, Kind::Service] {
            resolver::table(&mut said, kind, &seen, with_details, phone.api);
        }
    }
    if section.is_none() {
        providers(&mut said, &seen);
    }
    if says(&["packages", "p"]) {
        said.push_str("\nPackages:\n");
        for package in &seen {
            one(&mut said, phone, package, Copy::Running, of.is_some());
        }
        if of.is_none() {
            for name in &phone.intruders {
                let _ = writeln!(
                    said,
                    "  Package [{name}] ({}):\n    codePath=/data/app/{name}-1",
                    identity(name)
                );
                let _ = writeln!(said, "    flags=[ HAS_CODE ]");
                said.push_str("    User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0\n");
            }
        }
        let hidden: Vec<&&Package> = seen.iter().filter(|package| package.update.is_some()).collect();
        if !hidden.is_empty() {
            said.push_str("\nHidden system packages:\n");
        }
        for package in hidden {
            one(&mut said, phone, package, Copy::Factory, of.is_some());
        }
    }
    if says(&["shared-users", "s"]) {
        shared_users(&mut said, phone, &seen);
    }
    Answer::said(said)
}

fn head(said: &mut String, phone: &Phone) {
    let property = |name: &str| phone.properties.get(name).map_or("", String::as_str);
    let (sdk, fingerprint) = (property("ro.build.version.sdk"), property("ro.build.fingerprint"));
    said.push_str("Database versions:\n");
    for (volume, version) in [("Internal", 3), ("External", 3)] {
        let _ = writeln!(
            said,
            "  {volume}:\n    sdkVersion={sdk} databaseVersion={version}\n    fingerprint={fingerprint}"
        );
    }
    said.push_str("\nVerifiers:\n  Required: com.android.vending (uid=10019)\n");
    said.push_str("\nLibraries:\n  android.test.base -> (jar) /system/framework/android.test.base.jar\n");
    said.push_str("\nFeatures:\n  android.hardware.telephony\n");
}

fn providers(said: &mut String, packages: &[&Package]) {
    said.push_str("\nRegistered ContentProviders:\n");
    for package in packages {
        for provider in &package.facts.providers {
            let name = short_name(package.facts.name.as_str(), &provider.name);
            let _ = writeln!(said, "  {name}:\n    Provider{{{} {name}}}", identity(&name));
        }
    }
}

/// One package (`Settings.dumpPackageLPr`). Asked for alone it is said in full: what it asks for, and what it holds through
/// its shared user.
fn one(said: &mut String, phone: &Phone, package: &Package, copy: Copy, in_full: bool) {
    let (facts, api) = (&package.facts, phone.api);
    let name = facts.name.as_str();
    let path = if copy == Copy::Factory { &facts.path } else { package.code_path() };
    let code = if copy == Copy::Factory { facts.version_code.unwrap_or(0) } else { package.version_code() };
    let _ = writeln!(said, "  Package [{name}] ({}):", identity(path));
    let _ = writeln!(said, "    {}={}", if api >= 34 { "appId" } else { "userId" }, package.app_id);
    if let Some(shared) = &package.shared_user {
        let _ = writeln!(
            said,
            "    sharedUser=SharedUserSetting{{{} {shared}/{}}}",
            identity(shared),
            package.app_id
        );
    }
    let _ = writeln!(said, "    pkg=Package{{{} {name}}}", identity(name));
    let _ = writeln!(said, "    codePath={path}");
    let _ = writeln!(said, "    resourcePath={path}");
    let _ = writeln!(said, "    legacyNativeLibraryDir={path}/lib");
    if api >= 30 {
        let _ = writeln!(said, "    extractNativeLibs=false");
    }
    let _ = writeln!(said, "    primaryCpuAbi=null\n    secondaryCpuAbi=null");
    if api >= 33 {
        let _ = writeln!(said, "    cpuAbiOverride=null");
    }
    let _ = writeln!(
        said,
        "    versionCode={code} minSdk={} targetSdk={}",
        package.min_sdk(),
        package.target_sdk()
    );
    let version =
        facts.version_name.as_ref().and_then(|version| version.value()).map_or("null", String::as_str);
    let _ = writeln!(said, "    versionName={version}");
    let splits: Vec<&str> =
        std::iter::once("base").chain(facts.splits.iter().map(|split| split.name.as_str())).collect();
    let _ = writeln!(said, "    splits=[{}]", splits.join(", "));
    let _ = writeln!(said, "    apkSigningVersion={}", if api >= 28 { 3 } else { 2 });
    if api < 33 {
        let _ = writeln!(said, "    applicationInfo=ApplicationInfo{{{} {name}}}", identity(name));
    }
    let flags = application_flags(package, copy);
    let _ = writeln!(said, "    flags=[ {flags}]");
    let private = private_flags(package, api);
    if !private.is_empty() {
        let _ = writeln!(said, "    privateFlags=[ {private}]");
    }
    if api >= 30 {
        let _ = writeln!(said, "    forceQueryable=false\n    queriesPackages=[]");
    }
    let _ = writeln!(said, "    dataDir=/data/user/0/{name}");
    let _ = writeln!(said, "    supportsScreens=[small, medium, large, xlarge, resizeable, anyDensity]");
    let _ = writeln!(said, "    timeStamp=2009-01-01 00:00:00");
    if api < 33 {
        let _ = writeln!(said, "    firstInstallTime=2009-01-01 00:00:00");
    }
    let _ = writeln!(said, "    lastUpdateTime=2009-01-01 00:00:00");
    if let Some(installer) = &package.installer {
        let _ = writeln!(said, "    installerPackageName={installer}");
    }
    if api >= 33 {
        let _ = writeln!(said, "    packageSource=0");
    }
    let _ = match api {
        28.. => writeln!(
            said,
            "    signatures=PackageSignatures{{{} version:3, signatures:[d7f1f224], past signatures:[]}}",
            identity(path)
        ),
        _ => writeln!(said, "    signatures=PackageSignatures{{{} [d7f1f224]}}", identity(path)),
    };
    let _ =
        writeln!(said, "    installPermissionsFixed=true{}", if api < 29 { " installStatus=1" } else { "" });
    let _ = writeln!(said, "    pkgFlags=[ {flags}]");
    if api >= 34 && !private.is_empty() {
        let _ = writeln!(said, "    privatePkgFlags=[ {private}]");
    }
    requested(said, package, api, in_full);
    for (user, app) in &package.users {
        of_user(said, package, *user, app, api, in_full);
    }
}

fn application_flags(package: &Package, copy: Copy) -> String {
    let application = &package.facts.application;
    let mut flags = String::new();
    if package.system {
        flags.push_str("SYSTEM ");
    }
    let has_code = application.has_code.as_ref().and_then(|has| has.value()).copied();
    if has_code != Some(false) {
        flags.push_str("HAS_CODE ");
    }
    if application.persistent.as_ref().and_then(|is| is.value()) == Some(&true) {
        flags.push_str("PERSISTENT ");
    }
    if package.update.is_some() && copy == Copy::Running {
        flags.push_str("UPDATED_SYSTEM_APP ");
    }
    flags + "ALLOW_CLEAR_USER_DATA ALLOW_BACKUP "
}

/// The partitions are named from Android 9 (vendor, product) and 10 on.
fn private_flags(package: &Package, api: u32) -> String {
    let path = &package.facts.path;
    let mut flags = String::new();
    if api >= 26 {
        flags.push_str("PRIVATE_FLAG_ACTIVITIES_RESIZE_MODE_RESIZEABLE_VIA_SDK_VERSION ");
    }
    for (since, part, name) in [
        (25, "/oem/", "OEM"),
        (28, "/vendor/", "VENDOR"),
        (28, "/product/", "PRODUCT"),
        (30, "/system_ext/", "SYSTEM_EXT"),
        (30, "/odm/", "ODM"),
    ] {
        if api >= since && path.starts_with(part) {
            let _ = write!(flags, "{name} ");
        }
    }
    if package.privileged() {
        flags.push_str("PRIVILEGED ");
    }
    flags
}

fn requested(said: &mut String, package: &Package, api: u32, in_full: bool) {
    if in_full && !package.facts.permissions.is_empty() {
        said.push_str("    requested permissions:\n");
        for permission in &package.facts.permissions {
            let _ = writeln!(said, "      {permission}");
        }
    }
    let fixed: Vec<&String> =
        package.facts.permissions.iter().filter(|name| !is_runtime(name, api)).collect();
    if (in_full || package.shared_user.is_none()) && !fixed.is_empty() {
        said.push_str("    install permissions:\n");
        for permission in fixed {
            let _ = writeln!(said, "      {permission}: granted=true");
        }
    }
}

fn of_user(said: &mut String, package: &Package, user: u32, app: &App, api: u32, in_full: bool) {
    let _ = write!(
        said,
        "    User {user}: ceDataInode={} installed={} hidden={} suspended={}",
        if app.installed { 114_243 } else { 0 },
        app.installed,
        app.hidden,
        app.suspended
    );
    if api >= 29 {
        said.push_str(" distractionFlags=0");
    }
    let _ = write!(
        said,
        " stopped={} notLaunched={} enabled={}",
        app.stopped, app.not_launched, app.enabled as u8
    );
    if api >= 26 {
        said.push_str(" instant=false");
    }
    if api >= 27 {
        said.push_str(" virtual=false");
    }
    if api >= 35 {
        said.push_str(" quarantined=false");
    }
    said.push('\n');
    if api >= 29 {
        said.push_str("      installReason=0\n");
    }
    if api >= 33 {
        said.push_str("      firstInstallTime=2009-01-01 00:00:00\n");
    }
    if api >= 30 {
        let _ = writeln!(said, "      uninstallReason={}", app.uninstall_reason);
    }
    if app.suspended && api >= 29 {
        said.push_str("      Suspend params:\n        suspendingPackage=com.android.shell dialogInfo=null\n");
    }
    if let Some(caller) = &app.last_caller {
        let _ = writeln!(said, "      lastDisabledCaller: {caller}");
    }
    if in_full || package.shared_user.is_none() {
        runtime_permissions(said, &app.permissions, api);
    }
    for (heading, on) in [("disabledComponents", false), ("enabledComponents", true)] {
        let switched: Vec<&String> =
            app.components.iter().filter(|(_, switched)| **switched == on).map(|(name, _)| name).collect();
        if !switched.is_empty() {
            let _ = writeln!(said, "      {heading}:");
            for name in switched {
                let _ = writeln!(said, "        {name}");
            }
        }
    }
}

fn runtime_permissions(
    said: &mut String,
    permissions: &BTreeMap<String, crate::model::state::Permission>,
    api: u32,
) {
    if permissions.is_empty() {
        return;
    }
    said.push_str("      runtime permissions:\n");
    for (name, state) in permissions {
        let _ =
            writeln!(said, "        {name}: granted={}, flags={}", state.granted, flags(state.flags, api));
    }
}

/// What shared users hold together; the packages of one hold nothing of their own.
fn shared_users(said: &mut String, phone: &Phone, packages: &[&Package]) {
    let mut shared: BTreeMap<&String, Vec<&Package>> = BTreeMap::new();
    for package in packages {
        if let Some(name) = &package.shared_user {
            shared.entry(name).or_default().push(package);
        }
    }
    if shared.is_empty() {
        return;
    }
    said.push_str("\nShared users:\n");
    for (name, packages) in shared {
        let id = packages.first().map_or(0, |package| package.app_id);
        let _ = writeln!(said, "  SharedUser [{name}] ({}):", identity(name));
        let _ = writeln!(said, "    {}={id}", if phone.api >= 34 { "appId" } else { "userId" });
        if phone.api >= 29 {
            said.push_str("    Packages\n");
            for package in &packages {
                let _ = writeln!(
                    said,
                    "      PackageSetting{{{} {}/{id}}}",
                    identity(&package.facts.path),
                    package.facts.name
                );
            }
        }
        for user in &phone.users {
            let mut all = BTreeMap::new();
            for app in packages.iter().filter_map(|package| package.users.get(&user.id)) {
                all.extend(app.permissions.iter().map(|(name, state)| (name.clone(), *state)));
            }
            let _ = writeln!(said, "    User {}: ", user.id);
            runtime_permissions(said, &all, phone.api);
        }
    }
}
