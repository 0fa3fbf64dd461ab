//! What an audit says, without where it was read and how each fact is known: what two sources of one phone have to agree on.

use serde_json::{Map, Value, json};

use crate::lab::Run;

/// Takes what counts out of the JSON of an audit.
pub(crate) fn judged(run: &Run) -> Value {
    let said: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run:?}"));
    let list = |name: &str| said[name].as_array().unwrap().clone();
    let packages = list("packages").into_iter().map(|package| {
        let mut kept = of(&package, &["name", "path", "version-code", "in-scope", "scope"]);
        let groups = package["groups"].as_array().unwrap().iter();
        kept["groups"] = groups.map(|group| of(group, &["id", "status", "score"])).collect();
        kept["removability"] = of(&package["removability"], &["verdict", "reason", "decided-by", "disable"]);
        kept
    });
    let findings = list("findings").into_iter();
    let findings = findings.map(|it| of(&it, &["code", "requirement", "outcome", "group", "packages"]));
    json!({
        "status": run.status,
        "device": said["device"],
        "packages": packages.collect::<Vec<_>>(),
        "requirements": said["requirements"],
        "findings": findings.collect::<Vec<_>>(),
        "unread": said["unread"],
        "summary": said["summary"],
    })
}

fn of(value: &Value, fields: &[&str]) -> Value {
    let kept = fields.iter().map(|field| ((*field).to_owned(), value[*field].clone()));
    kept.collect::<Map<_, _>>().into()
}

/// Returns where two of them differ, each place in a line.
pub(crate) fn differences(one: &Value, other: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    for part in ["status", "summary", "requirements", "device"] {
        if one[part] != other[part] {
            differences.push(format!("{part}: {} / {}", one[part], other[part]));
        }
    }
    for part in ["unread", "packages", "findings"] {
        let (one, other) = (one[part].as_array().unwrap(), other[part].as_array().unwrap());
        let missing = |of: &'_ [Value], from: &[Value]| -> Vec<String> {
            of.iter().filter(|it| !from.contains(it)).map(ToString::to_string).collect()
        };
        differences.extend(missing(one, other).into_iter().map(|it| format!("{part}: only the first: {it}")));
        differences.extend(missing(other, one).into_iter().map(|it| format!("{part}: only the other: {it}")));
    }
    differences
}
