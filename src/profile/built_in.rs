//! The regulations that are compiled in.

use std::sync::LazyLock;

use crate::profile::file::ProfileFile;
use crate::profile::resolved::Profile;
use crate::profile::{parse_as, resolve};

/// The id of the profile that is used when none is asked for.
pub const DEFAULT_ID: &str = "tc260-2021-draft";

/// Every built-in profile, the default first: its id and the text of `config/profiles/ID.toml`.
const FILES: [(&str, &str); 6] = [
    (DEFAULT_ID, include_str!("../../config/profiles/tc260-2021-draft.toml")),
    ("tc260-002-2022", include_str!("../../config/profiles/tc260-002-2022.toml")),
    ("miit-cac-2022-269", include_str!("../../config/profiles/miit-cac-2022-269.toml")),
    ("gbt-43445-2023", include_str!("../../config/profiles/gbt-43445-2023.toml")),
    ("eu-dma-6-3", include_str!("../../config/profiles/eu-dma-6-3.toml")),
    ("kr-tba", include_str!("../../config/profiles/kr-tba.toml")),
];

/// Returns the ids of the built-in profiles, the default first.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, _)| *id)
}

/// Returns a built-in profile without any layer; `None` when none has the id.
pub fn built_in(id: &str) -> Option<Profile> {
    Some(resolve(file(id)?, &[]).expect("a test resolves every built-in profile"))
}

/// Returns the file of a built-in profile, as a base for layers; `None` when none has the id.
pub fn built_in_file(id: &str) -> Option<ProfileFile> {
    file(id).cloned()
}

/// Returns the file of a built-in profile.
pub(super) fn file(id: &str) -> Option<&'static ProfileFile> {
    READ.iter().find(|file| file.id() == Some(id))
}

/// The files, read once: every waiver of a layer is held against their requirements.
static READ: LazyLock<Vec<ProfileFile>> = LazyLock::new(|| {
    let read = |(id, text): &(&str, &str)| parse_as(&format!("built-in:{id}"), text, true);
    FILES.iter().map(read).collect::<Result<_, _>>().expect("a test parses every built-in profile")
});
