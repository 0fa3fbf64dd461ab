//! The Java classes that Rust calls or creates: all are ours, and each member is marked `@CalledFromNative` there.
//!
//! A binding resolves all members of a class at once, so a class of Android, of which an old release lacks a method, is
//! never bound.

#![expect(clippy::transmute_ptr_to_ptr, reason = "in the code that `bind_java_type!` makes")]

use jni::Env;
use jni::errors::Result;
use jni::objects::JClass;
use jni::refs::LoaderContext;

jni::bind_java_type! {
    pub(super) PackageReader => org.keepone.engine.PackageReader,
    methods {
        fn count() -> jint,
        fn names() -> JString[],
        fn device() -> jbyte[],
        fn read(name: JString) -> jbyte[],
        fn progress(done: jint, of: jint),
    },
}

jni::bind_java_type! {
    pub(super) PackageEnforcer => org.keepone.engine.PackageEnforcer,
    methods {
        fn may() -> jbyte[],
        fn read(cells: jbyte[]) -> jbyte[],
        fn write(change: jbyte[]) -> jbyte[],
    },
}

jni::bind_java_type! {
    pub(super) EngineException => org.keepone.engine.EngineException,
    constructors {
        fn new(code: JString, english: JString, chinese: JString),
    },
    is_instance_of = { JThrowable },
}

jni::bind_java_type! {
    pub(super) Thrown => org.keepone.engine.Thrown,
    methods {
        static fn describe(thrown: JThrowable) -> JString,
    },
}

/// Binds every class through the loader of `native`, which sees the app's classes; later calls find them bound.
///
/// # Errors
/// When a class or a member of one is not there.
pub(super) fn bind(env: &mut Env<'_>, native: &JClass<'_>) -> Result<()> {
    let loader = native.get_class_loader(env)?;
    let context = LoaderContext::Loader(&loader);
    EngineExceptionAPI::get(env, &context)?;
    ThrownAPI::get(env, &context)?;
    PackageReaderAPI::get(env, &context)?;
    PackageEnforcerAPI::get(env, &context)?;
    Ok(())
}
