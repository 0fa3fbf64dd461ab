//! Arguments as they come from Java, taken out with care; null and too large are failures. What stands in a request is for
//! the room that it is for.

use std::path::PathBuf;

use jni::Env;
use jni::objects::{JByteArray, JString};

use crate::bridge::call::{self, Broken};
use crate::bridge::failure::{Failure, Problem};
use crate::failure::LONGEST_REQUEST;

/// Takes the bytes of a request.
pub(super) fn bytes(
    env: &Env<'_>,
    argument: &'static str,
    array: &JByteArray<'_>,
) -> Result<Vec<u8>, Failure> {
    taken(argument, call::bytes(env, array, LONGEST_REQUEST))
}

/// Takes the path of a file of ours. One that could not be taken out of Java unchanged is refused: it would be another file.
pub(super) fn path(env: &Env<'_>, argument: &'static str, string: &JString<'_>) -> Result<PathBuf, Failure> {
    let text = taken(argument, call::text(env, string))?;
    let is_changed = text.contains(|c: char| c == char::REPLACEMENT_CHARACTER || c.is_control());
    let path = PathBuf::from(text);
    if path.is_absolute() && !is_changed {
        Ok(path)
    } else {
        Err(Failure::Argument { argument, problem: Problem::NoPath })
    }
}

fn taken<T>(argument: &'static str, answer: Result<Option<T>, Broken>) -> Result<T, Failure> {
    let problem = match answer {
        Ok(Some(value)) => return Ok(value),
        Ok(None) => Problem::Null,
        Err(Broken::TooLarge { size, limit }) => Problem::TooLarge { size, limit },
        Err(Broken::Threw { class, message }) => Problem::NotTaken(format!("{class} {message}")),
        Err(Broken::Machine(message)) => Problem::NotTaken(message),
    };
    Err(Failure::Argument { argument, problem })
}
