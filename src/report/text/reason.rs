//! Why an app stays or goes, and what else a finding rests on, in a few words.

use crate::audit::{Finding, explain};
use crate::language::Text;
use crate::package::{Group, PackageName};
use crate::removability::outcome::Reason;
use crate::report::escape::shown;
use crate::report::text::Page;

/// Returns the first of [`parts`], or all of them where everything is asked for: in a list of what breaks the rule the
/// reason why an app stays is the one that matters.
pub(super) fn of_finding(page: &Page, finding: &Finding, package: &PackageName) -> String {
    let mut parts = parts(page, finding, package);
    if !page.is_verbose() {
        parts.truncate(1);
    }
    parts.join(page.semicolon())
}

/// Returns what a finding says of one package: each fact with the place where it stands. The reason why it cannot be
/// removed comes first, facts about its group after it.
pub(super) fn parts(page: &Page, finding: &Finding, package: &PackageName) -> Vec<String> {
    let own = finding.evidence.iter().filter(|evidence| evidence.subject == package.as_str());
    let mut parts: Vec<String> = Vec::new();
    for evidence in own {
        let fact = fact(page, &evidence.fact);
        let part = match (fact.as_str(), evidence.origin.as_str()) {
            (fact, "") => fact.to_owned(),
            ("", origin) => shown(origin),
            (fact, origin) => [fact, &shown(origin)].join(page.colon()),
        };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// Facts that the audit states in words of its own, in both languages.
const FACTS: [Text; 15] = [
    Text::new("blank label", "名称空白"),
    Text::new("label not resolved", "名称未能解析"),
    Text::new("not on the device", "设备上没有"),
    Text::new("not read", "未读取"),
    Text::new("not of this group", "不属于该功能组"),
    Text::new("not surely of this group", "不能确定属于该功能组"),
    Text::new("not known whether it can be removed", "不清楚能否卸载"),
    Text::new("can be removed", "可以卸载"),
    Text::new("claimed, not found", "声明有此功能，但未发现"),
    Text::new("found, not claimed", "发现有此功能，但未声明"),
    Text::new("does not fit its android:appCategory", "与其 android:appCategory 不符"),
    Text::new("waived", "已豁免"),
    Text::new("signer differs or was not read", "签名证书不同或未读取"),
    Text::new("nothing to accept", "没有可豁免的对象"),
    Text::new("removed before, installed again", "移除后又被安装"),
];

/// Returns a fact of a finding for people: a removability rule or a statement of the audit in the language of the page,
/// a group by its name, everything else as it is.
fn fact(page: &Page, fact: &str) -> String {
    if let Some(reason) = Reason::from_id(fact) {
        return page.say(explain::reason_name(reason)).to_owned();
    }
    if let Some((group, rest)) =
        fact.split_once(": ").and_then(|(id, rest)| Some((Group::from_id(id)?, rest)))
    {
        return [page.say(group.name()), &self::fact(page, rest)].join(page.colon());
    }
    FACTS
        .iter()
        .find(|known| known.en == fact)
        .map_or_else(|| shown(fact), |known| page.say(*known).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn facts_are_said_in_the_language_of_the_page() {
        let page = Page::new(Language::Chinese, false, false);
        assert_eq!(fact(&page, "system-partition"), "位于系统分区");
        assert_eq!(fact(&page, "phone-calls: claimed, not found"), "接打电话：声明有此功能，但未发现");
        assert_eq!(fact(&page, "phone-calls: dialer-role"), "接打电话：dialer-role");
        assert_eq!(fact(&page, "12\u{1b}"), r"12\u{1b}");
    }

    #[test]
    fn every_statement_of_the_audit_is_known() {
        let checks = [
            include_str!("../../audit/keepers.rs"),
            include_str!("../../audit/claims.rs"),
            include_str!("../../audit/hindered.rs"),
            include_str!("../../audit/waivers.rs"),
            include_str!("../../audit/restored.rs"),
        ];
        for known in FACTS {
            let quoted = format!("\"{}\"", known.en);
            assert!(
                checks.iter().any(|check| check.contains(&quoted)) || known.en == "waived",
                "{quoted} is said nowhere"
            );
        }
    }
}
