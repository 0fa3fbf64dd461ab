//! Sub-verdict: can the user at least disable it in the interface?
//!
//! AOSP's settings offer it for system apps, and grey it out for the home screen, for what is signed by the platform or
//! needed by it, for resource overlays and for what `<prevent-disable>` names (`AppButtonsPreferenceController`,
//! `ApplicationFeatureProviderImpl.getKeepEnabledPackages`, Android 15 `SystemConfig`). Data apps have no such button.
//! Makers change this page, so on a maker's software only a no is certain.

use crate::removability::Finding;
use crate::removability::ground::Ground;
use crate::removability::outcome::Reason;
use crate::removability::subject::Subject;
use crate::source::snapshot::{PackageFacts, Stated};

/// Returns whether the user can disable the package; `None` when that cannot be told.
pub(super) fn disable(ground: &Ground<'_>, subject: &Subject<'_, '_>, finding: &Finding) -> Option<bool> {
    let package = subject.package;
    if subject.on_data && finding.reason != Reason::SystemPartition {
        return Some(false);
    }
    let shared_user = package.shared_user_id.as_ref();
    let is_kept = package.overlay_target.is_some()
        || package.application.library.is_some()
        || shared_user.and_then(Stated::value).is_some_and(|user| user.starts_with("android.uid."))
        || ground.prevent_disable.contains(package.name.as_str())
        || subject.required().is_some()
        || is_platform_signed(ground, package) == Some(true)
        || is_default_holder(ground, package);
    if is_kept {
        return Some(false);
    }
    let open = ground.has_maker()
        || ground.config_unread
        || ground.lost.is_some()
        || matches!(shared_user, Some(Stated::Reference { .. }))
        || is_platform_signed(ground, package).is_none();
    (!open).then_some(true)
}

/// Tells whether a signing certificate is the platform's; `None` when either is not known.
fn is_platform_signed(ground: &Ground<'_>, package: &PackageFacts) -> Option<bool> {
    let platform = ground.platform_signers?;
    Some(package.signers.as_ref()?.iter().any(|signer| platform.contains(signer)))
}

/// Tells whether the image makes the package the default dialer or messaging app, which settings keep enabled.
fn is_default_holder(ground: &Ground<'_>, package: &PackageFacts) -> bool {
    const KEPT: [&str; 3] = ["android.app.role.DIALER", "android.app.role.SMS", "android.app.role.HOME"];
    let holders = &ground.inventory.snapshot().system_config.default_holders;
    holders
        .iter()
        .any(|holder| holder.package == package.name.as_str() && KEPT.contains(&holder.role.as_str()))
}
