//! A phone of any size that answers from memory: the recorded output of a real one, its packages again and again under new
//! names.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use keepone::adb::{Answer, Command, Gone, Shell};

/// The recorded dump, in the corpus.
const RECORDED: &str = "adb/rockchip_rk322x_A7/dumpsys_package.txt";

/// What a phone answers.
#[derive(Clone, Debug)]
pub struct Phone {
    /// The output of `dumpsys package -f`.
    pub dump: String,
    /// The names of its packages, with their code paths.
    packages: Vec<(String, String)>,
}

impl Phone {
    /// Makes a phone of `size` packages from the one in `corpus`.
    ///
    /// # Errors
    /// When the recorded output cannot be read.
    pub fn of(corpus: &Path, size: usize) -> io::Result<Self> {
        let text = String::from_utf8_lossy(&fs::read(corpus.join(RECORDED))?).into_owned();
        let recorded = keepone::source::adb::dump::parse(&text);
        let names: Vec<&str> = recorded.packages.iter().map(|package| package.name).collect();
        let rounds = size.div_ceil(names.len().max(1));
        let mut phone = Self { dump: String::with_capacity(text.len() * rounds), packages: Vec::new() };
        for (title, body) in sections(&text) {
            phone.dump.push_str(title);
            for round in 0..rounds {
                let left = size.saturating_sub(round * names.len());
                let kept = &names[..names.len().min(left)];
                again(title, body, kept, round, &mut phone.dump);
            }
        }
        let dump = keepone::source::adb::dump::parse(&phone.dump);
        let path = |path: Option<&str>| path.unwrap_or_default().to_owned();
        phone.packages =
            dump.packages.iter().map(|package| (package.name.to_owned(), path(package.code_path))).collect();
        Ok(phone)
    }

    /// Returns how many packages it has.
    pub fn len(&self) -> usize {
        self.packages.len()
    }

    /// Returns whether it has none.
    pub fn is_empty(&self) -> bool {
        self.packages.is_empty()
    }

    fn list(&self, with_files: bool) -> String {
        let mut list = String::new();
        for (name, path) in &self.packages {
            // Writing into a string cannot fail.
            let _ = if with_files {
                writeln!(list, "package:{path}/base.apk={name} versionCode:1  installer=null uid:10001")
            } else {
                writeln!(list, "package:{name}")
            };
        }
        list
    }
}

impl Shell for Phone {
    fn ask(&mut self, commands: &[Command]) -> Result<Vec<Answer>, Gone> {
        let answer = |command: &Command| {
            let words: Vec<&str> = command.words().iter().map(String::as_str).collect();
            let said = match &words[..] {
                ["dumpsys", "package", ..] => self.dump.clone(),
                ["dumpsys", "role"] => "Can't find service: role\n".to_owned(),
                ["pm", "list", "users"] => "Users:\n\tUserInfo{0:Owner:13} running\n".to_owned(),
                ["pm", "list", "packages", rest @ ..] if rest.contains(&"-d") => String::new(),
                ["pm", "list", "packages", rest @ ..] => self.list(rest.contains(&"-f")),
                ["getprop"] => "[ro.build.version.sdk]: [25]\n".to_owned(),
                _ => String::new(),
            };
            Answer { output: said.into_bytes(), status: 0, cut: false }
        };
        Ok(commands.iter().map(answer).collect())
    }
}

/// The sections of a dump: the line that begins each, and what follows it.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with([' ', '\n']) && line.trim_end().ends_with(':') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| &text[*start..end]);
    parts.map(|part| part.split_at(part.find('\n').map_or(part.len(), |end| end + 1))).collect()
}

/// Writes a section once more: packages, what they answer, provide and define under new names; everything else once, as it is.
fn again(title: &str, body: &str, names: &[&str], round: usize, into: &mut String) {
    match title.trim_end() {
        "ContentProvider Authorities:" => return provided(body, round, into),
        "Permissions:" => return defined(body, round, into),
        "Packages:" | "Hidden system packages:" => {}
        other if other.contains("Resolver Table") => {}
        _ if round > 0 => return,
        _ => return into.push_str(body),
    }
    let mut kept = true;
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if let Some(name) = trimmed.strip_prefix("Package [").and_then(|rest| rest.split(']').next()) {
            kept = names.contains(&name);
            if kept {
                let _ = writeln!(into, "  Package [{name}.r{round}] (1a2b{round}):");
            }
            continue;
        }
        if !kept {
            continue;
        }
        // `1a2b com.x/.Y`
        match trimmed.split_once(' ').filter(|(_, rest)| rest.contains('/') && !trimmed.contains('=')) {
            Some((hash, rest)) => {
                let indent = line.len() - trimmed.len();
                let (package, class) = rest.split_once('/').unwrap_or((rest, ""));
                let class =
                    class.strip_prefix('.').map_or(class.to_owned(), |class| format!("{package}.{class}"));
                let _ = write!(into, "{:indent$}{hash} {package}.r{round}/{class}", "");
            }
            None => into.push_str(line),
        }
    }
}

/// Writes who provides what: `[authority]:`, `Provider{1a2b com.x/.Y}`.
fn provided(body: &str, round: usize, into: &mut String) {
    for line in body.split_inclusive('\n') {
        let trimmed = line.trim();
        let component = trimmed.strip_prefix("Provider{").and_then(|rest| rest.split_once('/'));
        if let Some(authority) = trimmed.strip_prefix('[').and_then(|rest| rest.strip_suffix("]:")) {
            let _ = writeln!(into, "  [{authority}.r{round}]:");
        } else if let Some((package, class)) = component {
            let named = package.split_once(' ').map_or(package, |(_, name)| name);
            let class = class.strip_prefix('.').map_or(class.to_owned(), |class| format!("{named}.{class}"));
            let _ = writeln!(into, "    Provider{{{package}.r{round}/{class}");
        } else {
            into.push_str(line);
        }
    }
}

/// Writes which permissions are defined: `Permission [com.x.Y] (1a2b):`.
fn defined(body: &str, round: usize, into: &mut String) {
    for line in body.split_inclusive('\n') {
        match line.strip_prefix("  Permission [").and_then(|rest| rest.split_once(']')) {
            Some((name, rest)) => {
                let _ = write!(into, "  Permission [{name}.r{round}]{rest}");
            }
            None => into.push_str(line),
        }
    }
}
