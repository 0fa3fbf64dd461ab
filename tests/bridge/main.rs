//! The JNI edge on a virtual machine of the desktop, under `-Xcheck:jni`: every native with every kind of argument, every
//! call of Java made to fail in turn, a hundred thousand packages. Each run is a process of its own, so that a crash is a
//! failed test.
//!
//! Needs a JDK (11 or newer): `JAVA_HOME`, or `javac` on the path. Without one the tests fail and say so.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

#[path = "../it/apk_builder.rs"]
#[expect(dead_code, reason = "built for more tests than these")]
mod apk_builder;
mod arguments;
mod enforcing;
mod faults;
mod jdk;
mod machine;
mod many;
mod phone;
