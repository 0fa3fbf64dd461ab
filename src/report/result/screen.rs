//! What a phone's screens say of a verdict and a plan: the core's own sentences, in both languages. Goes beside the
//! results of `audit` and `plan`, whose values it puts into words; holds no fact that they do not hold.

use serde::{Deserialize, Serialize};

use crate::audit::Outcome;
use crate::language::{Language, Localized, Text};
use crate::package::{Group, PackageName};
use crate::plan::Plan;
use crate::profile::{Bilingual, Profile};
use crate::report::result::AuditResult;
use crate::report::verdict::{self, GroupStanding};

/// The sentences of one verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ScreenResult {
    /// The whole.
    pub verdict: ScreenVerdict,
    /// The function groups that the rule lists, in the order of the audit.
    pub groups: Vec<ScreenGroup>,
    /// Why each thing could not be read, in the order of the audit's `unread`.
    pub unread: Vec<Bilingual>,
    /// What removal on the running phone leaves to the image, and why.
    pub leaves: Vec<ScreenLeft>,
}

/// The verdict in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ScreenVerdict {
    /// Two or three words.
    pub name: Bilingual,
    /// Why, in one sentence.
    pub sentence: Bilingual,
    /// What was counted on the way.
    pub counts: Bilingual,
    /// The rule, by its title and standing.
    pub rule: Bilingual,
}

/// A function group in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ScreenGroup {
    /// The group.
    pub id: Group,
    /// Its name.
    pub name: Bilingual,
    /// How it came out.
    pub outcome: Outcome,
    /// The same in a word or two.
    pub state: Bilingual,
    /// Why apps of it stay, or do not.
    pub because: Vec<ScreenReasons>,
}

/// Why one app stays, or what stands against it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ScreenReasons {
    /// The app.
    pub package: PackageName,
    /// The reasons; what decided comes first.
    pub reasons: Vec<Bilingual>,
}

/// Packages whose failure a running phone cannot repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ScreenLeft {
    /// The packages.
    pub packages: Vec<PackageName>,
    /// Why, in English.
    pub en: String,
    /// Why, in Chinese.
    pub zh: String,
}

impl ScreenResult {
    /// Puts a result and its plan into words.
    pub fn new(result: &AuditResult, profile: &Profile, plan: &Plan) -> Self {
        let standing = profile.standing.text();
        let rule = |language| {
            Text::new("{title} ({standing})", "{title}（{standing}）").fill(
                language,
                &[("title", &profile.title.get(language)), ("standing", &standing.get(language))],
            )
        };
        let listed = result.groups.iter().filter(|entry| entry.allowed.is_some());
        Self {
            verdict: ScreenVerdict {
                name: fixed(verdict::headline(result.summary.outcome)),
                sentence: both(|language| verdict::sentence(result, language)),
                counts: both(|language| verdict::counts(result, language)),
                rule: both(rule),
            },
            groups: listed
                .map(|entry| {
                    let standing = GroupStanding::of(entry, result);
                    ScreenGroup {
                        id: entry.id,
                        name: fixed(entry.id.name()),
                        outcome: standing.outcome(),
                        state: fixed(standing.text()),
                        because: reasons(plan, entry.id),
                    }
                })
                .collect(),
            unread: result.unread.iter().map(|unread| localized(&unread.reason)).collect(),
            leaves: plan
                .run_time
                .leaves
                .iter()
                .map(|left| {
                    let Bilingual { en, zh } = localized(&left.because);
                    ScreenLeft { packages: left.packages.clone(), en, zh }
                })
                .collect(),
        }
    }
}

/// Says why apps of a group stay, and what stands against the others that could have stayed.
fn reasons(plan: &Plan, group: Group) -> Vec<ScreenReasons> {
    let planned = plan.groups.iter().filter(|planned| planned.id == group);
    planned
        .flat_map(|planned| {
            let keepers = planned.keepers.iter().map(|keeper| ScreenReasons {
                package: keeper.package.clone(),
                reasons: keeper.because.iter().map(localized).collect(),
            });
            let others = planned.alternatives.iter().map(|other| ScreenReasons {
                package: other.package.clone(),
                reasons: vec![localized(&other.why_not)],
            });
            keepers.chain(others).collect::<Vec<_>>()
        })
        .collect()
}

fn localized(said: &impl Localized) -> Bilingual {
    both(|language| said.localized(language))
}

fn fixed(text: Text) -> Bilingual {
    both(|language| text.get(language).to_owned())
}

fn both(say: impl Fn(Language) -> String) -> Bilingual {
    Bilingual { en: say(Language::English), zh: say(Language::Chinese) }
}
