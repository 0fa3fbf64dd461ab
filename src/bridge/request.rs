//! Arguments as they come from Java, taken out with care: null, too large and not of the documented form are failures.

use jni::Env;
use jni::objects::JByteArray;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bridge::call::{self, Broken};
use crate::bridge::failure::{Failure, Problem};

/// The largest request, in bytes: a plan of the largest device is far below.
const LARGEST: usize = 64 << 20;

/// The longest text of a request that goes into a message.
const SHOWN: usize = 500;

/// Reads a JSON argument.
pub(super) fn json<T: DeserializeOwned>(
    env: &Env<'_>,
    argument: &'static str,
    array: &JByteArray<'_>,
) -> Result<T, Failure> {
    let bytes = call::bytes(env, array, LARGEST)
        .map_err(|broken| failure(argument, broken))?
        .ok_or(Failure::Argument { argument, problem: Problem::Null })?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let mut expected = format!("{argument}: {error}");
        if let Some(end) = (SHOWN..expected.len()).find(|end| expected.is_char_boundary(*end)) {
            expected.truncate(end);
        }
        Failure::Request { expected }
    })
}

/// Hands a result back as JSON bytes.
pub(super) fn answer<'local>(
    env: &mut Env<'local>,
    result: &impl Serialize,
) -> Result<JByteArray<'local>, Failure> {
    let bytes = serde_json::to_vec(result).map_err(|error| Failure::Told {
        code: "internal",
        en: format!("the result could not be written: {error}"),
        zh: format!("无法写出结果：{error}"),
    })?;
    Ok(env.byte_array_from_slice(&bytes)?)
}

fn failure(argument: &'static str, broken: Broken) -> Failure {
    match broken {
        Broken::TooLarge { size, limit } => {
            Failure::Argument { argument, problem: Problem::TooLarge { size, limit } }
        }
        Broken::Threw { class, message } => {
            Failure::Request { expected: format!("{argument}: {class} {message}") }
        }
        Broken::Machine(message) => Failure::Request { expected: format!("{argument}: {message}") },
    }
}
