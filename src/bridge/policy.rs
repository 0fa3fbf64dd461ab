//! What becomes of an error or a panic of an entry: an `EngineException`, and nothing else crosses the edge.
//!
//! A pending exception is left as it is, for the first cause matters. The text of a panic is kept, whatever made it. If the
//! exception itself cannot be made, something is thrown all the same.

use std::any::Any;

use jni::Env;
use jni::errors::ErrorPolicy;
use jni::objects::{JString, JThrowable};

use crate::bridge::failure::Failure;
use crate::bridge::java::EngineException;
use crate::language::{Language, Localized, Text};

const PANICKED: Text = Text::new("a mistake of this program: {text}", "程序内部错误：{text}");

/// The policy of every entry.
#[derive(Debug)]
pub(super) struct ThrowEngineException;

impl<T: Default> ErrorPolicy<T, Failure> for ThrowEngineException {
    type Captures<'local: 'native, 'native> = ();

    fn on_error<'local: 'native, 'native>(
        env: &mut Env<'local>,
        (): &mut Self::Captures<'local, 'native>,
        failure: Failure,
    ) -> jni::errors::Result<T> {
        if matches!(failure, Failure::Machine(_)) {
            log::error!("{failure}: {:?}", std::error::Error::source(&failure).map(ToString::to_string));
        }
        throw(env, failure.code(), &failure);
        Ok(T::default())
    }

    fn on_panic<'local: 'native, 'native>(
        env: &mut Env<'local>,
        (): &mut Self::Captures<'local, 'native>,
        payload: Box<dyn Any + Send>,
    ) -> jni::errors::Result<T> {
        let text = text_of(payload);
        log::error!("panic at the JNI edge: {text}");
        throw(env, "internal", &Panicked(text));
        Ok(T::default())
    }
}

struct Panicked(String);

impl Localized for Panicked {
    fn localized(&self, language: Language) -> String {
        PANICKED.fill(language, &[("text", &self.0)])
    }
}

/// Returns what a panic said. A payload that is no text is not dropped: dropping it could panic again.
fn text_of(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => match payload.downcast::<&'static str>() {
            Ok(text) => (*text).to_owned(),
            Err(payload) => {
                std::mem::forget(payload);
                "no message".to_owned()
            }
        },
    }
}

/// Throws an `EngineException`, unless an exception is pending.
fn throw(env: &mut Env<'_>, code: &str, message: &impl Localized) {
    if env.exception_check() {
        return;
    }
    let [en, zh] = [Language::English, Language::Chinese].map(|language| message.localized(language));
    if let Err(error) = throw_exception(env, [code, &en, &zh])
        && !env.exception_check()
    {
        log::error!("failed to throw: {error}");
        // the classes are not bound, or memory is short: a plain exception needs neither
        let _ = env.throw(format!("{code}: {en}"));
    }
}

fn throw_exception(env: &mut Env<'_>, texts: [&str; 3]) -> jni::errors::Result<()> {
    env.with_local_frame(8, |env| {
        let [code, en, zh] = texts.map(|text| JString::from_str(env, text));
        let exception = EngineException::new(env, &code?, &en?, &zh?)?;
        env.throw(JThrowable::from(exception))
    })
}
