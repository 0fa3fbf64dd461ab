//! `keepone enforce`: carries out the run-time form of a plan on a phone: a dry run unless `--apply` is given, each step
//! journalled before it is done and read back after it. Ends with 0 only when everything was done and nothing is left to the
//! build.

use std::path::Path;

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::classify::Options;
use crate::cli::console::Console;
use crate::cli::error::{CommandError, Message};
use crate::cli::exit::ExitStatus;
use crate::cli::words::Words;
use crate::cli::{arguments, judging, phone, reading, rule};
use crate::enforce::{Carrier, Order, Wish, foresee, resume, run as carry_out};
use crate::failure::Failure;
use crate::judge::Judged;
use crate::language::Text;
use crate::package::PackageName;
use crate::plan::run_time::RunTime;
use crate::report::result::EnforceResult;
use crate::report::{Format, text};

const ABOUT: Text =
    Text::new("Carry out what a running phone can do of the repair", "在运行中的手机上执行可行的修复");
const STATUSES: Text = Text::new(
    "Exit status: 0 done, nothing left; 1 something not done, or left to the build; 2 not known; 3 error",
    "退出状态：0 全部完成且无遗留，1 有未完成或须由构建解决的项目，2 结果未知，3 用法错误或工具出错",
);
const PACKAGE: Text = Text::new("PACKAGE", "包名");
const CONSENT: Text = Text::new(
    "Agree to what is lost with this app, or with all; may be repeated",
    "同意因该应用（all 为全部应用）造成的损失；可重复给出",
);
const ONLY: Text = Text::new("Deal with this package alone; may be repeated", "只处理该应用；可重复给出");
const RESUME: Text = Text::new("Take up the interrupted run of the journal", "继续执行日志中被中断的运行");
const BAD_NAME: Text = Text::new("{name} is no package name", "{name} 不是有效的包名");
const INTERRUPTED: Text =
    Text::new("run {run} of {journal} did not come to its end", "{journal} 中的第 {run} 次运行尚未完成");
const RESUME_OR_UNDO: Text = Text::new(
    "take it up again with --resume --apply, or put back what it did with: keepone undo {journal} --apply",
    "可用 --resume --apply 继续执行，或用 keepone undo {journal} --apply 撤销已作的更改",
);
const NOT_INTERRUPTED: Text =
    Text::new("no run of {journal} was interrupted", "{journal} 中没有被中断的运行");

/// Declares the command.
pub(super) fn declare(words: Words) -> Command {
    let names = |id, help| words.option(id, PACKAGE, help).action(ArgAction::Append);
    let command = words
        .command("enforce", ABOUT)
        .after_help(words.say(STATUSES))
        .arg(reading::source(words))
        .arg(rule::argument(words))
        .arg(phone::apply(words))
        .arg(phone::journal(words))
        .arg(phone::user(words))
        .arg(names("consent", CONSENT))
        .arg(names("only", ONLY))
        .arg(resume_switch(words))
        .arg(arguments::format(words))
        .arg(arguments::output(words))
        .arg(arguments::verbose(words));
    words.finish(reading::options(words, command), "keepone enforce")
}

fn resume_switch(words: Words) -> Arg {
    words.switch("resume", RESUME).requires("apply")
}

/// Carries out the plan for the source.
pub(super) fn run(matches: &ArgMatches, console: Console) -> Result<ExitStatus, CommandError> {
    let source = reading::source_path(matches, "source");
    let serial = phone::only_a_phone(source)?;
    let consent = names(matches, "consent")?;
    let only = names(matches, "only")?;
    let now = phone::now()?;
    let (inventory, profile) = judging::read(matches, "source", console)?;
    let judged = judging::judge(inventory, &profile, &Options::default())?;
    let plan = judged.plan(&profile);
    let mut phone = phone::open(matches, serial)?;
    let may = phone::may(&mut phone)?;
    let user = phone::read_user(matches, &may)?;
    let path = phone::journal_path(matches, &may);
    let consent = match consent {
        Names::All => everyone(&plan.run_time),
        Names::These(names) => names,
    };
    let only = match only {
        Names::These(names) if !names.is_empty() => Some(names),
        _ => None,
    };
    let wish = Wish { user, consent: &consent, only: only.as_deref(), kinds: None, now: &now };
    let order = Order::of_plan(&plan.run_time, &wish);
    let mut result = EnforceResult::new(&judged.inventory, &profile.id, user, plan.run_time.leaves.clone());
    let mut status = if matches.get_flag("apply") {
        result.journal = Some(path.to_string_lossy().into_owned());
        apply(matches, &mut phone, order, &path, &mut result)?
    } else {
        result.steps = foreseen(&mut phone, &order)?;
        of_judging(&judged)
    };
    if !result.leaves.is_empty() {
        status = phone::worse(status, ExitStatus::NotCompliant);
    }
    let rendered = match arguments::read_format(matches) {
        Format::Text => text::enforce(arguments::page(matches, console), &result),
        Format::Json => arguments::json(&result)?,
    };
    arguments::read_output(matches).write(&rendered)?;
    Ok(status)
}

/// A dry run ends as an audit of the phone does.
const fn of_judging(judged: &Judged) -> ExitStatus {
    judging::status(judged.audit.summary.outcome)
}

/// Carries out an order, or takes up the run that was interrupted.
fn apply(
    matches: &ArgMatches,
    phone: &mut dyn Carrier,
    mut order: Order,
    path: &Path,
    result: &mut EnforceResult,
) -> Result<ExitStatus, CommandError> {
    let shown = path.to_string_lossy();
    let may = phone.may().map_err(|error| CommandError::input(Failure::from(error)))?;
    let mut journal = phone::own_journal(path, &may)?;
    result.applied = true;
    let interrupted = journal.history().interrupted().map(|run| run.run);
    if matches.get_flag("resume") {
        let resumed = resume(phone, &mut journal, &order.now).map_err(CommandError::input)?;
        let Some(resumed) = resumed else {
            return Err(CommandError::usage(Message::new(NOT_INTERRUPTED).with("journal", &shown)));
        };
        let status = phone::status(&resumed);
        result.result = Some(resumed);
        return Ok(status);
    }
    if let Some(run) = interrupted {
        let message = Message::new(INTERRUPTED).with("run", &run.to_string()).with("journal", &shown);
        return Err(CommandError::usage(message).hint(Message::new(RESUME_OR_UNDO).with("journal", &shown)));
    }
    result.steps = foreseen(phone, &order)?;
    // What can never be done from here was said, and is not tried.
    let mut steps = result.steps.iter();
    order.tasks.retain(|_| steps.next().is_none_or(|step| !step.not_from_here));
    if order.tasks.is_empty() {
        return Ok(ExitStatus::Compliant);
    }
    let done = carry_out(phone, &mut journal, &order).map_err(CommandError::input)?;
    let status = phone::status(&done);
    result.result = Some(done);
    Ok(status)
}

fn foreseen(phone: &mut dyn Carrier, order: &Order) -> Result<Vec<crate::enforce::Foreseen>, CommandError> {
    foresee(phone, order).map_err(|error| CommandError::input(Failure::from(error)))
}

/// Packages named on the command line.
enum Names {
    All,
    These(Vec<PackageName>),
}

fn names(matches: &ArgMatches, id: &str) -> Result<Names, CommandError> {
    let given: Vec<&String> = matches.get_many::<String>(id).into_iter().flatten().collect();
    if given.iter().any(|name| *name == "all") {
        return Ok(Names::All);
    }
    let name = |name: &String| {
        PackageName::new(name).map_err(|_| CommandError::usage(Message::new(BAD_NAME).with("name", name)))
    };
    given.into_iter().map(name).collect::<Result<_, _>>().map(Names::These)
}

fn everyone(plan: &RunTime) -> Vec<PackageName> {
    plan.steps.iter().map(|step| step.package.clone()).collect()
}
