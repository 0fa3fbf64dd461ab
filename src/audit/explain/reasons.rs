//! The removability rules, explained.

use super::Explanation;
use crate::language::Text;
use crate::removability::outcome::Reason;

/// Returns the rule as a few words.
pub(super) const fn name(reason: Reason) -> Text {
    match reason {
        Reason::MakerListRemovable => Text::new("the maker's list calls it removable", "厂商清单列为可卸载"),
        Reason::MakerListFixed => Text::new("the maker's list fixes it", "厂商清单列为不可卸载"),
        Reason::RemovableLocation => Text::new("in the maker's removable location", "位于厂商的可卸载目录"),
        Reason::CandidateLocation => Text::new("in a location that may be removable", "位于可能可卸载的目录"),
        Reason::DataPartition => Text::new("on the data partition", "位于数据分区"),
        Reason::Blocked => {
            Text::new("removal is blocked, or the platform needs it", "卸载被禁止，或系统需要它")
        }
        Reason::SystemPartition => Text::new("on a system partition", "位于系统分区"),
        Reason::NotRead => Text::new("the deciding file was not read", "起决定作用的文件未读取"),
    }
}

/// Returns what the rule means.
pub(super) const fn explanation(reason: Reason) -> Explanation {
    match reason {
        Reason::MakerListRemovable => MAKER_LIST_REMOVABLE,
        Reason::MakerListFixed => MAKER_LIST_FIXED,
        Reason::RemovableLocation => REMOVABLE_LOCATION,
        Reason::CandidateLocation => CANDIDATE_LOCATION,
        Reason::DataPartition => DATA_PARTITION,
        Reason::Blocked => BLOCKED,
        Reason::SystemPartition => SYSTEM_PARTITION,
        Reason::NotRead => NOT_READ,
    }
}

const MAKER_LIST_REMOVABLE: Explanation = Explanation {
    what: Text::new(
        "A list of the maker, found in the image, says that users may remove this app.",
        "镜像中的厂商清单写明用户可以卸载该应用。",
    ),
    why: Text::new(
        "Makers change the platform so that apps on their lists can be removed even from a system partition; their own list knows \
         better than the path.",
        "厂商会修改系统，使清单中的应用即使位于系统分区也能卸载；厂商自己的清单比路径更可靠。",
    ),
    evidence: Text::new(
        "The list's file in the image and its entry for the app.",
        "镜像中的清单文件及其中关于该应用的条目。",
    ),
    repair: Text::new(
        "Nothing to repair. Removing the entry from the list would make the app non-uninstallable again.",
        "无需修复；若从清单中删去该条目，应用将重新变为不可卸载。",
    ),
};

const MAKER_LIST_FIXED: Explanation = Explanation {
    what: Text::new(
        "A list of the maker, found in the image, says that users may not remove this app.",
        "镜像中的厂商清单写明用户不可以卸载该应用。",
    ),
    why: Text::new(
        "Makers change the platform so that apps on such a list stay, even where the path alone would allow removal.",
        "厂商会修改系统，使此类清单中的应用无法卸载，即使仅凭路径本可卸载。",
    ),
    evidence: Text::new(
        "The list's file in the image and its entry for the app.",
        "镜像中的清单文件及其中关于该应用的条目。",
    ),
    repair: Text::new(
        "Take the app off the list, and put it where users may remove it.",
        "将该应用从清单中去除，并放到用户可以卸载的位置。",
    ),
};

const REMOVABLE_LOCATION: Explanation = Explanation {
    what: Text::new(
        "The app lies in a folder from which this maker's phones install apps that users may remove.",
        "该应用位于该厂商手机用来安装可卸载应用的目录。",
    ),
    why: Text::new(
        "Such apps are installed to the data partition at first boot, so the phone's own interface offers to uninstall them.",
        "此类应用在首次开机时被安装到数据分区，系统界面会提供卸载。",
    ),
    evidence: Text::new(
        "The path of the app and the maker's convention that covers it.",
        "应用的路径，以及涵盖该路径的厂商惯例。",
    ),
    repair: Text::new(
        "Nothing to repair. Moving the app to a system app folder would make it non-uninstallable.",
        "无需修复；若移至系统应用目录，应用将变为不可卸载。",
    ),
};

const CANDIDATE_LOCATION: Explanation = Explanation {
    what: Text::new(
        "The app lies in a folder that some makers use for removable apps, and nothing that was read settles whether this one does.",
        "该应用位于部分厂商用于放置可卸载应用的目录，但已读取的内容不足以确定该厂商是否如此。",
    ),
    why: Text::new(
        "The name of a folder is a hint, no proof; both answers would be guesses.",
        "目录名只是线索而非证明，任何一种答案都是猜测。",
    ),
    evidence: Text::new(
        "A list of the maker that names the app, or the answer of a running phone.",
        "写有该应用的厂商清单，或实机上的结果。",
    ),
    repair: Text::new(
        "Give a source that holds the maker's list, or try on the phone.",
        "提供包含厂商清单的来源，或在手机上验证。",
    ),
};

const DATA_PARTITION: Explanation = Explanation {
    what: Text::new(
        "The app lies on the data partition, as apps do that users install.",
        "该应用位于数据分区，与用户自行安装的应用相同。",
    ),
    why: Text::new(
        "Android lets the user uninstall what lies there unless something blocks it.",
        "除非被禁止，安卓允许用户卸载位于数据分区的应用。",
    ),
    evidence: Text::new("The path of the app on the device.", "应用的路径即为依据。"),
    repair: Text::new("Nothing to repair: the user can uninstall it.", "无需修复：用户可以卸载。"),
};

const BLOCKED: Explanation = Explanation {
    what: Text::new(
        "Uninstalling this app is blocked: by a policy, because it administers the device, or because the platform protects it.",
        "该应用的卸载被禁止：由于策略、因其为设备管理器，或受系统保护。",
    ),
    why: Text::new(
        "The package manager refuses the request whatever the partition.",
        "无论位于哪个分区，包管理器都会拒绝卸载请求。",
    ),
    evidence: Text::new("The state or file that blocks it.", "禁止卸载的状态或文件。"),
    repair: Text::new(
        "Lift the block where the function of the app allows it.",
        "在应用功能允许的前提下解除禁止。",
    ),
};

const SYSTEM_PARTITION: Explanation = Explanation {
    what: Text::new(
        "The app lies on a system partition, and neither a list nor a location of the maker makes it removable.",
        "该应用位于系统分区，且没有厂商清单或目录使其可卸载。",
    ),
    why: Text::new(
        "Android never deletes an app from a read-only partition: the user can at best disable it or uninstall its updates.",
        "安卓不会从只读分区删除应用，用户至多可以停用它或卸载其更新。",
    ),
    evidence: Text::new(
        "The path of the app; a shell can still remove it for one user while the APK stays.",
        "应用的路径；通过 shell 仍可对单个用户移除，但 APK 保留在镜像中。",
    ),
    repair: Text::new(
        "Move the app to the maker's removable location, or leave it out of the image.",
        "将应用移至厂商的可卸载目录，或从镜像中去除。",
    ),
};

const NOT_READ: Explanation = Explanation {
    what: Text::new(
        "The package, or the list that would decide, is on the device and was not read.",
        "设备上的该应用包，或起决定作用的清单，未被读取。",
    ),
    why: Text::new(
        "A verdict without the deciding fact would be a guess.",
        "缺少决定性事实的判定只能是猜测。",
    ),
    evidence: Text::new("The missing files named with the verdict.", "随判定列出的缺失文件。"),
    repair: Text::new(
        "Give a source that holds the named files and run again.",
        "提供包含所列文件的来源后重新运行。",
    ),
};
