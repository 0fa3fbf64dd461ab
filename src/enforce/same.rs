//! When two values of a cell count as one: what the platform sets for itself is left out of the comparison.

use crate::enforce::cell::{Cell, Held, Value, Word};

/// Flags of a permission that somebody decided (`PackageManager.FLAG_PERMISSION_USER_SET`, `_USER_FIXED`,
/// `_REVIEW_REQUIRED`, `_REVOKE_WHEN_REQUESTED`, `_ONE_TIME`, `_AUTO_REVOKED`). The others are the platform's own and no
/// carrier may set them (`PermissionManagerServiceImpl.updatePermissionFlagsInternal`).
const DECIDED: u32 = 1 | 2 | 64 | 128 | 1 << 16 | 1 << 17;

/// What is left in a folder that was cleared: the folders themselves (`Installer.clearAppData` keeps them).
const CLEARED: u64 = 128 << 10;

/// Returns whether two values are the same but for what the platform sets for itself.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Permission { granted, flags }, Value::Permission { granted: also, flags: and }) => {
            let differ = flags.zip(*and).is_some_and(|(flags, and)| (flags ^ and) & DECIDED != 0);
            granted == also && !differ
        }
        (Value::Packages(holders), Value::Packages(others)) => {
            holders.len() == others.len() && holders.iter().all(|package| others.contains(package))
        }
        _ => one == other,
    }
}

/// Returns whether what was wanted stands: for a permission the grant, whatever its flags; for storage that was cleared,
/// that little or less is left.
pub(crate) fn stands(cell: &Cell, wanted: &Value, read: &Value, before: Option<&Value>) -> bool {
    match (cell, wanted, read) {
        (_, Value::Permission { granted, .. }, Value::Permission { granted: is, .. }) => granted == is,
        (Cell::Storage { .. }, Value::Number(_), Value::Number(left)) => {
            *left <= CLEARED || matches!(before, Some(Value::Number(before)) if left < before)
        }
        _ => same(wanted, read),
    }
}

/// What stands in a cell that nobody set; `None` where that differs from phone to phone.
const fn unset(cell: &Cell) -> Option<Value> {
    match cell {
        Cell::AppOp { .. } | Cell::PackageEnabled { .. } | Cell::ComponentEnabled { .. } => {
            Some(Value::Word(Word::Default))
        }
        Cell::BlockUninstall { .. } | Cell::Suspended { .. } | Cell::SpecialAccess { .. } => {
            Some(Value::Flag(false))
        }
        _ => None,
    }
}

/// Returns what has to be put back so that `saved` stands again where `now` does.
pub(super) fn differing(saved: &[Held], now: &[Held]) -> Vec<Held> {
    let value = |all: &[Held], cell: &Cell| {
        all.iter().find(|held| held.cell == *cell).map(|held| held.value.clone()).or_else(|| unset(cell))
    };
    let gone = saved
        .iter()
        .filter(|held| value(now, &held.cell).is_none_or(|value| !same(&value, &held.value)))
        .cloned();
    let come =
        now.iter().filter(|held| !saved.iter().any(|known| known.cell == held.cell)).filter_map(|held| {
            let value = unset(&held.cell).filter(|value| !same(value, &held.value))?;
            Some(Held { cell: held.cell.clone(), value })
        });
    gone.chain(come).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::PackageName;

    fn package() -> PackageName {
        PackageName::new("a.b").unwrap()
    }

    fn op(op: &str, word: Word) -> Held {
        let cell = Cell::AppOp { package: package(), user: 0, op: op.to_owned() };
        Held { cell, value: Value::Word(word) }
    }

    #[test]
    fn what_the_platform_sets_for_itself_does_not_count() {
        let by_default = Value::Permission { granted: true, flags: Some(32) };
        assert!(same(&by_default, &Value::Permission { granted: true, flags: Some(0) }));
        assert!(!same(&by_default, &Value::Permission { granted: true, flags: Some(33) }));
        assert!(!same(&by_default, &Value::Permission { granted: false, flags: Some(32) }));
    }

    #[test]
    fn what_came_goes_and_what_went_comes() {
        let saved = [op("x", Word::Ignored), op("same", Word::Allowed)];
        let now = [op("same", Word::Allowed), op("y", Word::Allowed)];
        assert_eq!(differing(&saved, &now), [op("x", Word::Ignored), op("y", Word::Default)]);
        assert_eq!(differing(&saved, &saved), []);
        // A value that says what holds anyway need not be put back.
        assert_eq!(differing(&[op("x", Word::Default)], &[]), []);
    }

    #[test]
    fn storage_stands_cleared_when_little_or_less_is_left() {
        let cell = Cell::Storage { package: package(), user: 0, part: crate::enforce::Part::Data };
        let number = Value::Number;
        assert!(stands(&cell, &number(0), &number(4096), Some(&number(4096))));
        assert!(stands(&cell, &number(0), &number(1 << 20), Some(&number(1 << 30))));
        assert!(!stands(&cell, &number(0), &number(1 << 30), Some(&number(1 << 30))));
    }
}
