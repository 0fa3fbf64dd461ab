//! `keepone controls`: the user's six areas of control over the apps of a phone: how each switch stands, who may set it;
//! sets some, and carries a user's choices from one phone to the next. A dry run unless `--apply` is given.

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Command};

use crate::choices::carry;
use crate::choices::{Choices, ItemOutcome, ReapplyOutcome, foresee as foresee_choices, reapply};
use crate::classify::{self, Groups, Options, outcome::Scope};
use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message, system_message};
use crate::cli::exit::ExitStatus;
use crate::cli::output::Output;
use crate::cli::phone::{self, Phone};
use crate::cli::words::Words;
use crate::cli::{arguments, reading};
use crate::control::set::{self, tasks};
use crate::control::{Area, SwitchKind, Turn, read_sheet, switches};
use crate::enforce::{Guard, May, Order, RunKind, foresee, run as carry_out};
use crate::failure::Failure;
use crate::inventory::Inventory;
use crate::language::Text;
use crate::package::PackageName;
use crate::report::result::ControlsResult;
use crate::report::{Format, text};
use crate::source::snapshot::PackageFacts;

const ABOUT: Text = Text::new(
    "Show and set the user's switches over the apps of a phone",
    "查看并设置用户对手机应用的各项控制",
);
const STATUSES: Text = Text::new(
    "Exit status: 0 shown or set, 1 something was refused or ignored, 2 not known, 3 usage or tool error",
    "退出状态：0 已显示或已按要求设置，1 有被拒绝或被忽略的项目，2 有未知项目，3 用法错误或工具出错",
);
const PACKAGE: Text = Text::new("PACKAGE", "包名");
const PACKAGE_HELP: Text =
    Text::new("The app (default: every app in scope)", "应用（默认：范围内的全部应用）");
const SETTING: Text = Text::new("AREA=on|off", "控制项=on|off");
const SET: Text = Text::new(
    "Set an area, or one switch of it as AREA/SWITCH; may be repeated",
    "设置一个控制项，或以“控制项/开关”设置其中一个开关；可重复给出",
);
const FILE: Text = Text::new("FILE", "文件");
const EXPORT: Text =
    Text::new("Write what the user chose to this file (TOML)", "将用户的选择写入该文件（TOML）");
const IMPORT: Text =
    Text::new("Take the choices of this file over to this phone", "将该文件中的选择应用到此手机");
const AGREE: Text =
    Text::new("Agree that the data of the app is lost when it is cleared", "同意清除时应用数据会丢失");
const NO_SUCH: Text = Text::new("the phone has no app {package}", "手机上没有应用 {package}");
const BAD_NAME: Text = Text::new("{name} is no package name", "{name} 不是有效的包名");
const BAD_SET: Text = Text::new(
    "{given} is no setting: expected AREA=on, AREA=off, or AREA/SWITCH=on|off",
    "{given} 不是有效的设置：应为 控制项=on、控制项=off 或 控制项/开关=on|off",
);
const AREAS: Text = Text::new("areas: {areas}", "控制项：{areas}");
const NO_SWITCH: Text =
    Text::new("the area {area} has no switch {switch}", "控制项 {area} 中没有开关 {switch}");
const SWITCHES: Text = Text::new("switches of {area}: {switches}", "{area} 的开关：{switches}");
const WHICH: Text = Text::new(
    "--set needs an app: keepone controls SOURCE PACKAGE --set …",
    "--set 需要指定应用：keepone controls 来源 包名 --set …",
);
const NOT_READ: Text = Text::new("failed to read {path}: {why}", "无法读取 {path}：{why}");

/// The largest file of choices that is read, in bytes.
const LARGEST: u64 = 8 << 20;

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let path = clap::value_parser!(PathBuf);
    let command = words
        .command("controls", ABOUT)
        .after_help(words.say(STATUSES))
        .arg(reading::source(words))
        .arg(words.operand("package", PACKAGE, PACKAGE_HELP).required(false))
        .arg(words.option("set", SETTING, SET).action(ArgAction::Append))
        .arg(words.switch("consent", AGREE))
        .arg(
            words
                .option("export", FILE, EXPORT)
                .value_parser(path.clone())
                .conflicts_with_all(["set", "import"]),
        )
        .arg(words.option("import", FILE, IMPORT).value_parser(path).conflicts_with("set"))
        .arg(phone::apply(words))
        .arg(phone::journal(words))
        .arg(phone::user(words))
        .arg(arguments::format(words))
        .arg(arguments::output(words))
        .arg(arguments::verbose(words));
    words.finish(reading::options(words, command), "keepone controls")
}

/// Shows, sets or carries switches.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let serial = phone::only_a_phone(reading::source_path(matches, "source"))?;
    let settings = settings(matches)?;
    let file = import_file(matches)?;
    let now = phone::now()?;
    let inventory = reading::inventory(matches, console)?;
    let facts = wanted(matches, &inventory)?;
    let mut phone = phone::open(matches, serial)?;
    let may = phone::may(&mut phone)?;
    let user = phone::read_user(matches, &may)?;
    let mut work = Work { phone, may, user, now, facts, result: ControlsResult::new(&inventory, user) };
    let mut status = ExitStatus::Compliant;
    if !settings.is_empty() {
        if arguments::text(matches, "package").is_none() {
            return Err(CommandError::usage(Message::new(WHICH)));
        }
        status = work.set(matches, &settings)?;
    }
    if let Some(toml) = file {
        status = work.import(matches, &toml)?;
    }
    work.sheets()?;
    if let Some(path) = matches.get_one::<PathBuf>("export") {
        work.export(path)?;
    }
    let result = work.result;
    let rendered = match arguments::read_format(matches) {
        Format::Text => text::controls(arguments::page(matches, console), &result),
        Format::Json => arguments::json(&result)?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(status)
}

/// One setting of the command line.
struct Setting {
    area: Area,
    switch: Option<String>,
    on: bool,
}

fn settings(matches: &ArgMatches) -> Result<Vec<Setting>, CommandError> {
    let one = |given: &String| {
        let bad = || {
            let areas = Area::ALL.map(Area::id).join(", ");
            CommandError::usage(Message::new(BAD_SET).with("given", given))
                .hint(Message::new(AREAS).with("areas", &areas))
        };
        let (name, to) = given.split_once('=').ok_or_else(bad)?;
        let (area, switch) = match name.split_once('/') {
            Some((area, switch)) => (area, Some(switch.to_owned())),
            None => (name, None),
        };
        let on = match to {
            "on" => true,
            "off" => false,
            _ => return Err(bad()),
        };
        Ok(Setting { area: Area::from_id(area).ok_or_else(bad)?, switch, on })
    };
    matches.get_many::<String>("set").into_iter().flatten().map(one).collect()
}

fn import_file(matches: &ArgMatches) -> Result<Option<String>, CommandError> {
    use std::io::Read as _;
    let Some(path) = matches.get_one::<PathBuf>("import") else { return Ok(None) };
    let mut text = String::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(LARGEST).read_to_string(&mut text));
    read.map_err(|error| {
        let message = Message::new(NOT_READ).with("path", &path.to_string_lossy());
        CommandError::input(message.with_message("why", system_message(&error)))
    })?;
    Ok(Some(text))
}

/// The facts of the app that is named, or of every app in scope.
fn wanted(matches: &ArgMatches, inventory: &Inventory) -> Result<Vec<PackageFacts>, CommandError> {
    let all = || inventory.packages().iter();
    if let Some(name) = arguments::text(matches, "package") {
        let package = PackageName::new(name)
            .map_err(|_| CommandError::usage(Message::new(BAD_NAME).with("name", name)))?;
        let facts = all().find(|facts| facts.name == package).cloned();
        let missing = || CommandError::input(Message::new(NO_SUCH).with("package", name));
        return facts.map(|facts| vec![facts]).ok_or_else(missing);
    }
    // What a file is about need not be in scope.
    let everything = matches.contains_id("import");
    let classifications = classify::classify(inventory, Groups::built_in(), &Options::default());
    let mut facts: Vec<PackageFacts> = all()
        .zip(&classifications)
        .filter(|(_, classification)| everything || classification.scope == Scope::InScope)
        .map(|(facts, _)| facts.clone())
        .collect();
    facts.sort_by(|a, b| a.name.cmp(&b.name));
    facts.dedup_by(|a, b| a.name == b.name);
    Ok(facts)
}

/// A phone, its apps and what is said of them.
struct Work {
    phone: Phone,
    may: May,
    user: u32,
    now: String,
    facts: Vec<PackageFacts>,
    result: ControlsResult,
}

impl Work {
    /// Sets switches, or says what setting them would do.
    fn set(&mut self, matches: &ArgMatches, settings: &[Setting]) -> Result<ExitStatus, CommandError> {
        let consent = matches.get_flag("consent");
        let mut order = Order {
            kind: RunKind::Control,
            now: self.now.clone(),
            tasks: Vec::new(),
            guard: Guard::default(),
        };
        for facts in &self.facts {
            let all = switches(facts, self.user, &self.may);
            let readings = set::read(&mut self.phone, &all).map_err(CommandError::input)?;
            for setting in settings {
                let of_area = || all.iter().filter(|switch| switch.area == setting.area);
                let meant = |switch: &&crate::control::Switch| match &setting.switch {
                    Some(id) => switch.id == id && switch.kind != SwitchKind::Told,
                    None => switch.kind == SwitchKind::Switch,
                };
                let chosen: Vec<_> = of_area().filter(meant).collect();
                if chosen.is_empty() {
                    let ids: Vec<&str> = of_area()
                        .filter(|switch| switch.kind != SwitchKind::Told)
                        .map(|switch| switch.id)
                        .collect();
                    let area = setting.area.id();
                    let switch = setting.switch.as_deref().unwrap_or_default();
                    let error = Message::new(NO_SWITCH).with("area", area).with("switch", switch);
                    let hint = Message::new(SWITCHES).with("area", area).with("switches", &ids.join(", "));
                    return Err(CommandError::usage(error).hint(hint));
                }
                for switch in chosen {
                    let turn = Turn { area: switch.area, switch: switch.id, on: setting.on, consent };
                    let (tasks, cannot) = tasks(facts, switch, &turn, &readings, &self.may);
                    // Two switches may turn one thing: it is written once.
                    let fresh = tasks.into_iter().filter(|task| {
                        !order.tasks.iter().any(|known| known.cell == task.cell && known.to == task.to)
                    });
                    let fresh: Vec<_> = fresh.collect();
                    order.tasks.extend(fresh);
                    self.result.cannot.extend(cannot);
                }
            }
        }
        let mut status =
            if self.result.cannot.is_empty() { ExitStatus::Compliant } else { ExitStatus::NotCompliant };
        self.result.steps =
            foresee(&mut self.phone, &order).map_err(|error| CommandError::input(Failure::from(error)))?;
        if matches.get_flag("apply") {
            let path = self.journal(matches);
            if !order.tasks.is_empty() {
                let mut journal = phone::own_journal(&path, &self.may)?;
                let done = carry_out(&mut self.phone, &mut journal, &order).map_err(CommandError::input)?;
                status = phone::worse(status, phone::status(&done));
                self.result.result = Some(done);
            }
        }
        Ok(status)
    }

    fn journal(&mut self, matches: &ArgMatches) -> PathBuf {
        let path = phone::journal_path(matches, &self.may);
        self.result.journal = Some(path.to_string_lossy().into_owned());
        self.result.applied = true;
        path
    }

    /// Takes choices over, or says what that would do.
    fn import(&mut self, matches: &ArgMatches, toml: &str) -> Result<ExitStatus, CommandError> {
        let mut choices = Choices::none(self.user);
        let imported = carry::import(&mut choices, toml).map_err(CommandError::input)?;
        let chosen = if matches.get_flag("apply") {
            let path = self.journal(matches);
            let mut journal = phone::own_journal(&path, &self.may)?;
            reapply(&mut self.phone, &mut journal, &choices, &self.facts, &self.now)
        } else {
            foresee_choices(&mut self.phone, &choices, &self.facts)
        };
        let chosen = chosen.map_err(CommandError::input)?;
        let mut status = chosen.result.as_ref().map_or(ExitStatus::Compliant, phone::status);
        for item in &chosen.items {
            status = phone::worse(
                status,
                match item.outcome {
                    ReapplyOutcome::NotSet | ReapplyOutcome::Waits => ExitStatus::NotCompliant,
                    ReapplyOutcome::Unknown | ReapplyOutcome::NoFacts => ExitStatus::Undecided,
                    _ => ExitStatus::Compliant,
                },
            );
        }
        let refused = |outcome| matches!(outcome, ItemOutcome::Malformed | ItemOutcome::UnknownArea);
        if imported.iter().any(|item| refused(item.outcome)) {
            status = phone::worse(status, ExitStatus::NotCompliant);
        }
        let about: Vec<PackageName> = choices.packages();
        self.facts.retain(|facts| about.contains(&facts.name));
        self.result.imported = imported;
        self.result.chosen = Some(chosen);
        Ok(status)
    }

    fn sheets(&mut self) -> Result<(), CommandError> {
        for facts in &self.facts {
            let sheet = read_sheet(&mut self.phone, facts, self.user).map_err(CommandError::input)?;
            self.result.sheets.push(sheet);
        }
        Ok(())
    }

    /// Writes what stands as choices.
    fn export(&mut self, path: &PathBuf) -> Result<(), CommandError> {
        let mut choices = Choices::none(self.user);
        for choice in self.result.sheets.iter().flat_map(|sheet| carry::chosen(sheet, &self.now)) {
            choices.set(choice);
        }
        let toml = carry::export(&choices).map_err(CommandError::input)?;
        Output::new(Some(path)).write(&toml)?;
        self.result.exported = Some(choices.choices.len());
        Ok(())
    }
}
