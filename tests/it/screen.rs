//! What a phone's screens say holds what the audit and the plan hold, in both languages.

use keepone::audit::{AuditOptions, Outcome, audit};
use keepone::classify::{Groups, Options, classify};
use keepone::inventory::Inventory;
use keepone::maker::Conventions;
use keepone::plan::{Judged, Plan, StepCosts, plan};
use keepone::profile::{Bilingual, DEFAULT_ID};
use keepone::removability::removability;
use keepone::report::result::{AuditResult, Basis, ScreenResult};
use keepone::report::verdict::GroupStanding;
use keepone::source::snapshot::Snapshot;

use crate::phones::{LENOVO, ZTE, profile, snapshot, whole};

fn screen(phone: Snapshot) -> (AuditResult, Plan, ScreenResult) {
    let profile = profile(DEFAULT_ID);
    let (inventory, groups) = (Inventory::new(phone), Groups::built_in());
    let classifications = classify(&inventory, groups, &Options::default());
    let removabilities = removability(&inventory, Conventions::built_in());
    let audit = audit(&inventory, &classifications, &removabilities, &profile, &AuditOptions::default());
    let judged = Judged {
        inventory: &inventory,
        classifications: &classifications,
        removabilities: &removabilities,
        profile: &profile,
        audit: &audit,
    };
    let plan = plan(&judged, Conventions::built_in(), StepCosts::built_in());
    let basis = Basis {
        profile_sha256: profile.digest(),
        layers: profile.layers.clone(),
        waivers: 0,
        keepers: 0,
        groups_sha256: groups.digest().clone(),
        today: None,
    };
    let result = AuditResult::new(&inventory, &classifications, &removabilities, &profile, audit, basis);
    let screen = ScreenResult::new(&result, &profile, &plan);
    (result, plan, screen)
}

fn is_written(text: &Bilingual) {
    assert!(!text.en.is_empty() && text.en.is_ascii(), "{text:?}");
    assert!(!text.zh.is_ascii() && !text.zh.contains('{'), "{text:?}");
}

#[test]
fn every_sentence_is_there_in_both_languages() {
    for phone in [ZTE, LENOVO] {
        let (result, plan, screen) = screen(snapshot(phone));
        let verdict = &screen.verdict;
        for text in [&verdict.name, &verdict.sentence, &verdict.counts, &verdict.rule] {
            is_written(text);
        }
        assert_eq!(screen.unread.len(), result.unread.len());
        screen.unread.iter().for_each(is_written);
        assert_eq!(screen.groups.len(), result.groups.iter().filter(|group| group.allowed.is_some()).count());
        for group in &screen.groups {
            is_written(&group.name);
            is_written(&group.state);
            group.because.iter().flat_map(|app| &app.reasons).for_each(is_written);
        }
        let left: usize = plan.run_time.leaves.iter().map(|left| left.packages.len()).sum();
        assert_eq!(screen.leaves.iter().map(|left| left.packages.len()).sum::<usize>(), left);
        assert!(left > 0);
    }
}

#[test]
fn a_group_is_never_called_kept_while_something_was_not_read() {
    let (part, _, of_part) = screen(snapshot(ZTE));
    let (all, _, of_all) = screen(whole(ZTE));
    assert!(!part.unread.is_empty() && all.unread.is_empty());
    assert!(of_part.groups.iter().all(|group| group.outcome != Outcome::Pass));
    let kept = |screen: &ScreenResult| {
        screen.groups.iter().filter(|group| group.state.en == GroupStanding::Kept.text().en).count()
    };
    assert_eq!((kept(&of_part), kept(&of_all)), (0, 6));
}

#[test]
fn the_sentence_counts_what_the_findings_are() {
    let (result, _, screen) = screen(snapshot(ZTE));
    let failing = result.findings.iter().filter(|finding| finding.outcome == Outcome::Fail).count();
    assert_eq!(
        screen.verdict.sentence.en,
        format!("{failing} apps that have to be removable are not, one point is not decided")
    );
    assert_eq!(screen.verdict.name.zh, "不合规");
}
