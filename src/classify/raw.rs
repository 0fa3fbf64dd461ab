//! The shape of `config/groups.toml` as written, before [`super::groups`] makes sense of it.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct File {
    pub(super) schema_version: u32,
    pub(super) member_from: i32,
    pub(super) review_from: i32,
    #[serde(default)]
    pub(super) signal: Vec<Signal>,
    #[serde(default)]
    pub(super) infrastructure: Vec<Evidence>,
    #[serde(default)]
    pub(super) group: Vec<Group>,
    #[serde(default)]
    pub(super) category: Vec<Category>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "the keys of a file, as they are written")]
pub(super) struct Signal {
    pub(super) id: String,
    pub(super) activity: Option<String>,
    pub(super) receiver: Option<String>,
    pub(super) service: Option<String>,
    pub(super) categories: Vec<String>,
    pub(super) data: Option<String>,
    pub(super) mime_type: Option<String>,
    pub(super) guard: Option<String>,
    pub(super) min_priority: Option<i32>,
    pub(super) at_entry: bool,
    pub(super) disabled_counts: bool,
    pub(super) listed_type: bool,
    pub(super) of_activities: bool,
    pub(super) meta_data: Option<String>,
    pub(super) meta_value: Option<String>,
    pub(super) permission: Vec<String>,
    pub(super) feature: Vec<String>,
    pub(super) shared_user: Vec<String>,
    pub(super) authority: Vec<String>,
    pub(super) actions_with_prefix: Option<String>,
    pub(super) actions: Vec<String>,
    pub(super) own_action: Vec<String>,
    pub(super) package_word: Vec<String>,
    pub(super) class_word: Vec<String>,
    pub(super) label: Vec<String>,
    pub(super) several: Vec<String>,
    pub(super) at_least: Option<usize>,
    pub(super) default_holder: Option<String>,
    pub(super) preferred: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Group {
    pub(super) id: String,
    #[serde(default)]
    pub(super) evidence: Vec<Evidence>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Evidence {
    pub(super) id: String,
    pub(super) weight: Option<i16>,
    #[serde(default)]
    pub(super) all: Vec<String>,
    #[serde(default)]
    pub(super) any: Vec<String>,
    #[serde(default)]
    pub(super) none: Vec<String>,
    /// Why the evidence weighs what it does. Asked for so that no weight stands without a reason.
    pub(super) why: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Category {
    pub(super) value: u8,
    pub(super) name: String,
    pub(super) fits: Vec<String>,
}
