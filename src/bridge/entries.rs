//! The natives of `org.keepone.engine.Native`, each with its policy. Nothing is decided here: an entry takes its arguments
//! apart, calls its room, and puts the result together.

#![expect(clippy::needless_pass_by_value, reason = "the shape `native_method!` asks for")]

use jni::Env;
use jni::NativeMethod;
use jni::objects::{JByteArray, JClass};

use crate::bridge::failure::{Failure, Problem};
use crate::bridge::java::PackageReader;
use crate::bridge::policy::ThrowEngineException;
use crate::bridge::reader::JavaReader;
use crate::bridge::{explain, judge, probes, request, start};

/// Declares one entry: exported, checked, guarded.
macro_rules! entry {
    ($($signature:tt)*) => {
        const _: NativeMethod = jni::native_method! {
            java_type = "org.keepone.engine.Native",
            type_map = {
                PackageReader => org.keepone.engine.PackageReader,
            },
            error_policy = ThrowEngineException,
            static extern fn $($signature)*,
        };
    };
}

entry!(init());
entry!(probes() -> jbyte[]);
entry!(judge(reader: PackageReader, options: jbyte[]) -> jbyte[]);
entry!(explain(request: jbyte[]) -> jbyte[]);

type Answer<'local> = Result<JByteArray<'local>, Failure>;

fn init<'local>(env: &mut Env<'local>, class: JClass<'local>) -> Result<(), Failure> {
    start::init(env, &class)
}

fn probes<'local>(env: &mut Env<'local>, _class: JClass<'local>) -> Answer<'local> {
    request::answer(env, &probes::probes())
}

fn judge<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    reader: PackageReader<'local>,
    options: JByteArray<'local>,
) -> Answer<'local> {
    let options = request::json(env, "options", &options)?;
    if reader.is_null() {
        return Err(Failure::Argument { argument: "reader", problem: Problem::Null });
    }
    let answer = judge::run(&mut JavaReader::new(env, &reader), options)?;
    request::answer(env, &answer)
}

fn explain<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    request: JByteArray<'local>,
) -> Answer<'local> {
    let request = request::json(env, "request", &request)?;
    request::answer(env, &explain::run(&request))
}
