//! The natives of `org.keepone.engine.Native`, each with its policy. Nothing is decided here: an entry takes its arguments
//! apart, calls its room, and puts the result together.

#![expect(clippy::needless_pass_by_value, reason = "the shape `native_method!` asks for")]

use jni::Env;
use jni::NativeMethod;
use jni::objects::{JByteArray, JClass, JString};
use jni::refs::Reference;

use crate::bridge::carrier::JavaCarrier;
use crate::bridge::failure::{Failure, Problem};
use crate::bridge::java::{PackageEnforcer, PackageReader};
use crate::bridge::policy::ThrowEngineException;
use crate::bridge::reader::JavaReader;
use crate::bridge::{explain, judge, probes, request, start};
use crate::choices;
use crate::enforce;
use crate::failure::{self, answer};
use crate::record;

/// Declares one entry: exported, checked, guarded; in front of it the class of ours that it takes, if any. It is told of no
/// other: `native_method!` checks the classes that it is told of in the order of a hash map, and of two builds each would
/// check them in an order of its own.
macro_rules! entry {
    ([$($class:ident)?] $($signature:tt)*) => {
        const _: NativeMethod = jni::native_method! {
            java_type = "org.keepone.engine.Native",
            type_map = { $($class => org.keepone.engine.$class)? },
            error_policy = ThrowEngineException,
            static extern fn $($signature)*,
        };
    };
}

entry!([] init());
entry!([] probes() -> jbyte[]);
entry!([PackageReader] judge(reader: PackageReader, options: jbyte[]) -> jbyte[]);
entry!([] explain(request: jbyte[]) -> jbyte[]);
entry!([PackageEnforcer] enforce(enforcer: PackageEnforcer, plan: jbyte[], journal_path: JString) -> jbyte[]);
entry!([PackageEnforcer] undo(enforcer: PackageEnforcer, request: jbyte[], journal_path: JString) -> jbyte[]);
entry!([PackageEnforcer] control(enforcer: PackageEnforcer, request: jbyte[], journal_path: JString) -> jbyte[]);
entry!([] choices(request: jbyte[], path: JString) -> jbyte[]);
entry!([] records(request: jbyte[], path: JString) -> jbyte[]);
entry!([] journal(request: jbyte[], journal_path: JString) -> jbyte[]);

type Answer<'local> = Result<JByteArray<'local>, Failure>;

fn init<'local>(env: &mut Env<'local>, class: JClass<'local>) -> Result<(), Failure> {
    start::init(env, &class)
}

fn probes<'local>(env: &mut Env<'local>, _class: JClass<'local>) -> Answer<'local> {
    give(env, &answer(&probes::probes())?)
}

fn judge<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    reader: PackageReader<'local>,
    options: JByteArray<'local>,
) -> Answer<'local> {
    let request = failure::request(&request::bytes(env, "options", &options)?)?;
    let reader = there("reader", &reader)?;
    let judged = judge::run(&mut JavaReader::new(env, reader), request)?;
    give(env, &answer(&judged)?)
}

fn explain<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    request: JByteArray<'local>,
) -> Answer<'local> {
    let request = failure::request(&request::bytes(env, "request", &request)?)?;
    give(env, &answer(&explain::run(&request))?)
}

fn enforce<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    enforcer: PackageEnforcer<'local>,
    plan: JByteArray<'local>,
    journal_path: JString<'local>,
) -> Answer<'local> {
    let (request, path) =
        (request::bytes(env, "plan", &plan)?, request::path(env, "journalPath", &journal_path)?);
    let mut carrier = JavaCarrier::new(env, there("enforcer", &enforcer)?);
    let result = enforce::answer::enforce(&mut carrier, &request, &path)?;
    give(env, &result)
}

fn undo<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    enforcer: PackageEnforcer<'local>,
    request: JByteArray<'local>,
    journal_path: JString<'local>,
) -> Answer<'local> {
    let (request, path) =
        (request::bytes(env, "request", &request)?, request::path(env, "journalPath", &journal_path)?);
    let mut carrier = JavaCarrier::new(env, there("enforcer", &enforcer)?);
    let result = enforce::answer::undo_changes(&mut carrier, &request, &path)?;
    give(env, &result)
}

fn control<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    enforcer: PackageEnforcer<'local>,
    request: JByteArray<'local>,
    journal_path: JString<'local>,
) -> Answer<'local> {
    let (request, path) =
        (request::bytes(env, "request", &request)?, request::path(env, "journalPath", &journal_path)?);
    let mut carrier = JavaCarrier::new(env, there("enforcer", &enforcer)?);
    let result = choices::ask::control(&mut carrier, &request, &path)?;
    give(env, &result)
}

fn choices<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    request: JByteArray<'local>,
    path: JString<'local>,
) -> Answer<'local> {
    let (request, path) = (request::bytes(env, "request", &request)?, request::path(env, "path", &path)?);
    let result = choices::answer::choices(&request, &path)?;
    give(env, &result)
}

fn records<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    request: JByteArray<'local>,
    path: JString<'local>,
) -> Answer<'local> {
    let (request, path) = (request::bytes(env, "request", &request)?, request::path(env, "path", &path)?);
    let result = record::answer::records(&request, &path)?;
    give(env, &result)
}

fn journal<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    request: JByteArray<'local>,
    journal_path: JString<'local>,
) -> Answer<'local> {
    let (request, path) =
        (request::bytes(env, "request", &request)?, request::path(env, "journalPath", &journal_path)?);
    let result = enforce::answer::journal(&request, &path)?;
    give(env, &result)
}

/// Hands JSON bytes to Java.
fn give<'local>(env: &mut Env<'local>, bytes: &[u8]) -> Answer<'local> {
    Ok(env.byte_array_from_slice(bytes)?)
}

/// Refuses an object that is null.
fn there<'a, T: Reference>(argument: &'static str, object: &'a T) -> Result<&'a T, Failure> {
    if object.is_null() { Err(Failure::Argument { argument, problem: Problem::Null }) } else { Ok(object) }
}
