//! What is asked once: how many packages there are, what they are called, and the device as a whole.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::json;
use crate::package::PackageName;
use crate::source::device::answer::{NotRead, malformed, parse};
use crate::source::device::bound::{self, short};
use crate::source::device::reader::Reader;
use crate::source::device::{facts, size};
use crate::source::property::is_kept;
use crate::source::snapshot::{Snapshot, User, UserKind};
use crate::source::unread::{Unread, UnreadKind, UnreadReason};

/// Returns the names of all packages in order, each once. What is no name, and how many are missing, goes to `snapshot`.
pub(super) fn names(reader: &mut dyn Reader, snapshot: &mut Snapshot) -> Vec<PackageName> {
    let counted = match reader.count() {
        Ok(count) => u32::try_from(count).map_err(|_| UnreadReason::Malformed {
            part: "count".to_owned(),
            at: 0,
            expected: format!("a number of packages, not {count}"),
        }),
        Err(reason) => Err(reason),
    };
    let mut listed = reader.names().unwrap_or_else(|reason| {
        snapshot.unread.push(facts("packages", None, reason));
        Vec::new()
    });
    if listed.len() > bound::NAMES {
        let reason = UnreadReason::TooLarge { size: size(listed.len()), limit: size(bound::NAMES) };
        snapshot.unread.push(facts("packages", None, reason));
        listed.truncate(bound::NAMES);
    }
    listed.sort();
    listed.dedup();
    let found = u32::try_from(listed.len()).unwrap_or(u32::MAX);
    match counted {
        Ok(counted) if found < counted => {
            snapshot.unread.push(facts("packages", None, UnreadReason::CountDiffers { counted, found }));
        }
        Ok(_) => {}
        Err(reason) => snapshot.unread.push(facts("count", None, reason)),
    }
    let mut names = Vec::with_capacity(listed.len());
    for listed in listed {
        match PackageName::new(listed.as_deref().unwrap_or_default()) {
            Ok(name) => names.push(name),
            Err(error) => snapshot.unread.push(Unread {
                kind: UnreadKind::Package,
                path: String::new(),
                package: None,
                reason: UnreadReason::BadName { name: short(&error.name) },
            }),
        }
    }
    names
}

/// Asks about the device as a whole. Each part of the answer is read by itself, so that one that is broken loses no other.
pub(super) fn device(reader: &mut dyn Reader, snapshot: &mut Snapshot) {
    let mut parts = answer(reader).unwrap_or_else(|reason| {
        snapshot.unread.push(facts("device", None, reason));
        BTreeMap::new()
    });
    let unread = &mut snapshot.unread;
    take(&mut parts, "device", &mut snapshot.device, unread);
    snapshot.device.properties.retain(|name, property| is_kept(name, &property.value));
    take(&mut parts, "users", &mut snapshot.users, unread);
    take(&mut parts, "system-config", &mut snapshot.system_config, unread);
    let mut holders = Vec::new();
    take(&mut parts, "default-holders", &mut holders, unread);
    snapshot.system_config.default_holders.append(&mut holders);
    take(&mut parts, "maker-lists", &mut snapshot.maker_lists, unread);
    let mut not_read: Vec<NotRead> = Vec::new();
    take(&mut parts, "not-read", &mut not_read, unread);
    unread.extend(not_read.into_iter().map(|entry| facts(&entry.what, None, entry.because.into())));
    for name in parts.into_keys() {
        let reason = UnreadReason::Unsupported { what: format!("the field {:?}", short(&name)) };
        unread.push(facts("device", None, reason));
    }
    if snapshot.users.is_empty() {
        // a running phone has a first user, whatever it says
        let reason = UnreadReason::Malformed {
            part: "users".to_owned(),
            at: 0,
            expected: "the users of the phone".to_owned(),
        };
        unread.push(facts("users", None, reason));
        snapshot.users.push(User { id: 0, kind: UserKind::Unknown });
    }
    snapshot.users.sort_by_key(|user| user.id);
    snapshot.users.dedup_by_key(|user| user.id);
}

type Parts = BTreeMap<String, Box<RawValue>>;

fn answer(reader: &mut dyn Reader) -> Result<Parts, UnreadReason> {
    let expected = "an answer".to_owned();
    let none = UnreadReason::Malformed { part: "device".to_owned(), at: 0, expected };
    let bytes = reader.device()?.ok_or(none)?;
    if bytes.len() > bound::DEVICE {
        return Err(UnreadReason::TooLarge { size: size(bytes.len()), limit: size(bound::DEVICE) });
    }
    parse(&bytes)
}

/// Reads one part into `into`; one that is not there leaves it as it is.
fn take<T: DeserializeOwned>(parts: &mut Parts, name: &str, into: &mut T, unread: &mut Vec<Unread>) {
    let Some(part) = parts.remove(name) else { return };
    match json::of_text(part.get()) {
        Ok(value) => *into = value,
        Err(error) => unread.push(facts(name, None, malformed(&error))),
    }
}
