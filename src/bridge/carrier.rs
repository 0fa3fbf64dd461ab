//! A Java `PackageEnforcer` as the engine's hand. What it throws while reading or writing is not read or not written; an
//! answer that breaks the contract, and a platform that is dead, mean that the hand is gone.

use jni::Env;
use jni::objects::JByteArray;
use serde::Serialize;

use crate::bridge::call::{self, Broken, framed};
use crate::bridge::java::PackageEnforcer;
use crate::control::right;
use crate::enforce::{
    Because, Carrier, CarrierError, Cell, May, Obstacle, Reading, Value, Written, readings,
};

/// The largest answer that is copied out of Java, in bytes.
const LARGEST: usize = 32 << 20;

/// The longest text of an obstacle, in characters.
const LONGEST_DETAIL: usize = 300;

/// Carries out through a Java object.
pub(super) struct JavaCarrier<'e, 'local> {
    env: &'e mut Env<'local>,
    object: &'e PackageEnforcer<'local>,
    /// What the hand may do; asked once for all cells.
    may: Option<May>,
}

/// One change, as Java takes it.
#[derive(Serialize)]
struct Change<'a> {
    cell: &'a Cell,
    value: &'a Value,
}

impl<'e, 'local> JavaCarrier<'e, 'local> {
    /// Carries out through `object`, which is not null.
    pub(super) const fn new(env: &'e mut Env<'local>, object: &'e PackageEnforcer<'local>) -> Self {
        Self { env, object, may: None }
    }

    /// Makes one call with bytes and gives its bytes.
    fn call(
        &mut self,
        argument: &impl Serialize,
        method: impl for<'frame> FnOnce(
            &PackageEnforcer<'_>,
            &mut Env<'frame>,
            &JByteArray<'_>,
        ) -> jni::errors::Result<JByteArray<'frame>>,
    ) -> Result<Vec<u8>, Broken> {
        let argument = serde_json::to_vec(argument).map_err(|error| Broken::Machine(error.to_string()))?;
        let answer = framed(self.env, |env| {
            let argument = env.byte_array_from_slice(&argument)?;
            let answer = method(self.object, env, &argument)?;
            call::bytes(env, &answer, LARGEST)
        })?;
        answer.ok_or_else(|| Broken::Machine("it answered null".to_owned()))
    }
}

impl Carrier for JavaCarrier<'_, '_> {
    fn may(&mut self) -> Result<May, CarrierError> {
        let answer = framed(self.env, |env| {
            let answer = self.object.may(env)?;
            call::bytes(env, &answer, LARGEST)
        });
        let bytes = answer.map_err(gone)?.ok_or_else(|| CarrierError { detail: "may: null".to_owned() })?;
        serde_json::from_slice(&bytes).map_err(|error| CarrierError { detail: format!("may: {error}") })
    }

    fn read(&mut self, cells: &[Cell]) -> Result<Vec<Reading>, CarrierError> {
        match self.call(&cells, |object, env, cells| object.read(env, cells)) {
            Ok(answer) => readings(cells, &answer),
            Err(broken) => {
                let obstacle = obstacle(broken)?;
                Ok(vec![Reading::NotRead(obstacle); cells.len()])
            }
        }
    }

    fn write(&mut self, cell: &Cell, value: &Value) -> Result<Written, CarrierError> {
        match self.call(&Change { cell, value }, |object, env, change| object.write(env, change)) {
            Ok(answer) => serde_json::from_slice(&answer)
                .map_err(|error| CarrierError { detail: format!("write: {error}") }),
            Err(broken) => Ok(Written::Refused(obstacle(broken)?)),
        }
    }

    fn cannot(&mut self, cell: &Cell) -> Result<Option<Obstacle>, CarrierError> {
        let may = match self.may.take() {
            Some(may) => may,
            None => self.may()?,
        };
        let obstacle = right::missing(cell, &may);
        self.may = Some(may);
        Ok(obstacle)
    }
}

/// Takes what was thrown as the reason why a cell was not read or written.
///
/// # Errors
/// When it tells that the platform is dead, or nothing was thrown.
fn obstacle(broken: Broken) -> Result<Obstacle, CarrierError> {
    let Broken::Threw { class, message } = &broken else { return Err(gone(broken)) };
    let because = match class.as_str() {
        "java.lang.SecurityException" => Because::NeedsPermission,
        "android.content.pm.PackageManager$NameNotFoundException" => Because::Gone,
        "java.util.concurrent.TimeoutException" => Because::TimedOut,
        "java.lang.NoSuchMethodError" | "java.lang.NoClassDefFoundError" => Because::NotOnThisRelease,
        "android.os.DeadObjectException" | "android.os.DeadSystemException" => return Err(gone(broken)),
        _ => Because::Failed,
    };
    let detail = if message.is_empty() { class } else { message };
    Ok(Obstacle { because, detail: short(detail) })
}

fn gone(broken: Broken) -> CarrierError {
    let detail = match broken {
        Broken::Threw { class, message } => format!("{class}: {}", short(&message)),
        Broken::TooLarge { size, limit } => format!("{size} bytes, more than {limit}"),
        Broken::Machine(message) => message,
    };
    CarrierError { detail }
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST_DETAIL).collect()
}
