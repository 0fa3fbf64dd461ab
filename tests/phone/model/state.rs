//! The state of a package for one user.

use std::collections::BTreeMap;

use serde::Serialize;

/// `PackageManager.COMPONENT_ENABLED_STATE_*` of a whole package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) enum Enabled {
    #[default]
    Default = 0,
    On = 1,
    Off = 2,
    OffByUser = 3,
    OffUntilUsed = 4,
}

impl Enabled {
    /// The words of `pm`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::On => "enabled",
            Self::Off => "disabled",
            Self::OffByUser => "disabled-user",
            Self::OffUntilUsed => "disabled-until-used",
        }
    }
}

/// A runtime permission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Permission {
    pub(crate) granted: bool,
    pub(crate) flags: u32,
}

/// `UsageStatsManager.STANDBY_BUCKET_ACTIVE` and where a removed app goes.
pub(crate) const ACTIVE: u32 = 10;
pub(crate) const NEVER: u32 = 50;

/// One package for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "as Android keeps them")]
pub(crate) struct App {
    pub(crate) installed: bool,
    pub(crate) hidden: bool,
    pub(crate) suspended: bool,
    pub(crate) stopped: bool,
    pub(crate) not_launched: bool,
    pub(crate) enabled: Enabled,
    /// Who disabled it.
    pub(crate) last_caller: Option<String>,
    /// Components switched on or off at run time.
    pub(crate) components: BTreeMap<String, bool>,
    pub(crate) permissions: BTreeMap<String, Permission>,
    /// App-ops that differ from their default, by the name without `android:`, upper case.
    pub(crate) operations: BTreeMap<String, String>,
    pub(crate) bucket: u32,
    pub(crate) block_uninstall: bool,
    /// `UNINSTALL_REASON_*`: 0 unknown, 1 by user type.
    pub(crate) uninstall_reason: u32,
    pub(crate) data: u64,
    pub(crate) cache: u64,
}
