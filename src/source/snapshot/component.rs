//! Activities, receivers, services and providers, with what they answer.

use serde::{Deserialize, Serialize};

use crate::source::snapshot::{Label, MetaData, Stated};

/// An activity, alias, receiver or service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Component {
    /// The class, fully qualified as Android does it (`.X` and `X` get the package in front).
    pub name: String,
    /// For an alias: the activity it stands for, fully qualified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias_of: Option<String>,
    /// `android:enabled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Stated<bool>>,
    /// `android:exported`. Not stated: exported exactly when it has a filter (below API 31, where it must be stated).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exported: Option<Stated<bool>>,
    /// `android:permission`: what a caller must hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
    /// `android:label` of this component alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Intent filters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Filter>,
    /// `<meta-data>` of the component.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meta_data: Vec<MetaData>,
}

/// An intent filter. Matching is in [`crate::classify::filter`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Filter {
    /// Action names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<String>,
    /// Category names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Data schemes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemes: Vec<String>,
    /// What must follow the scheme of the data: the whole of an opaque URI such as `package:some.app`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scheme_specific_parts: Vec<PathMatch>,
    /// Data hosts, `host` or `host:port`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Data paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<PathMatch>,
    /// MIME types, `*/*`, `image/*` or full.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// `android:priority`, 0 when not stated.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub priority: i32,
    /// Set when some attribute of the filter's data was an unresolved reference: what it matches is not fully known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub has_references: bool,
}

/// A condition on the path, or on the scheme-specific part, of a filter's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PathMatch {
    /// `android:path`, `android:ssp`.
    Literal(String),
    /// `android:pathPrefix`, `android:sspPrefix`.
    Prefix(String),
    /// `android:pathSuffix`, `android:sspSuffix`.
    Suffix(String),
    /// `android:pathPattern`, `android:sspPattern`.
    Pattern(String),
    /// `android:pathAdvancedPattern`, `android:sspAdvancedPattern`.
    AdvancedPattern(String),
}

/// A content provider.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Provider {
    /// The class, fully qualified.
    pub name: String,
    /// `android:authorities`, split at `;`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<String>,
    /// `android:enabled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Stated<bool>>,
    /// `android:exported`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exported: Option<Stated<bool>>,
    /// `android:permission`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the shape serde asks for")]
const fn is_zero(value: &i32) -> bool {
    *value == 0
}
