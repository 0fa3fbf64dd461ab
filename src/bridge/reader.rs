//! A Java `PackageReader` as the device source asks it.

use jni::Env;
use jni::objects::JString;

use crate::bridge::call::{self, Broken, framed};
use crate::bridge::java::PackageReader;
use crate::package::PackageName;
use crate::source::device::Reader;
use crate::source::unread::UnreadReason;

/// The largest answer that is copied out of Java, in bytes; the source has smaller limits of its own for each question.
const LARGEST: usize = 64 << 20;

/// The most names that are copied out of Java.
const MOST_NAMES: usize = 1 << 20;

/// How many names are fetched in one local frame.
const NAMES_PER_FRAME: usize = 256;

/// Asks a Java object.
pub(super) struct JavaReader<'e, 'local> {
    env: &'e mut Env<'local>,
    object: &'e PackageReader<'local>,
}

impl<'e, 'local> JavaReader<'e, 'local> {
    /// Asks `object`, which is not null.
    pub(super) const fn new(env: &'e mut Env<'local>, object: &'e PackageReader<'local>) -> Self {
        Self { env, object }
    }
}

impl Reader for JavaReader<'_, '_> {
    fn count(&mut self) -> Result<i32, UnreadReason> {
        framed(self.env, |env| Ok(self.object.count(env)?)).map_err(UnreadReason::from)
    }

    fn names(&mut self) -> Result<Vec<Option<String>>, UnreadReason> {
        let names = framed(self.env, |env| {
            let array = self.object.names(env)?;
            if array.is_null() {
                return Ok(None);
            }
            let size = array.len(env)?;
            if size > MOST_NAMES {
                return Err(Broken::TooLarge { size, limit: MOST_NAMES });
            }
            let mut names = Vec::with_capacity(size);
            for start in (0..size).step_by(NAMES_PER_FRAME) {
                let end = size.min(start + NAMES_PER_FRAME);
                env.with_local_frame(NAMES_PER_FRAME, |env| {
                    for index in start..end {
                        let name = array.get_element(env, index)?;
                        names.push(call::text(env, &name)?);
                    }
                    Ok::<(), Broken>(())
                })?;
            }
            Ok(Some(names))
        });
        names.map_err(UnreadReason::from)?.ok_or_else(|| UnreadReason::Malformed {
            part: "names".to_owned(),
            at: 0,
            expected: "names, not null".to_owned(),
        })
    }

    fn device(&mut self) -> Result<Option<Vec<u8>>, UnreadReason> {
        let answer = framed(self.env, |env| {
            let array = self.object.device(env)?;
            call::bytes(env, &array, LARGEST)
        });
        answer.map_err(UnreadReason::from)
    }

    fn read(&mut self, name: &PackageName) -> Result<Option<Vec<u8>>, UnreadReason> {
        let answer = framed(self.env, |env| {
            let name = JString::from_str(env, name.as_str())?;
            let array = self.object.read(env, &name)?;
            call::bytes(env, &array, LARGEST)
        });
        answer.map_err(UnreadReason::from)
    }

    fn progress(&mut self, done: usize, of: usize) {
        let [done, of] = [done, of].map(|count| i32::try_from(count).unwrap_or(i32::MAX));
        if let Err(broken) = framed(self.env, |env| Ok(self.object.progress(env, done, of)?)) {
            log::warn!("progress could not be shown: {broken:?}");
        }
    }
}

impl From<Broken> for UnreadReason {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Threw { class, message } => thrown(&class, message),
            Broken::TooLarge { size, limit } => {
                let [size, limit] = [size, limit].map(|count| u64::try_from(count).unwrap_or(u64::MAX));
                Self::TooLarge { size, limit }
            }
            Broken::Machine(message) => Self::Internal { message },
        }
    }
}

/// Tells by the class what kind of failure an exception stands for. Names, not classes: Android's are never bound.
fn thrown(class: &str, message: String) -> UnreadReason {
    match class {
        "java.lang.SecurityException" => UnreadReason::NeedsPermission { detail: message },
        "android.content.pm.PackageManager$NameNotFoundException" => UnreadReason::Gone,
        "java.util.concurrent.TimeoutException" => UnreadReason::TimedOut { detail: message },
        "java.lang.NoSuchMethodError" | "java.lang.NoClassDefFoundError" => {
            UnreadReason::NotOnThisRelease { detail: message }
        }
        _ if message.is_empty() => UnreadReason::Io { message: class.to_owned() },
        _ => UnreadReason::Io { message: format!("{class}: {message}") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_thrown_becomes_a_reason() {
        for (class, id) in [
            ("java.lang.SecurityException", "needs-permission"),
            ("android.content.pm.PackageManager$NameNotFoundException", "gone"),
            ("java.util.concurrent.TimeoutException", "timed-out"),
            ("java.lang.NoSuchMethodError", "not-on-this-release"),
            ("android.os.TransactionTooLargeException", "io"),
        ] {
            assert_eq!(thrown(class, "m".to_owned()).id(), id);
        }
    }
}
