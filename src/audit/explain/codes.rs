//! The finding codes, explained.

use super::Explanation;
use crate::audit::outcome::FindingCode;
use crate::language::Text;

/// Returns the code as a few words.
pub(super) const fn name(code: FindingCode) -> Text {
    match code {
        FindingCode::OutsideAllowedGroups => Text::new("outside the allowed groups", "不属于允许的功能组"),
        FindingCode::TooManyNonUninstallable => {
            Text::new("too many non-uninstallable apps in a group", "同一功能组不可卸载应用过多")
        }
        FindingCode::UnclassifiedNonUninstallable => {
            Text::new("non-uninstallable and of no function group", "不可卸载且不属于任何功能组")
        }
        FindingCode::DeclaredKeeperDiffers => Text::new("not the declared keeper", "与声明的保留应用不符"),
        FindingCode::ClaimContradicted => Text::new("a claim that the facts contradict", "声明与事实不符"),
        FindingCode::RemovabilityUnknown => Text::new("removability not known", "能否卸载未知"),
        FindingCode::ClassificationUnknown => Text::new("function or scope not known", "功能或范围未知"),
        FindingCode::IncompleteInventory => Text::new("something was not read", "清单不完整"),
        FindingCode::DuplicatePackage => Text::new("one package in two folders", "同一应用包位于多个目录"),
        FindingCode::HinderedRemoval => Text::new("removal hindered", "妨碍卸载"),
        FindingCode::OpenTest => Text::new("for a person to judge", "须由人判定"),
        FindingCode::UnmatchedWaiver => Text::new("a waiver that matches nothing", "豁免未匹配任何对象"),
        FindingCode::ExpiredWaiver => Text::new("a waiver past its end date", "豁免已过期"),
        FindingCode::DisabledOnly => {
            Text::new("disabled or removed for the user only", "仅被停用或仅对用户移除")
        }
        FindingCode::RestoredAfterUpdate => {
            Text::new("removed by the user, installed again", "用户移除后又被恢复")
        }
        FindingCode::ChangeReverted => Text::new("changed before, and changed back", "此前的更改已被还原"),
    }
}

/// Returns what the code means.
pub(super) const fn explanation(code: FindingCode) -> Explanation {
    match code {
        FindingCode::OutsideAllowedGroups => OUTSIDE_ALLOWED_GROUPS,
        FindingCode::TooManyNonUninstallable => TOO_MANY_NON_UNINSTALLABLE,
        FindingCode::UnclassifiedNonUninstallable => UNCLASSIFIED_NON_UNINSTALLABLE,
        FindingCode::DeclaredKeeperDiffers => DECLARED_KEEPER_DIFFERS,
        FindingCode::ClaimContradicted => CLAIM_CONTRADICTED,
        FindingCode::RemovabilityUnknown => REMOVABILITY_UNKNOWN,
        FindingCode::ClassificationUnknown => CLASSIFICATION_UNKNOWN,
        FindingCode::IncompleteInventory => INCOMPLETE_INVENTORY,
        FindingCode::DuplicatePackage => DUPLICATE_PACKAGE,
        FindingCode::HinderedRemoval => HINDERED_REMOVAL,
        FindingCode::OpenTest => OPEN_TEST,
        FindingCode::UnmatchedWaiver => UNMATCHED_WAIVER,
        FindingCode::ExpiredWaiver => EXPIRED_WAIVER,
        FindingCode::DisabledOnly => DISABLED_ONLY,
        FindingCode::RestoredAfterUpdate => RESTORED_AFTER_UPDATE,
        FindingCode::ChangeReverted => CHANGE_REVERTED,
    }
}

const OUTSIDE_ALLOWED_GROUPS: Explanation = Explanation {
    what: Text::new(
        "The user cannot remove this app, and every function group it belongs to is one that the profile does not allow \
         to be non-uninstallable.",
        "用户无法卸载该应用，而它所属的功能组均不在规则允许不可卸载的范围内。",
    ),
    why: Text::new(
        "The rule gives a closed list of functions whose apps may stay. Every other app that ships with the phone has to be \
         removable by its user.",
        "规则对可以不可卸载的功能作了封闭列举，除此之外的预装应用都必须允许用户卸载。",
    ),
    evidence: Text::new(
        "The facts that put the app into its groups, the rule that makes it non-uninstallable, and the path or list that \
         decided it.",
        "该应用归入各功能组的依据、判定其不可卸载的规则，以及起决定作用的路径或清单。",
    ),
    repair: Text::new(
        "Move the app to the place where this maker puts what users may remove, or leave it out of the image. `keepone plan` \
         writes the change.",
        "将该应用移至该厂商放置可卸载应用的位置，或从镜像中去除；`keepone plan` 会给出具体改动。",
    ),
};

const TOO_MANY_NON_UNINSTALLABLE: Explanation = Explanation {
    what: Text::new(
        "More apps of one function group are non-uninstallable than the profile allows, which is one in all built-in profiles.",
        "同一功能组中不可卸载的应用多于规则允许的数量（内置规则均为一个）。",
    ),
    why: Text::new(
        "Of the apps that do the same thing at most one may be forced on the user; the others have to be removable.",
        "功能相同的应用最多只能有一个不可卸载，其余必须允许用户卸载。",
    ),
    evidence: Text::new(
        "For each app named: the facts that make it a member of the group, and the rule, path or list that makes it \
         non-uninstallable.",
        "所列每个应用归入该功能组的依据，以及判定其不可卸载的规则、路径或清单。",
    ),
    repair: Text::new(
        "Keep one app of the group and make the others removable. `keepone plan` chooses the keeper that costs least and says \
         why; a maker may declare another one in a profile layer.",
        "该功能组只保留一个应用，其余改为可卸载；`keepone plan` 会选出代价最小的保留应用并说明理由，厂商也可在规则的附加层中另行声明。",
    ),
};

const UNCLASSIFIED_NON_UNINSTALLABLE: Explanation = Explanation {
    what: Text::new(
        "The user cannot remove this app, and no evidence puts it into any function group.",
        "用户无法卸载该应用，且没有证据表明它属于任何功能组。",
    ),
    why: Text::new(
        "An app that serves none of the listed functions is not among those that may stay, so it has to be removable.",
        "不服务于所列任何功能的应用不在可以保留之列，因此必须允许用户卸载。",
    ),
    evidence: Text::new(
        "The app's launcher entry, which puts it in scope; the intents, roles and categories that were asked for and not found; \
         the rule that makes it non-uninstallable.",
        "使其落入范围的桌面入口、已查询但未找到的意图、角色与类别，以及判定其不可卸载的规则。",
    ),
    repair: Text::new(
        "Make the app removable as `keepone plan` shows. If it does serve a function, `keepone explain PACKAGE SOURCE` shows \
         which evidence is missing.",
        "按 `keepone plan` 所示改为可卸载；若它确实服务于某项功能，可用 `keepone explain 包名 来源` 查看缺少哪些证据。",
    ),
};

const DECLARED_KEEPER_DIFFERS: Explanation = Explanation {
    what: Text::new(
        "Configuration declares which app of a group stays non-uninstallable, and the device keeps another one or does not have \
         the declared one.",
        "配置声明了某功能组保留的不可卸载应用，但设备实际保留的是另一个，或根本没有所声明的应用。",
    ),
    why: Text::new(
        "A maker that declares its keepers is held to its word: a build that drifts from the declaration was not reviewed.",
        "厂商既已声明保留应用，就应当信守；偏离声明的构建未经评审。",
    ),
    evidence: Text::new(
        "The declaration with its file and line, and the removability of each member of the group on the device.",
        "声明所在的文件与行号，以及设备上该功能组每个成员能否卸载的判定。",
    ),
    repair: Text::new(
        "Change the image so that it keeps the declared app, or change the declaration.",
        "修改镜像以保留所声明的应用，或修改声明。",
    ),
};

const CLAIM_CONTRADICTED: Explanation = Explanation {
    what: Text::new(
        "The maker says what this app is for, in its manifest or in a claims file, and the observed facts say otherwise.",
        "厂商在清单文件或声明文件中说明了该应用的功能，但观察到的事实并非如此。",
    ),
    why: Text::new(
        "A claim could put an app into an allowed group without reason, so it is never believed against the facts.",
        "声明可能使应用无理由地落入允许的功能组，因此与事实相悖的声明不予采信。",
    ),
    evidence: Text::new(
        "The claim with the file it stands in, and the intents, roles and categories that the app really answers.",
        "声明及其所在文件，以及该应用实际响应的意图、角色与类别。",
    ),
    repair: Text::new(
        "Correct the claim, or give the app the entries that its claimed function needs.",
        "更正声明，或为应用补上所声明功能应有的入口。",
    ),
};

const REMOVABILITY_UNKNOWN: Explanation = Explanation {
    what: Text::new(
        "Whether the user can remove this app is not known: it lies where the maker may put removable apps and the list that \
         would settle it was not read, or its own file was not read.",
        "无法判定用户能否卸载该应用：它位于该厂商可能放置可卸载应用的位置，而能够定论的清单未被读取；或应用文件本身未被读取。",
    ),
    why: Text::new(
        "Neither answer may be guessed: a removable app would be blamed, or a fixed one would pass.",
        "任何一种猜测都不可取：可能冤枉可卸载的应用，也可能放过不可卸载的应用。",
    ),
    evidence: Text::new(
        "The missing facts named with the app: a maker's list, a property, or the state on a running phone.",
        "随应用列出的缺失事实：厂商清单、系统属性，或实机上的状态。",
    ),
    repair: Text::new(
        "Audit a source that holds the named list or file, or look on the phone whether its own interface offers to uninstall it.",
        "改用包含所列清单或文件的来源重新审核，或在手机上查看系统界面是否提供卸载。",
    ),
};

const CLASSIFICATION_UNKNOWN: Explanation = Explanation {
    what: Text::new(
        "What this app is for, or whether it has a user-visible entry at all, cannot be said for sure from what was read.",
        "根据已读取的内容，无法确定该应用的功能，或无法确定它是否有用户可见的入口。",
    ),
    why: Text::new(
        "The group decides whether the app may stay and which others it competes with; a guess would decide for the maker.",
        "功能组决定应用能否保留以及与哪些应用相互竞争，猜测等于代替厂商作出决定。",
    ),
    evidence: Text::new(
        "The evidence for and against each group in question, and the values given by references that nothing at hand resolves.",
        "针对每个存疑功能组的正反证据，以及以引用形式给出、现有材料无法解析的值。",
    ),
    repair: Text::new(
        "Audit a source that resolves the references (the whole APK, a running phone), or let a person decide and write a waiver \
         with the reason.",
        "改用能够解析这些引用的来源（完整 APK 或实机），或由人判定后写入附理由的豁免。",
    ),
};

const INCOMPLETE_INVENTORY: Explanation = Explanation {
    what: Text::new(
        "Something that the device has, or should have, was not read: a package, a folder, a list or a configuration file.",
        "设备上有（或应有）的内容未被读取：应用包、目录、清单或配置文件。",
    ),
    why: Text::new(
        "What was not read can break the rule unseen, so a result over half a device is no result.",
        "未读取的部分可能在看不见的地方违反规则，对半台设备的判定不成其为判定。",
    ),
    evidence: Text::new(
        "The path of each unread thing and the reason: absent, encrypted, malformed, too large, refused by the system.",
        "每项未读取内容的路径与原因：缺失、已加密、格式错误、过大、系统拒绝访问等。",
    ),
    repair: Text::new(
        "Give a source that holds the named files, readable and whole, and run again.",
        "提供包含所列文件且可完整读取的来源，然后重新运行。",
    ),
};

const DUPLICATE_PACKAGE: Explanation = Explanation {
    what: Text::new(
        "One package name lies in two or more folders of the device.",
        "同一包名出现在设备的两个或更多目录中。",
    ),
    why: Text::new(
        "Android keeps one of the copies at boot; which one decides whether the app can be removed.",
        "安卓启动时只采用其中一份，采用哪一份决定了该应用能否卸载。",
    ),
    evidence: Text::new(
        "The folders, and version and partition of each copy.",
        "各份所在目录，以及各自的版本与分区。",
    ),
    repair: Text::new(
        "Remove the copy that is not meant to be there. Where both are meant, as with a factory copy and its update, say so in a \
         waiver.",
        "删除不应存在的那一份；若两份均属有意（如出厂版本及其更新），请以豁免说明。",
    ),
};

const HINDERED_REMOVAL: Explanation = Explanation {
    what: Text::new(
        "The app has an entry that makes its own removal harder: a blank name, no icon, or hidden from the launcher.",
        "该应用的入口妨碍自身被卸载：名称空白、没有图标，或对桌面隐藏。",
    ),
    why: Text::new(
        "An app that the user cannot see or name is not conveniently removable, even where the platform would allow it.",
        "用户看不到或叫不出名字的应用，即使系统允许卸载，也谈不上方便卸载。",
    ),
    evidence: Text::new(
        "The label and icon of the launcher entry and of the application, in every language that was read.",
        "桌面入口与应用本身的名称和图标（已读取的各语言）。",
    ),
    repair: Text::new(
        "Give the entry a readable name and a visible icon.",
        "为入口提供可读的名称和可见的图标。",
    ),
};

const OPEN_TEST: Explanation = Explanation {
    what: Text::new(
        "The instrument has no list of functions but asks a question that a person must judge, such as whether an app is essential \
         to the phone.",
        "该文件没有功能列举，而是提出须由人判定的问题，例如某应用是否为手机所必需。",
    ),
    why: Text::new(
        "A program can list the apps and the facts; deciding what is essential is a judgement with reasons.",
        "程序可以列出应用与事实，但何为必需是需要说理的判断。",
    ),
    evidence: Text::new(
        "Each non-uninstallable app with its functions, the platform parts that depend on it, and what would be lost without it.",
        "每个不可卸载的应用及其功能、依赖它的系统部件，以及缺少它会失去什么。",
    ),
    repair: Text::new(
        "Judge each app named and write the reason down as a waiver, or make the app removable.",
        "逐一判定所列应用并将理由写成豁免，或将其改为可卸载。",
    ),
};

const UNMATCHED_WAIVER: Explanation = Explanation {
    what: Text::new(
        "A waiver names a package or requirement for which there is nothing to waive on this device.",
        "某项豁免所指的应用包或要求，在该设备上没有可豁免的对象。",
    ),
    why: Text::new(
        "A waiver that waits for nothing will one day accept something that nobody has looked at.",
        "空置的豁免迟早会放行无人审视过的问题。",
    ),
    evidence: Text::new(
        "The waiver with its file and line, and the findings of this device.",
        "豁免所在的文件与行号，以及该设备的各项发现。",
    ),
    repair: Text::new(
        "Delete the waiver, or correct its package, requirement or signer.",
        "删除该豁免，或更正其包名、要求编号或签名证书。",
    ),
};

const EXPIRED_WAIVER: Explanation = Explanation {
    what: Text::new(
        "The end date of a waiver has passed, so it no longer accepts anything.",
        "某项豁免的截止日期已过，不再生效。",
    ),
    why: Text::new(
        "An exception was granted for a time; after it the rule holds again.",
        "例外只在约定期限内有效，到期后规则恢复适用。",
    ),
    evidence: Text::new(
        "The waiver with its file, line and end date, and the date of the judgement.",
        "豁免所在的文件、行号与截止日期，以及判定日期。",
    ),
    repair: Text::new(
        "Repair what was waived, or decide anew and set another end date with the reason.",
        "修复被豁免的问题，或重新决定并附理由设定新的截止日期。",
    ),
};

const CHANGE_REVERTED: Explanation = Explanation {
    what: Text::new(
        "A change that was made on the phone and read back then does not stand any more, or whether it stands could not be read.",
        "曾在手机上完成并读回确认的更改已不再成立，或无法读取其是否仍然成立。",
    ),
    why: Text::new(
        "A phone that takes a user's choice back after a while, or with an update, leaves the user without it.",
        "若手机过一段时间或随更新取消用户的选择，用户便失去了该选择。",
    ),
    evidence: Text::new(
        "The number of the change in the journal, what it set, and what stands now.",
        "日志中该更改的编号、所设置的内容以及当前的状态。",
    ),
    repair: Text::new(
        "Make the change again, and find what takes it back: `keepone controls` shows who decided how a switch stands.",
        "再次执行该更改，并查明是什么将其还原；`keepone controls` 会显示各开关由谁决定。",
    ),
};

const RESTORED_AFTER_UPDATE: Explanation = Explanation {
    what: Text::new(
        "An app that a user of the phone had removed is installed for that user again, and no undo brought it back.",
        "手机用户移除过的应用又为该用户安装，且并非由撤销操作恢复。",
    ),
    why: Text::new(
        "A removal that an update takes back is none: the user has to remove the same app again and again.",
        "若更新会取消用户的移除，则等于没有移除：用户不得不反复移除同一应用。",
    ),
    evidence: Text::new(
        "The entry of the journal that removed the app for the user, and the installed state of that user now.",
        "日志中为该用户移除应用的条目，以及该用户当前的安装状态。",
    ),
    repair: Text::new(
        "Remove it again with the user's consent. In the image, put it where this maker's users may remove apps for good.",
        "经用户同意后再次移除；在镜像中应将其移至该厂商用户可彻底卸载应用的位置。",
    ),
};

const DISABLED_ONLY: Explanation = Explanation {
    what: Text::new(
        "The app is disabled, or removed for a user while its APK stays in the image.",
        "该应用被停用，或只对某个用户移除而 APK 仍保留在镜像中。",
    ),
    why: Text::new(
        "Whether that counts as uninstalled is left open by the rules; the profile decides, and by default it does not count.",
        "这是否算作卸载，规则并未明确，由所用规则配置决定，默认不算。",
    ),
    evidence: Text::new(
        "The state of the package for each user, and the switch of the profile with its file and line.",
        "应用包在每个用户下的状态，以及规则配置中的开关及其文件与行号。",
    ),
    repair: Text::new(
        "Make the app removable from the image, or set the profile's switch where the judgement allows it.",
        "使该应用可以从镜像中真正卸载，或在判定允许时设置规则配置中的开关。",
    ),
};
