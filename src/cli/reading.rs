//! How commands get at a source: the arguments that say which and how, and the reading itself.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command};

use crate::classify::Groups;
use crate::classify::question::{Question, questions};
use crate::classify::signal::ComponentKind;
use crate::cli::arguments::text;
use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::progress::Bar;
use crate::cli::words::Words;
use crate::inventory::Inventory;
use crate::language::Text;
use crate::source::adb::{Probe, Table};
use crate::source::snapshot::{Snapshot, SourceKind};
use crate::source::{self, ReadOptions};

const SOURCE: Text = Text::new("SOURCE", "来源");
const SOURCE_HELP: Text = Text::new(
    "An unpacked firmware, an APK, a snapshot, a saved 'dumpsys package', or adb:[SERIAL]",
    "已解包固件的目录、一个 APK、快照、'dumpsys package' 的存档，或 adb:[序列号]",
);
const KIND: Text = Text::new("KIND", "类型");
const KIND_HELP: Text = Text::new(
    "tree, apk, snapshot, adb or dump (default: detected)",
    "tree、apk、snapshot、adb 或 dump（默认自动识别）",
);
const FILE: Text = Text::new("FILE", "文件");
const EXPECTED_HELP: Text = Text::new(
    "Paths or names the device should have; what is absent is reported",
    "设备应有的路径或包名清单；来源中缺少的将被报告",
);
const ADB_HELP: Text = Text::new(
    "The adb program (default: the variable ADB, then the first on PATH)",
    "adb 程序（默认：环境变量 ADB，其次为 PATH 中的第一个）",
);
const USER: Text = Text::new("USER", "用户");
const USER_HELP: Text = Text::new(
    "Judge the phone of this user alone, by Android's number (10)",
    "仅针对该用户（安卓用户编号，如 10）审核",
);
const NOT_A_USER: Text = Text::new("the source tells of no user {user}", "来源中没有用户 {user}");
const USERS: Text = Text::new("it tells of {users}", "来源中的用户：{users}");
const NO_USERS: Text = Text::new("an image has no users", "镜像中没有用户");
const HASH: Text = Text::new(
    "Also take the SHA-256 of every APK and list (reads all bytes)",
    "同时计算每个 APK 和清单的 SHA-256（需读取全部字节）",
);
const BAD_EPOCH: Text = Text::new(
    "SOURCE_DATE_EPOCH is {value}, which is no number of seconds since 1970",
    "SOURCE_DATE_EPOCH 的值 {value} 不是自 1970 年起的秒数",
);

/// The kinds of sources that can be named on the command line.
const KINDS: [(&str, SourceKind); 5] = [
    ("tree", SourceKind::Tree),
    ("apk", SourceKind::Apk),
    ("snapshot", SourceKind::Snapshot),
    ("adb", SourceKind::Adb),
    ("dump", SourceKind::Dump),
];

/// Declares the operand SOURCE.
pub(super) fn source(words: Words) -> Arg {
    words.operand("source", SOURCE, SOURCE_HELP).value_parser(clap::value_parser!(PathBuf))
}

/// Adds the options that say how a source is read.
pub(super) fn options(words: Words, command: Command) -> Command {
    let kind = words
        .option("source-kind", KIND, KIND_HELP)
        .value_parser(PossibleValuesParser::new(KINDS.map(|kind| kind.0)));
    let expected = words.option("expected", FILE, EXPECTED_HELP).value_parser(clap::value_parser!(PathBuf));
    command.arg(kind).arg(expected).arg(adb(words))
}

/// Declares `--adb`.
pub(super) fn adb(words: Words) -> Arg {
    words.option("adb", FILE, ADB_HELP).value_parser(clap::value_parser!(PathBuf))
}

/// Declares `--user`.
pub(super) fn user(words: Words) -> Arg {
    words.option("user", USER, USER_HELP).value_parser(clap::value_parser!(u32))
}

/// Puts a snapshot in order, and keeps what is told of the user asked for.
///
/// # Errors
/// When the source tells of no such user.
pub(super) fn in_order(snapshot: Snapshot, options: &ReadOptions) -> Result<Inventory, CommandError> {
    let users: Vec<String> = snapshot.users.iter().map(|user| user.id.to_string()).collect();
    let inventory = Inventory::new(snapshot);
    let Some(user) = options.user else { return Ok(inventory) };
    inventory.of_user(user).ok_or_else(|| {
        let hint = if users.is_empty() {
            Message::new(NO_USERS)
        } else {
            Message::new(USERS).with("users", &users.join(", "))
        };
        CommandError::input(Message::new(NOT_A_USER).with("user", &user.to_string())).hint(hint)
    })
}

/// Reads how a source is to be read. Labels are always resolved: people need them.
pub(super) fn read_options(matches: &ArgMatches) -> Result<ReadOptions, CommandError> {
    let kind = text(matches, "source-kind").and_then(|asked| KINDS.iter().find(|(word, _)| *word == asked));
    Ok(ReadOptions {
        kind: kind.map(|(_, kind)| *kind),
        expected: matches.get_one::<PathBuf>("expected").cloned(),
        labels: true,
        digests: false,
        signers: false,
        source_date_epoch: source_date_epoch()?,
        adb: matches.get_one::<PathBuf>("adb").cloned(),
        user: matches.try_get_one::<u32>("user").ok().flatten().copied(),
        probes: probes(),
    })
}

/// What a device is asked: the questions of the function groups, in the words of a source.
fn probes() -> Vec<Probe> {
    let probe = |question: Question| Probe {
        component: match question.component {
            ComponentKind::Activity => Table::Activities,
            ComponentKind::Receiver => Table::Receivers,
            ComponentKind::Service => Table::Services,
        },
        action: question.action,
        categories: question.categories,
        data: question.data,
        mime_type: question.mime_type,
    };
    questions(Groups::built_in()).into_iter().map(probe).collect()
}

/// Returns the path of the operand SOURCE.
pub(super) fn source_path<'a>(matches: &'a ArgMatches, id: &str) -> &'a Path {
    matches.get_one::<PathBuf>(id).map_or_else(|| Path::new(""), PathBuf::as_path)
}

/// Reads a source, with progress on a terminal.
///
/// # Errors
/// When the source as a whole could not be read.
pub(super) fn read(path: &Path, options: &ReadOptions, console: Console) -> Result<Snapshot, CommandError> {
    source::read(path, options, &Bar::new(console)).map_err(|error| {
        let hint = Message::new(error.hint());
        CommandError::input(error).hint(hint)
    })
}

/// Reads the operand SOURCE of a command and puts it in order.
///
/// # Errors
/// As [`read`] and [`in_order`], and when the environment holds a wrong `SOURCE_DATE_EPOCH`.
pub(super) fn inventory(matches: &ArgMatches, console: Console) -> Result<Inventory, CommandError> {
    let options = read_options(matches)?;
    in_order(read(source_path(matches, "source"), &options, console)?, &options)
}

/// Declares `--hash`.
pub(super) fn hash(words: Words) -> Arg {
    words.switch("hash", HASH)
}

/// Reads `SOURCE_DATE_EPOCH`, by which builds that must be repeatable set the time.
pub(super) fn source_date_epoch() -> Result<Option<u64>, CommandError> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let value = value.to_string_lossy();
    let seconds =
        value.parse().map_err(|_| CommandError::usage(Message::new(BAD_EPOCH).with("value", &value)))?;
    Ok(Some(seconds))
}
