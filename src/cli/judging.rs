//! Runs the stages in their order over one source: the way every command that judges goes.

use clap::ArgMatches;

use crate::audit::AuditOptions;
use crate::audit::Outcome;
use crate::classify::Options;
use crate::cli::console::Console;
use crate::cli::error::CommandError;
use crate::cli::exit::ExitStatus;
use crate::cli::{reading, rule};
use crate::inventory::Inventory;
use crate::judge::{self, Judged};
use crate::profile::Profile;

/// Reads a source and the rule that it is held to: the one asked for, with what the source's own files add to it. Signers
/// are read where a waiver asks for one.
///
/// # Errors
/// When the rule or the source cannot be read; a wrong rule is told before the long reading of a source.
pub(super) fn read(
    matches: &ArgMatches,
    id: &str,
    console: Console,
) -> Result<(Inventory, Profile), CommandError> {
    let asks_signers = |profile: &Profile| profile.waivers.iter().any(|waiver| waiver.signer.is_some());
    let asked = rule::read(matches)?;
    let mut options = reading::read_options(matches)?;
    options.digests = matches.try_get_one::<bool>("hash").ok().flatten().copied().unwrap_or_default();
    options.signers = asks_signers(&asked);
    let path = reading::source_path(matches, id);
    let inventory = reading::in_order(reading::read(path, &options, console)?, &options)?;
    let profile = rule::read_for(matches, &inventory)?;
    if options.signers || !asks_signers(&profile) {
        return Ok((inventory, profile));
    }
    // Only the source's own files ask for signers, which was not known when it was read.
    options.signers = true;
    let inventory = reading::in_order(reading::read(path, &options, console)?, &options)?;
    Ok((inventory, profile))
}

/// Judges an inventory by a rule.
///
/// # Errors
/// When the environment holds a wrong `SOURCE_DATE_EPOCH`.
pub(super) fn judge(
    inventory: Inventory,
    profile: &Profile,
    options: &Options,
) -> Result<Judged, CommandError> {
    judge_with(inventory, profile, options, AuditOptions::default())
}

/// Judges an inventory by a rule, with what is known from outside the device besides the day.
///
/// # Errors
/// As [`judge`].
pub(super) fn judge_with(
    inventory: Inventory,
    profile: &Profile,
    options: &Options,
    audit_options: AuditOptions,
) -> Result<Judged, CommandError> {
    let today = today(profile)?;
    Ok(judge::judge(inventory, profile, options, AuditOptions { today, ..audit_options }))
}

/// Returns the status that belongs to the outcome of the whole.
pub(super) const fn status(outcome: Outcome) -> ExitStatus {
    match outcome {
        Outcome::Pass | Outcome::Fixed => ExitStatus::Compliant,
        Outcome::Fail => ExitStatus::NotCompliant,
        _ => ExitStatus::Undecided,
    }
}

/// Returns the day by which end dates of waivers are judged: that of `SOURCE_DATE_EPOCH`, else the clock's, in UTC.
/// `None` where the rule has no end date, so that results do not depend on the day without need.
fn today(profile: &Profile) -> Result<Option<String>, CommandError> {
    if !judge::asks_the_day(profile) {
        return Ok(None);
    }
    let epoch = reading::source_date_epoch()?;
    let now =
        || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok().map(|past| past.as_secs());
    let day =
        |seconds| crate::source::rfc3339(seconds).chars().take_while(|character| *character != 'T').collect();
    Ok(epoch.or_else(now).map(day))
}
