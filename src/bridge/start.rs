//! What happens once, when Java loads the library: logging, and binding our classes.

use jni::Env;
use jni::objects::JClass;

use crate::bridge::failure::Failure;
use crate::bridge::java;

/// Starts logging and binds the classes; a second call changes nothing.
pub(super) fn init(env: &mut Env<'_>, native: &JClass<'_>) -> Result<(), Failure> {
    log_to_the_system();
    java::bind(env, native)?;
    log::debug!("keepone {} is ready", env!("CARGO_PKG_VERSION"));
    Ok(())
}

/// Sends the library's log to Android's. Names of packages are logged at `debug` at most, `error` means a mistake of ours.
#[cfg(target_os = "android")]
fn log_to_the_system() {
    let config = android_logger::Config::default().with_tag("keepone").with_max_level(log::LevelFilter::Info);
    android_logger::init_once(config);
}

/// Off Android the process that hosts the library decides what becomes of its log.
#[cfg(not(target_os = "android"))]
const fn log_to_the_system() {}
