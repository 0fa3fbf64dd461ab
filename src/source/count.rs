//! Counts the facts of a record, so that a thinned snapshot can be told from a whole one.

mod leaves;

use serde::Serialize;

use crate::source::snapshot::{PackageFacts, Snapshot, Totals};
use leaves::Leaves;

/// Returns how many facts `record` holds: the leaf values of its JSON form.
///
/// The `facts` field of the record itself must be 0 when it is counted, and counts as one leaf when it is written with
/// another value; [`of_package`] takes care of that.
fn leaves(record: &impl Serialize) -> u32 {
    let mut leaves = Leaves::default();
    // A record of ours always has a JSON form; one that had none would hold no fact.
    record.serialize(&mut leaves).map_or(0, |()| leaves.count)
}

/// Returns how many facts `package` holds, its own `facts` field left out.
pub fn of_package(package: &PackageFacts) -> u32 {
    leaves(package).saturating_sub(1)
}

/// Returns the totals that belong to `snapshot` as it stands, its packages' `facts` fields left out.
pub fn totals(snapshot: &Snapshot) -> Totals {
    let length = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let facts = [
        leaves(&snapshot.schema_version),
        leaves(&snapshot.tool),
        leaves(&snapshot.source),
        leaves(&snapshot.captured),
        leaves(&snapshot.derived),
        leaves(&snapshot.device),
        leaves(&snapshot.users),
        leaves(&snapshot.administrators),
        leaves(&snapshot.unread),
        leaves(&snapshot.system_config),
        leaves(&snapshot.maker_lists),
        leaves(&snapshot.claims),
        leaves(&snapshot.profile_layers),
        leaves(&snapshot.diagnostics),
    ];
    Totals {
        packages: length(snapshot.packages.len()),
        unread: length(snapshot.unread.len()),
        facts: facts.into_iter().fold(0, u32::saturating_add),
    }
}

/// Writes the counts into `snapshot`. Every source calls this last.
pub fn seal(snapshot: &mut Snapshot) {
    for package in &mut snapshot.packages {
        package.facts = of_package(package);
    }
    snapshot.totals = totals(snapshot);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::source::snapshot::Stated;

    /// What [`leaves`] stands for, by the JSON form itself.
    fn leaves_of_json(record: &impl Serialize) -> u32 {
        fn walk(value: &Value) -> u32 {
            match value {
                Value::Array(items) => items.iter().map(walk).sum(),
                Value::Object(fields) => fields.values().map(walk).sum(),
                _ => 1,
            }
        }
        serde_json::to_value(record).map_or(0, |value| walk(&value))
    }

    /// One of every shape that serde knows.
    #[derive(Clone, Debug, Serialize)]
    enum Shape {
        Unit,
        Newtype(Option<u8>),
        Tuple(i64, Vec<Shape>),
        Struct {
            text: String,
            flag: bool,
            map: BTreeMap<String, Shape>,
            unit: (),
        },
        Bytes(#[serde(serialize_with = "bytes")] Vec<u8>),
        Stated(Stated<String>),
        Wrapped(Wrapped),
        Pair((char, f32), Nothing),
        #[serde(serialize_with = "refused")]
        Refused,
    }

    #[derive(Clone, Debug, Serialize)]
    struct Wrapped(Box<Shape>);

    #[derive(Clone, Debug, Serialize)]
    struct Nothing;

    #[expect(clippy::ptr_arg, reason = "the shape serde asks for")]
    fn bytes<S: serde::Serializer>(bytes: &Vec<u8>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    fn refused<S: serde::Serializer>(_: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("no JSON form"))
    }

    fn shape() -> impl Strategy<Value = Shape> {
        let leaf = prop_oneof![
            8 => Just(Shape::Unit),
            8 => any::<Option<u8>>().prop_map(Shape::Newtype),
            8 => any::<Vec<u8>>().prop_map(Shape::Bytes),
            8 => ".{0,3}".prop_map(|text| Shape::Stated(Stated::Value(text))),
            8 => ".{0,3}".prop_map(|reference| Shape::Stated(Stated::Reference { reference })),
            8 => any::<(char, f32)>().prop_map(|pair| Shape::Pair(pair, Nothing)),
            1 => Just(Shape::Refused),
        ];
        leaf.prop_recursive(4, 40, 4, |inner| {
            let many = proptest::collection::vec(inner.clone(), 0..4);
            let map = proptest::collection::btree_map("[a-c]", inner.clone(), 0..4);
            prop_oneof![
                (any::<i64>(), many).prop_map(|(number, shapes)| Shape::Tuple(number, shapes)),
                (".{0,3}", any::<bool>(), map).prop_map(|(text, flag, map)| Shape::Struct {
                    text,
                    flag,
                    map,
                    unit: ()
                }),
                inner.prop_map(|shape| Shape::Wrapped(Wrapped(Box::new(shape)))),
            ]
        })
    }

    proptest! {
        #[test]
        fn facts_are_the_leaves_of_the_json_form(shape in shape()) {
            prop_assert_eq!(leaves(&shape), leaves_of_json(&shape));
        }
    }

    #[test]
    fn real_phones_hold_what_their_json_form_holds() {
        for text in [
            include_str!("../../tests/data/devices/zte-u930hd.json"),
            include_str!("../../tests/data/devices/lenovo-tb-x6c6l.json"),
        ] {
            let phone: Snapshot = serde_json::from_str(text).unwrap();
            assert_eq!(leaves(&phone), leaves_of_json(&phone));
            for package in &phone.packages {
                assert_eq!(of_package(package) + 1, leaves_of_json(package), "{}", package.name);
                assert_eq!(of_package(package), package.facts, "{}", package.name);
            }
            assert_eq!(totals(&phone), phone.totals);
        }
    }
}
