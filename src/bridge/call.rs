//! Calls of Java objects: each in a local frame, what it throws caught before anything else is called.

use jni::Env;
use jni::objects::{JByteArray, JString};

use crate::bridge::java::Thrown;

/// Why a call gave no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// It threw.
    Threw {
        /// The class of what was thrown, `java.lang.SecurityException`.
        class: String,
        /// Its message, if any.
        message: String,
    },
    /// It answered with more than is taken.
    TooLarge {
        /// Bytes, or elements.
        size: usize,
        /// The limit.
        limit: usize,
    },
    /// The virtual machine failed.
    Machine(String),
}

impl From<jni::errors::Error> for Broken {
    fn from(error: jni::errors::Error) -> Self {
        Self::Machine(error.to_string())
    }
}

/// Local references that one call may make without the frame growing: arguments, the answer, what was thrown.
const REFERENCES: usize = 16;

/// Runs `body` in a local frame of its own and catches what it throws.
pub(super) fn framed<T>(
    env: &mut Env<'_>,
    body: impl FnOnce(&mut Env<'_>) -> Result<T, Broken>,
) -> Result<T, Broken> {
    env.with_local_frame(REFERENCES, |env| {
        let answer = body(env);
        match caught(env) {
            Some(thrown) => Err(thrown),
            None => answer,
        }
    })
}

/// Takes the pending exception away and says what it was; `None` when there is none.
fn caught(env: &mut Env<'_>) -> Option<Broken> {
    let thrown = env.exception_occurred()?;
    env.exception_clear();
    let described = Thrown::describe(env, &thrown).and_then(|text| text.try_to_string(env));
    let text = described.unwrap_or_else(|error| {
        // describing throws nothing but what a full heap or stack throws
        env.exception_clear();
        format!("java.lang.Throwable\n{error}")
    });
    let (class, message) = text.split_once('\n').unwrap_or((&text, ""));
    Some(Broken::Threw { class: class.to_owned(), message: message.to_owned() })
}

/// Copies a byte array out of Java; `None` for null.
pub(super) fn bytes(env: &Env<'_>, array: &JByteArray<'_>, limit: usize) -> Result<Option<Vec<u8>>, Broken> {
    if array.is_null() {
        return Ok(None);
    }
    let size = array.len(env)?;
    if size > limit {
        return Err(Broken::TooLarge { size, limit });
    }
    Ok(Some(env.convert_byte_array(array)?))
}

/// Copies a string out of Java; `None` for null.
pub(super) fn text(env: &Env<'_>, string: &JString<'_>) -> Result<Option<String>, Broken> {
    if string.is_null() { Ok(None) } else { Ok(Some(string.try_to_string(env)?)) }
}
