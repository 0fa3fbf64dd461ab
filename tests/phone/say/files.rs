//! Programs that read the files of the image: `cat`, `ls`, `find`, `unzip -p`, `stat`, `wc`, `head`, `readlink`.

use std::fmt::Write;
use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::answer::Answer;
use crate::model::Phone;
use crate::model::files::Entry;

pub(crate) fn answer(phone: &Phone, program: &str, words: &[&str]) -> Answer {
    match program {
        "cat" => each(words, |path| {
            restrictions(phone, path).or_else(|| phone.files.read(path)).ok_or_else(|| missing("cat", path))
        }),
        "head" => head(phone, words),
        "wc" => wc(phone, words),
        "ls" => ls(phone, words),
        "find" => find(phone, words),
        "stat" => each(&plain(words), |path| match phone.files.read(path) {
            Some(content) => Ok(format!("{} {path}\n", content.len()).into_bytes()),
            None => Err(missing("stat", path)),
        }),
        "unzip" if phone.api >= 28 => unzip(phone, words),
        "toybox" => match words.split_first() {
            Some((program, rest)) => answer(phone, program, rest),
            None => Answer::said("cat find head ls stat wc\n"),
        },
        _ => Answer::failed(127, format!("/system/bin/sh: {program}: inaccessible or not found\n")),
    }
}

/// Why a path is not read: it is not there, or only root may know.
fn missing(program: &str, path: &str) -> String {
    let open = path.starts_with("/data/app/") || path.starts_with("/data/local/tmp");
    let why =
        if path.starts_with("/data") && !open { "Permission denied" } else { "No such file or directory" };
    format!("{program}: {path}: {why}\n")
}

/// What a user's restrictions say of packages that may not be uninstalled; only root reads them.
fn restrictions(phone: &Phone, path: &str) -> Option<Vec<u8>> {
    let user = path.strip_prefix("/data/system/users/")?.strip_suffix("/package-restrictions.xml")?;
    let user: u32 = user.parse().ok().filter(|user| phone.root && phone.has_user(*user))?;
    let mut said =
        "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<package-restrictions>\n".to_owned();
    let states = |name: &String| phone.app(name, user).cloned().unwrap_or_default();
    for name in phone.packages.keys() {
        let app = states(name);
        let (installed, enabled) = (app.installed, app.enabled as u8);
        let _ = writeln!(said, "    <pkg name=\"{name}\" inst=\"{installed}\" enabled=\"{enabled}\" />");
    }
    said.push_str("    <block-uninstall-packages>\n");
    for name in phone.packages.keys().filter(|name| states(name).block_uninstall) {
        let _ = writeln!(said, "        <block-uninstall packageName=\"{name}\" />");
    }
    said.push_str("    </block-uninstall-packages>\n</package-restrictions>\n");
    Some(said.into_bytes())
}

fn plain<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().copied().filter(|word| word.starts_with('/')).collect()
}

/// Says something of each path; goes on after one that is not there.
fn each(paths: &[&str], said: impl Fn(&str) -> Result<Vec<u8>, String>) -> Answer {
    let mut answer = Answer::default();
    for path in paths.iter().filter(|path| **path != "--") {
        match said(path) {
            Ok(bytes) => answer.output.extend(bytes),
            Err(error) => {
                answer.errors.extend(error.into_bytes());
                answer.status = 1;
            }
        }
    }
    answer
}

fn head(phone: &Phone, words: &[&str]) -> Answer {
    let limit = words.windows(2).find(|pair| pair[0] == "-c").and_then(|pair| pair[1].parse::<usize>().ok());
    each(&plain(words), |path| {
        let mut content = phone.files.read(path).ok_or_else(|| missing("head", path))?;
        content.truncate(limit.unwrap_or(usize::MAX));
        Ok(content)
    })
}

fn wc(phone: &Phone, words: &[&str]) -> Answer {
    each(&plain(words), |path| {
        let content = phone.files.read(path).ok_or_else(|| missing("wc", path))?;
        Ok(format!("{} {path}\n", content.len()).into_bytes())
    })
}

fn ls(phone: &Phone, words: &[&str]) -> Answer {
    let long = words.iter().any(|word| word.starts_with('-') && word.contains('l'));
    let paths = plain(words);
    let many = paths.len() > 1;
    each(&paths, |path| {
        let mut said = String::new();
        let mut line = |name: &str, folder: bool, size: usize| {
            let kind = if folder { 'd' } else { '-' };
            let _ = if long {
                writeln!(said, "{kind}rw-r--r-- 1 root root {size} 2009-01-01 00:00 {name}")
            } else {
                writeln!(said, "{name}")
            };
        };
        match phone.files.entry(path) {
            None => return Err(missing("ls", path)),
            Some(Entry::File) => {
                line(path, false, if long { phone.files.read(path).map_or(0, |it| it.len()) } else { 0 });
            }
            Some(Entry::Folder) => {
                for name in phone.files.names(path) {
                    let inside = format!("{}/{name}", path.trim_end_matches('/'));
                    let folder = phone.files.entry(&inside) == Some(Entry::Folder);
                    let size = if long && !folder {
                        phone.files.read(&inside).map_or(0, |it| it.len())
                    } else {
                        4096
                    };
                    line(&name, folder, size);
                }
            }
        }
        Ok(if many { format!("{path}:\n{said}\n") } else { said }.into_bytes())
    })
}

/// `find DIR… [-maxdepth N] [-type f|d] [-name PATTERN [-o -name PATTERN]…]`.
fn find(phone: &Phone, words: &[&str]) -> Answer {
    let folders: Vec<&str> = words.iter().copied().take_while(|word| !word.starts_with(['-', '('])).collect();
    let mut patterns = Vec::new();
    let (mut depth, mut kind) = (usize::MAX, None);
    for pair in words.windows(2) {
        match pair[0] {
            "-name" | "-iname" => patterns.push(pair[1]),
            "-maxdepth" => depth = pair[1].parse().unwrap_or(usize::MAX),
            "-type" => kind = Some(pair[1]),
            _ => {}
        }
    }
    each(&folders, |folder| {
        if phone.files.entry(folder).is_none() {
            return Err(missing("find", folder));
        }
        let mut found = std::collections::BTreeMap::new();
        if phone.files.entry(folder) == Some(Entry::File) {
            found.insert(folder, "f");
        }
        for file in phone.files.below(folder) {
            let start = folder.trim_end_matches('/').len();
            let ends = file.match_indices('/').map(|(at, _)| at).filter(|at| *at > start);
            found.extend(ends.map(|at| (&file[..at], "d")));
            found.insert(file, "f");
        }
        let mut said = String::new();
        for (path, of) in found {
            let below =
                path.get(folder.trim_end_matches('/').len()..).unwrap_or_default().matches('/').count();
            let name = path.rsplit('/').next().unwrap_or_default();
            let named = patterns.is_empty() || patterns.iter().any(|pattern| fits(pattern, name));
            if below <= depth && kind.is_none_or(|kind| kind == of) && named {
                let _ = writeln!(said, "{path}");
            }
        }
        Ok(said.into_bytes())
    })
}

/// A pattern with `*` alone.
fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((begin, rest)) => name.strip_prefix(begin).is_some_and(|left| {
            (0..=left.len()).any(|at| left.is_char_boundary(at) && fits(rest, &left[at..]))
        }),
    }
}

/// `unzip -p ARCHIVE ENTRY…`.
fn unzip(phone: &Phone, words: &[&str]) -> Answer {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.starts_with('-')).collect();
    let Some((path, names)) = words.split_first() else { return Answer::failed(1, "unzip: no archive\n") };
    let Some(archive) = phone.files.read(path) else {
        return Answer::failed(1, format!("unzip: {path}: No such file or directory\n"));
    };
    let mut answer = Answer::default();
    for name in names {
        if let Some(content) = entry(&archive, name) {
            answer.output.extend(content);
        } else {
            answer.errors.extend(format!("unzip: {name}: not found\n").into_bytes());
            answer.status = 11;
        }
    }
    answer
}

/// Reads one entry of a zip archive by its central directory.
fn entry(archive: &[u8], name: &str) -> Option<Vec<u8>> {
    let short = |at: usize| archive.get(at..at + 2).map(|it| usize::from(u16::from_le_bytes([it[0], it[1]])));
    let long = |at: usize| {
        let bytes = archive.get(at..at + 4)?;
        usize::try_from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).ok()
    };
    let end = archive.windows(4).rposition(|bytes| bytes == b"PK\x05\x06")?;
    let (entries, mut at) = (short(end + 10)?, long(end + 16)?);
    for _ in 0..entries {
        let lengths = (short(at + 28)?, short(at + 30)?, short(at + 32)?);
        if archive.get(at + 46..at + 46 + lengths.0)? == name.as_bytes() {
            let (method, size, local) = (short(at + 10)?, long(at + 20)?, long(at + 42)?);
            let start = local + 30 + short(local + 26)? + short(local + 28)?;
            let stored = archive.get(start..start + size)?;
            let mut content = Vec::new();
            match method {
                0 => content.extend(stored),
                _ => {
                    // An APK may lie about its method; what inflates is what the platform reads.
                    DeflateDecoder::new(stored).read_to_end(&mut content).ok()?;
                }
            }
            return Some(content);
        }
        at += 46 + lengths.0 + lengths.1 + lengths.2;
    }
    None
}
