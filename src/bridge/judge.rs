//! Entry `judge`: reads the phone through a Java object, judges it, and gives the documents asked for, in the very form of
//! the command line's.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};

use crate::audit::{AuditOptions, Removed};
use crate::classify::{EvidenceKind, Options};
use crate::failure::{Failure, FailureCode};
use crate::inventory::Inventory;
use crate::judge::judge;
use crate::language::{Language, Localized, Text};
use crate::profile::{self, DEFAULT_ID, Firmware, Mistakes, Profile, ProfileFile};
use crate::report::result::{AuditResult, ClassifyResult, PlanResult, ScreenResult};
use crate::source::count;
use crate::source::device::{DeviceOptions, Reader, read_device};
use crate::source::snapshot::ProfileLayer;

const NO_PROFILE: Text =
    Text::new("there is no built-in profile {id}; there are {ids}", "没有内置规则 {id}；可用的有 {ids}");
const BROKEN: Text = Text::new("a mistake of this program: {error}", "程序内部错误：{error}");
const BAD_DAY: Text = Text::new("today: {why}", "today：{why}");

/// What the caller wants, and of what.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Request {
    /// The documents.
    want: BTreeSet<Want>,
    /// A built-in profile; without one, that which the firmware's layers extend, else the default.
    #[serde(default)]
    profile: Option<String>,
    /// Files of the firmware that add to the rule.
    #[serde(default)]
    layers: Vec<Layer>,
    /// The day by which end dates of waivers are judged.
    #[serde(default)]
    today: Option<String>,
    /// Apps that were removed for a user before, as the journal says.
    #[serde(default)]
    removed: Vec<Removed>,
    /// When the facts were captured.
    #[serde(default)]
    captured: Option<String>,
    /// Kinds of evidence to leave out.
    #[serde(default)]
    ignore_evidence: BTreeSet<EvidenceKind>,
    /// Where the device's paths begin.
    #[serde(default = "root")]
    root: PathBuf,
    /// Whether manifests are read.
    #[serde(default = "yes")]
    manifests: bool,
}

/// A document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Want {
    Audit,
    Plan,
    Classify,
    Snapshot,
    /// The sentences of a screen about the verdict and the plan.
    Screen,
}

/// A file of the firmware.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Layer {
    path: String,
    /// The path tells it too; what stands here is not used.
    #[serde(default, rename = "partition")]
    _partition: Option<String>,
    text: String,
}

fn root() -> PathBuf {
    PathBuf::from("/")
}

const fn yes() -> bool {
    true
}

/// The documents asked for.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<AuditResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<PlanResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    classify: Option<ClassifyResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    screen: Option<ScreenResult>,
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<Box<RawValue>>,
    /// Mistakes in the firmware's layers. Where there are any, none of the layers was used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    layer_mistakes: Vec<LayerMistake>,
}

/// One mistake of one layer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct LayerMistake {
    path: String,
    line: u32,
    column: u32,
    message: Said,
}

/// A message in both languages.
#[derive(Debug, Serialize)]
struct Said {
    en: String,
    zh: String,
}

/// Reads and judges.
///
/// # Errors
/// When the request names a profile that is none, or a day that is none.
pub(super) fn run(reader: &mut dyn Reader, request: Request) -> Result<Answer, Failure> {
    if let Some(today) = &request.today {
        profile::check_date(today).map_err(|error| {
            let [en, zh] = [Language::English, Language::Chinese]
                .map(|language| BAD_DAY.fill(language, &[("why", &error.text().get(language))]));
            Failure { code: FailureCode::BadInput, en, zh }
        })?;
    }
    let audit_options =
        AuditOptions { today: request.today, removed: request.removed, ..AuditOptions::default() };
    let layers: Vec<ProfileLayer> =
        request.layers.into_iter().map(|layer| ProfileLayer { path: layer.path, text: layer.text }).collect();
    let (profile, mistakes) = rule(request.profile.as_deref(), &layers)?;
    let options = DeviceOptions {
        root: request.root,
        manifests: request.manifests,
        captured: request.captured,
        layers,
    };
    let mut read = read_device(reader, &options);
    let snapshot = if request.want.contains(&Want::Snapshot) {
        count::seal(&mut read);
        Some(to_raw_value(&read).map_err(|error| broken(&error))?)
    } else {
        None
    };
    let options = Options { ignore: request.ignore_evidence };
    let judged = judge(Inventory::fresh(read), &profile, &options, audit_options);
    let wants = |want: Want| request.want.contains(&want);
    let audit = (wants(Want::Audit) || wants(Want::Screen)).then(|| judged.result(&profile));
    let plan = (wants(Want::Plan) || wants(Want::Screen)).then(|| judged.plan(&profile));
    let screen = match (&audit, &plan) {
        (Some(audit), Some(plan)) if wants(Want::Screen) => Some(ScreenResult::new(audit, &profile, plan)),
        _ => None,
    };
    Ok(Answer {
        audit: audit.filter(|_| wants(Want::Audit)),
        plan: plan.filter(|_| wants(Want::Plan)).map(|plan| judged.plan_result(&plan)),
        classify: wants(Want::Classify).then(|| judged.classify_result(&options)),
        screen,
        snapshot,
        layer_mistakes: mistakes.iter().flat_map(Mistakes::iter).map(told).collect(),
    })
}

/// Puts the rule together. Layers with mistakes count for nothing, and the mistakes are told.
fn rule(asked: Option<&str>, layers: &[ProfileLayer]) -> Result<(Profile, Option<Mistakes>), Failure> {
    let files = layers.iter().map(|layer| (layer.path.as_str(), layer.text.as_str()));
    let firmware = profile::firmware(files);
    let base = match asked {
        Some(id) => profile::built_in_file(id).ok_or_else(|| unknown(id))?,
        None => extended(firmware.as_ref().ok()),
    };
    let (resolved, mistakes) = match firmware {
        Ok(firmware) => match profile::resolve(&base, &firmware.layers) {
            Ok(mut profile) => {
                profile.idle.files.extend(firmware.elsewhere);
                return Ok((profile, None));
            }
            Err(mistakes) => (profile::resolve(&base, &[]), mistakes),
        },
        Err(mistakes) => (profile::resolve(&base, &[]), mistakes),
    };
    let profile = resolved.map_err(|own| broken(&format!("{} mistakes in {}", own.len(), base.name())))?;
    Ok((profile, Some(mistakes)))
}

/// The profile that the firmware's layers extend, where they all name one and the same; else the default.
fn extended(firmware: Option<&Firmware>) -> ProfileFile {
    let mut named: BTreeSet<&str> = firmware
        .iter()
        .flat_map(|firmware| &firmware.layers)
        .filter_map(|layer| layer.file.extends())
        .collect();
    let one = if named.len() == 1 { named.pop_first() } else { None };
    one.and_then(profile::built_in_file)
        .or_else(|| profile::built_in_file(DEFAULT_ID))
        .expect("the default profile is built in")
}

/// A mistake of ours.
fn broken(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(FailureCode::Failed, BROKEN, &[("error", &error)])
}

fn unknown(id: &str) -> Failure {
    let ids = profile::built_in_ids().collect::<Vec<_>>().join(", ");
    let shown = format!("{:?}", id.chars().take(64).collect::<String>());
    Failure::new(FailureCode::BadInput, NO_PROFILE, &[("id", &shown), ("ids", &ids)])
}

fn told(mistake: &profile::Mistake) -> LayerMistake {
    let [en, zh] = [Language::English, Language::Chinese].map(|language| mistake.localized(language));
    LayerMistake {
        path: mistake.file.clone(),
        line: mistake.line,
        column: mistake.column,
        message: Said { en, zh },
    }
}
