//! The JNI edge: the only room that names the `jni` crate. Takes calls of `org.keepone.engine.Native`, gives JSON bytes or
//! an `EngineException`; decides nothing itself.
//!
//! - Entries are made by `native_method!` with our own error policy ([`policy`]); no panic and no pending exception crosses.
//! - Every entry is complete in itself: no handle lives in Java.
//! - Only our own Java classes are bound, once, when `Native` is initialised ([`java`]); what Android offers on which release
//!   is Java's affair.
//! - Each call of a Java object has a local frame of its own, and what it throws is caught there ([`call`]).
//! - No thread is started: Java's worker thread calls in, and is called back.
//!
//! ```text
//! Native.judge(reader, options)
//!    entries -> judge -> source::device -> classify … plan -> report -> JSON
//!                            |  ^
//!                         reader: one call of the Java object per package
//! ```

mod call;
mod carrier;
mod entries;
mod explain;
mod failure;
mod java;
mod judge;
mod policy;
mod probes;
mod reader;
mod request;
mod start;

#[cfg(test)]
#[path = "../../tests/bridge/jdk.rs"]
mod jdk;
#[cfg(test)]
mod tests;
