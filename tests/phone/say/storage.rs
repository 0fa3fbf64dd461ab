//! What packages take: `dumpsys diskstats`, `pm clear`.

use std::fmt::Write;

use crate::answer::Answer;
use crate::lie::Lies;
use crate::model::Phone;
use crate::model::change::is_protected;
use crate::say::text::Arguments;

/// The size of every app's code.
const CODE: u64 = 30_000_000;

pub(crate) fn dump(phone: &Phone) -> Answer {
    let mut said = "Latency: 0ms [512B Data Write]\nData-Free: 4300000K / 9900000K total = 43% free\nCache-Free: 4300000K / 9900000K total = 43% free\nFile-based Encryption: true\n".to_owned();
    if phone.api < 26 {
        return Answer::said(said);
    }
    let (mut names, mut code, mut data, mut cache) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (name, package) in &phone.packages {
        if let Some(app) = package.users.get(&0).filter(|app| app.installed) {
            names.push(name.as_str());
            code.push(CODE);
            data.push(app.data);
            cache.push(app.cache);
        }
    }
    let total = |sizes: &[u64]| sizes.iter().sum::<u64>();
    let _ = writeln!(
        said,
        "App Size: {}\nApp Data Size: {}\nApp Cache Size: {}",
        total(&code),
        total(&data),
        total(&cache)
    );
    let _ = writeln!(
        said,
        "Photos Size: 0\nVideos Size: 0\nAudio Size: 0\nDownloads Size: 0\nSystem Size: 4000000000\nOther Size: 0"
    );
    let list = |sizes: &[u64]| serde_json::to_string(sizes).unwrap_or_default();
    let _ = writeln!(said, "Package Names: {}", serde_json::to_string(&names).unwrap_or_default());
    let _ = writeln!(
        said,
        "App Sizes: {}\nApp Data Sizes: {}\nCache Sizes: {}",
        list(&code),
        list(&data),
        list(&cache)
    );
    Answer::said(said)
}

/// `pm get-package-storage-stats`, Android 16.
pub(crate) fn of_package(phone: &Phone, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let app = arguments.user().zip(arguments.plain.first()).and_then(|(user, name)| phone.app(name, user));
    let Some(app) = app.filter(|app| app.installed) else { return Answer::refused(1, "Failure\n") };
    Answer::said(format!(
        "code: {CODE} bytes\ndata: {} bytes\ncache: {} bytes\n",
        app.data + app.cache,
        app.cache
    ))
}

pub(crate) fn clear(phone: &mut Phone, lies: &Lies, words: &[&str]) -> Answer {
    let arguments = Arguments::of(words);
    let (Some(name), Some(user)) = (arguments.plain.first(), arguments.user()) else {
        return Answer::failed(1, "Error: no package specified\n");
    };
    let cache_only = arguments.has("--cache-only");
    if cache_only && phone.api < 34 {
        return Answer::failed(255, "Error: Unknown option: --cache-only\n");
    }
    let there = phone.app(name, user).is_some_and(|app| app.installed);
    if !there || is_protected(name) || phone.admins.contains(&(user, (*name).to_owned())) {
        return Answer::refused(1, "Failed\n");
    }
    phone.changes(lies, name, user, |phone| {
        if let Some(app) = phone.app_mut(name, user) {
            app.cache = 0;
            if !cache_only {
                app.data = 0;
            }
        }
    });
    Answer::said("Success\n")
}
