//! Which rule a device is held to: `--profile`, read and put together.

use std::io::Read as _;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches};

use crate::cli::error::{CommandError, Message, system_message};
use crate::cli::words::Words;
use crate::inventory::Inventory;
use crate::language::Text;
use crate::profile::{self, Firmware, LayerFile, LayerName, Mistakes, Profile, ProfileFile};

const VALUE: Text = Text::new("ID|FILE", "规则|文件");
const HELP: Text = Text::new(
    "The rule: a built-in id, or a profile file; may be repeated",
    "所用规则：内置规则的编号或规则文件；可重复给出",
);
const NOT_READ: Text = Text::new("failed to read {path}: {why}", "无法读取 {path}：{why}");
const NO_PROFILE: Text = Text::new(
    "there is no built-in profile {id}, and no file of that name",
    "没有内置规则 {id}，也没有同名文件",
);
const KNOWN: Text = Text::new("built-in profiles: {ids}", "内置规则：{ids}");
const DID_YOU_MEAN: Text = Text::new("did you mean {suggestion}?", "您是否想用 {suggestion}？");
const TWO_RULES: Text = Text::new(
    "{first} and {second} both state a rule; one device is held to one rule at a time",
    "{first} 与 {second} 都规定了规则，一次只能按一项规则判定",
);
const OTHER_BASE: Text = Text::new(
    "{file} adds to {wanted}, and the rule is {base}",
    "{file} 是对 {wanted} 的添加，而当前规则是 {base}",
);

/// Declares `--profile`.
pub(super) fn argument(words: Words) -> Arg {
    words.option("profile", VALUE, HELP).short('p').action(ArgAction::Append)
}

/// Reads every `--profile` and puts the rule together; without any it is the default one. Files of the firmware that
/// add to a rule are not looked at: no device is judged.
///
/// # Errors
/// When a value names neither a built-in profile nor a readable file, when a file has mistakes, or when the files do
/// not fit together.
pub(super) fn read(matches: &ArgMatches) -> Result<Profile, CommandError> {
    put_together(matches, Firmware::default())
}

/// Reads the rule that a device is held to: as [`read`], with what the device's own firmware adds.
///
/// # Errors
/// As [`read`], and when a file of the firmware has mistakes.
pub(super) fn read_for(matches: &ArgMatches, inventory: &Inventory) -> Result<Profile, CommandError> {
    let found =
        inventory.snapshot().profile_layers.iter().map(|layer| (layer.path.as_str(), layer.text.as_str()));
    let firmware = profile::firmware(found).map_err(CommandError::mistakes)?;
    put_together(matches, firmware)
}

/// Puts together what the command line asks for and what the firmware adds.
fn put_together(matches: &ArgMatches, firmware: Firmware) -> Result<Profile, CommandError> {
    let named: Vec<&String> = matches.get_many::<String>("profile").into_iter().flatten().collect();
    let mut base: Option<ProfileFile> = None;
    let mut added = Vec::new();
    for name in named {
        let file = file(name)?;
        if file.id().is_none() {
            added.push(LayerFile { layer: LayerName::Lab, file });
        } else if let Some(first) = &base {
            let message = Message::new(TWO_RULES).with("first", first.name()).with("second", file.name());
            return Err(CommandError::usage(message));
        } else {
            base = Some(file);
        }
    }
    let base = base.map_or_else(|| extended(&added), Ok)?;
    refuse_strangers(&base, &added)?;
    let mut layers = firmware.layers;
    layers.append(&mut added);
    let mut profile = profile::resolve(&base, &layers).map_err(CommandError::mistakes)?;
    profile.idle.files.extend(firmware.elsewhere);
    Ok(profile)
}

/// Reads the profile file that `name` stands for: a built-in one by its id, else the file of that path.
fn file(name: &str) -> Result<ProfileFile, CommandError> {
    match profile::built_in_file(name) {
        Some(file) => Ok(file),
        None => read_file(name)?.map_err(CommandError::mistakes),
    }
}

/// Reads the profile file at a path; the inner error has its mistakes.
///
/// # Errors
/// When the file cannot be read at all.
pub(super) fn read_file(name: &str) -> Result<Result<ProfileFile, Mistakes>, CommandError> {
    let path = PathBuf::from(name);
    let bytes = std::fs::File::open(&path).and_then(|file| {
        let mut bytes = Vec::new();
        // One byte more than is read of a profile: so a larger one is known as such, and not read whole.
        file.take(u64::try_from(profile::MAX_FILE).unwrap_or(u64::MAX).saturating_add(1))
            .read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    match bytes {
        Ok(bytes) => Ok(profile::parse_bytes(name, &bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !looks_like_a_path(name) => {
            Err(unknown(name))
        }
        Err(error) => {
            let message =
                Message::new(NOT_READ).with("path", name).with_message("why", system_message(&error));
            Err(CommandError::input(message))
        }
    }
}

fn looks_like_a_path(name: &str) -> bool {
    name.contains(std::path::MAIN_SEPARATOR) || PathBuf::from(name).extension().is_some()
}

fn unknown(id: &str) -> CommandError {
    let ids: Vec<&str> = profile::built_in_ids().collect();
    let mut error = CommandError::usage(Message::new(NO_PROFILE).with("id", id));
    if let Some(near) = profile::nearest(id, ids.iter().copied()) {
        error = error.hint(Message::new(DID_YOU_MEAN).with("suggestion", near));
    }
    error.hint(Message::new(KNOWN).with("ids", &ids.join(", ")))
}

/// Puts one file together with the rule it adds to, to find what is wrong with both.
pub(super) fn together(file: ProfileFile) -> Result<Profile, Mistakes> {
    if file.id().is_some() {
        return profile::resolve(&file, &[]);
    }
    let base = profile::built_in_file(file.extends().unwrap_or(profile::DEFAULT_ID));
    let layers = [LayerFile { layer: LayerName::Lab, file }];
    // A file that extends a profile which does not exist was refused when it was read.
    base.map_or_else(|| profile::select(&layers[0].file, &[]), |base| profile::resolve(&base, &layers))
}

/// Returns the built-in rule that the layers say they add to, else the default one.
fn extended(layers: &[LayerFile]) -> Result<ProfileFile, CommandError> {
    let wanted = layers.iter().find_map(|layer| layer.file.extends());
    let id = wanted.unwrap_or(profile::DEFAULT_ID);
    profile::built_in_file(id).ok_or_else(|| unknown(id))
}

/// Refuses a file given on the command line that adds to another rule than the one in force: passed over in silence it
/// would look as if it counted.
fn refuse_strangers(base: &ProfileFile, layers: &[LayerFile]) -> Result<(), CommandError> {
    let id = base.id().unwrap_or_default();
    let stranger = layers.iter().find_map(|layer| {
        layer.file.extends().filter(|wanted| *wanted != id).map(|wanted| (layer.file.name(), wanted))
    });
    let Some((file, wanted)) = stranger else { return Ok(()) };
    let message = Message::new(OTHER_BASE).with("file", file).with("wanted", wanted).with("base", id);
    Err(CommandError::usage(message))
}
