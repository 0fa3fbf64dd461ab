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

/// Takes the path of a file of ours.
pub(super) fn path(env: &Env<'_>, argument: &'static str, string: &JString<'_>) -> Result<PathBuf, Failure> {
    let path = PathBuf::from(taken(argument, call::text(env, string))?);
    if path.is_absolute() {
        Ok(path)
    } else {
        Err(Failure::Argument { argument, problem: Problem::NotAbsolute })
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
