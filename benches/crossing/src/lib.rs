//! An empty crossing: for each package a call of the Java reader in a local frame, its bytes copied, and nothing else.

use jni::errors::{Error, ThrowRuntimeExAndDefault};
use jni::objects::{JClass, JString};
use jni::sys::jint;
use jni::{Env, NativeMethod};

jni::bind_java_type! {
    PackageReader => org.keepone.engine.PackageReader,
    methods {
        fn names() -> JString[],
        fn read(name: JString) -> jbyte[],
    },
}

const _: NativeMethod = jni::native_method! {
    java_type = "org.keepone.engine.Crossing",
    type_map = { PackageReader => org.keepone.engine.PackageReader },
    error_policy = ThrowRuntimeExAndDefault,
    static extern fn cross(reader: PackageReader) -> jint,
};

/// Fetches every record and returns how many bytes there were.
fn cross<'local>(
    env: &mut Env<'local>,
    _class: JClass<'local>,
    reader: PackageReader<'local>,
) -> Result<jint, Error> {
    let names = reader.names(env)?;
    let mut all = Vec::new();
    for index in 0..names.len(env)? {
        all.push(env.with_local_frame(4, |env| names.get_element(env, index)?.try_to_string(env))?);
    }
    let mut sum = 0_usize;
    for name in all {
        sum += env.with_local_frame(16, |env| {
            let name = JString::from_str(env, &name)?;
            let array = reader.read(env, &name)?;
            Ok::<usize, Error>(env.convert_byte_array(&array)?.len())
        })?;
    }
    Ok(jint::try_from(sum).unwrap_or(jint::MAX))
}
