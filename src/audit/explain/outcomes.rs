//! The outcomes, explained. The words are XCCDF 1.2's (`ccdf:resultEnumType`).

use super::Explanation;
use crate::audit::outcome::Outcome;
use crate::language::Text;

/// Returns the outcome as a word for people.
pub(super) const fn name(outcome: Outcome) -> Text {
    match outcome {
        Outcome::Pass => Text::new("pass", "通过"),
        Outcome::Fail => Text::new("fail", "不通过"),
        Outcome::Error => Text::new("error", "出错"),
        Outcome::Unknown => Text::new("unknown", "未知"),
        Outcome::NotApplicable => Text::new("not applicable", "不适用"),
        Outcome::NotChecked => Text::new("not checked", "未检查"),
        Outcome::NotSelected => Text::new("not selected", "未选用"),
        Outcome::Informational => Text::new("informational", "仅供参考"),
        Outcome::Fixed => Text::new("fixed", "已修复"),
    }
}

/// Returns what the outcome means.
pub(super) const fn explanation(outcome: Outcome) -> Explanation {
    match outcome {
        Outcome::Pass => PASS,
        Outcome::Fail => FAIL,
        Outcome::Error => ERROR,
        Outcome::Unknown => UNKNOWN,
        Outcome::NotApplicable => NOT_APPLICABLE,
        Outcome::NotChecked => NOT_CHECKED,
        Outcome::NotSelected => NOT_SELECTED,
        Outcome::Informational => INFORMATIONAL,
        Outcome::Fixed => FIXED,
    }
}

const PASS: Explanation = Explanation {
    what: Text::new("The requirement is kept.", "该项要求得到遵守。"),
    why: Text::new(
        "It is said only when every fact it rests on was read.",
        "只有其依据的全部事实均已读取时才会给出。",
    ),
    evidence: Text::new(
        "The whole inventory, and every app's group and removability known.",
        "完整的清单，以及每个应用均已知的功能组与能否卸载的判定。",
    ),
    repair: Text::new("Nothing to repair on this device.", "该设备无需修复。"),
};

const FAIL: Explanation = Explanation {
    what: Text::new("The requirement is broken.", "该项要求被违反。"),
    why: Text::new(
        "It stands whatever else is unknown: no missing fact could turn it into a pass.",
        "无论还有什么未知，该结论都成立：任何缺失的事实都不能使其变为通过。",
    ),
    evidence: Text::new(
        "The findings named with the requirement, each with its packages and facts.",
        "随该要求列出的各项发现及其应用包与事实。",
    ),
    repair: Text::new("See the plan: `keepone plan SOURCE`.", "参见修复方案：`keepone plan 来源`。"),
};

const ERROR: Explanation = Explanation {
    what: Text::new("The check itself failed, so it says nothing.", "检查本身出错，因此没有结论。"),
    why: Text::new(
        "A check that broke down must not look like one that was passed.",
        "出错的检查不能看起来像是通过。",
    ),
    evidence: Text::new("The message that stands beside it names what failed.", "随附的消息会说明出错之处。"),
    repair: Text::new(
        "Report it together with the input; the device may be right.",
        "请连同输入一并反馈；设备本身未必有问题。",
    ),
};

const UNKNOWN: Explanation = Explanation {
    what: Text::new(
        "It cannot be said whether the requirement is kept: a fact it hangs on is not known.",
        "无法判断该项要求是否得到遵守：其所依据的某个事实未知。",
    ),
    why: Text::new("An unknown fact is never counted as a good one.", "未知的事实绝不会被当作有利的事实。"),
    evidence: Text::new("The missing facts named with the findings.", "随各项发现列出的缺失事实。"),
    repair: Text::new(
        "Give a source that holds the named facts, or let a person decide.",
        "提供包含这些事实的来源，或由人判定。",
    ),
};

const NOT_APPLICABLE: Explanation = Explanation {
    what: Text::new(
        "The requirement concerns something this device does not have.",
        "该项要求所针对的内容，该设备并不具备。",
    ),
    why: Text::new("It neither helps nor harms the result.", "它对结果既无利也无害。"),
    evidence: Text::new("A whole inventory in which the thing does not occur.", "不含该内容的完整清单。"),
    repair: Text::new("Nothing to repair on this device.", "该设备无需修复。"),
};

const NOT_CHECKED: Explanation = Explanation {
    what: Text::new(
        "The requirement was not checked: something was not read, or it needs papers, the phone in hand or a person.",
        "该项要求未检查：有内容未被读取，或需要查阅文件、实机操作或由人判定。",
    ),
    why: Text::new(
        "A program that stays silent about what it did not check would look as if all was well.",
        "如果程序对未检查的部分保持沉默，看起来就会像一切正常。",
    ),
    evidence: Text::new(
        "What was not read, each with its reason, or the papers the requirement asks for.",
        "未读取的内容及各自原因，或该要求所需的文件。",
    ),
    repair: Text::new(
        "Read what is missing, or do this check by other means.",
        "补读缺失的内容，或以其他方式完成此项检查。",
    ),
};

const NOT_SELECTED: Explanation = Explanation {
    what: Text::new("The profile does not ask for this requirement.", "所用规则未选用此项要求。"),
    why: Text::new(
        "It is listed so that two results can be compared line by line.",
        "列出它是为了使两份结果可以逐项比较。",
    ),
    evidence: Text::new("The profile itself is the evidence.", "规则本身即为依据。"),
    repair: Text::new("Choose a profile that selects it.", "选用包含此项要求的规则。"),
};

const INFORMATIONAL: Explanation = Explanation {
    what: Text::new(
        "Worth knowing; it breaks no requirement, or a waiver accepts it.",
        "值得了解，但未违反任何要求，或已被豁免接受。",
    ),
    why: Text::new(
        "An accepted exception stays visible to whoever reads the result.",
        "被接受的例外对阅读结果的人始终可见。",
    ),
    evidence: Text::new(
        "The facts named with it, and the waiver's reason where there is one.",
        "随附的事实；如有豁免，还包括其理由。",
    ),
    repair: Text::new("Nothing has to be repaired.", "无需修复，仅供知悉。"),
};

const FIXED: Explanation = Explanation {
    what: Text::new("The requirement was broken and has been repaired.", "该项要求曾被违反，现已修复。"),
    why: Text::new(
        "It tells a repaired device from one that was right from the start.",
        "用以区分修复后的设备与原本就合规的设备。",
    ),
    evidence: Text::new("The state read back after the repair.", "修复之后重新读取的状态。"),
    repair: Text::new("Nothing is left to repair.", "已无需再修复。"),
};
