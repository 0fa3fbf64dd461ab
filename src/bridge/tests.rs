//! The policy on a virtual machine in this process. Entries as Java calls them are tested in `tests/bridge`.

use std::panic::catch_unwind;
use std::sync::OnceLock;

use jni::errors::{Error, ErrorPolicy};
use jni::objects::JClass;
use jni::refs::LoaderContext;
use jni::sys::jint;
use jni::{Env, InitArgsBuilder, JNIVersion, JavaVM};

use super::call::{Broken, framed};
use super::failure::{Failure, Problem};
use super::policy::ThrowEngineException;
use super::{java, jdk};

/// Runs `body` on a thread of the virtual machine, whose classes are bound.
fn on_the_machine<T>(body: impl FnOnce(&mut Env<'_>) -> T) -> T {
    static MACHINE: OnceLock<JavaVM> = OnceLock::new();
    let machine = MACHINE.get_or_init(|| {
        let arguments = InitArgsBuilder::new()
            .version(JNIVersion::V1_8)
            .option("-Xcheck:jni")
            .option(format!("-Djava.class.path={}", jdk::classes().display()))
            .build()
            .unwrap();
        JavaVM::new(arguments).unwrap()
    });
    machine
        .attach_current_thread(|env| {
            let name = jni::jni_str!("org.keepone.engine.Engine");
            let class: JClass<'_> = LoaderContext::None.load_class(env, name, true)?;
            java::bind(env, &class)?;
            Ok::<T, Error>(body(env))
        })
        .unwrap()
}

/// Returns what is pending after the policy had `outcome`: class and message.
fn thrown(outcome: impl FnOnce(&mut Env<'_>) -> jni::errors::Result<jint>) -> [String; 2] {
    on_the_machine(|env| {
        let pending = framed(env, |env| {
            assert_eq!(outcome(env).unwrap(), 0);
            Ok(())
        });
        match pending {
            Err(Broken::Threw { class, message }) => [class, message],
            other => panic!("{other:?}"),
        }
    })
}

fn error(failure: Failure) -> impl FnOnce(&mut Env<'_>) -> jni::errors::Result<jint> {
    |env| <ThrowEngineException as ErrorPolicy<jint, Failure>>::on_error(env, &mut (), failure)
}

fn panicked(body: impl FnOnce() + std::panic::UnwindSafe) -> [String; 2] {
    let payload = catch_unwind(body).unwrap_err();
    thrown(|env| <ThrowEngineException as ErrorPolicy<jint, Failure>>::on_panic(env, &mut (), payload))
}

const OURS: &str = "org.keepone.engine.EngineException";

#[test]
fn a_failure_becomes_our_exception() {
    let null = Failure::Argument { argument: "reader", problem: Problem::Null };
    assert_eq!(thrown(error(null)), [OURS, "reader is null"]);
}

#[test]
fn the_text_of_a_panic_is_kept_whatever_made_it() {
    let number = 7;
    assert_eq!(panicked(move || panic!("boom {number}")), [OURS, "a mistake of this program: boom 7"]);
    assert_eq!(panicked(|| panic!("boom")), [OURS, "a mistake of this program: boom"]);
    assert_eq!(panicked(|| std::panic::panic_any(7)), [OURS, "a mistake of this program: no message"]);
}

#[test]
fn the_first_exception_stays() {
    let first = thrown(|env| {
        let _ = env.throw("the first");
        error(Failure::Argument { argument: "the second", problem: Problem::Null })(env)
    });
    assert_eq!(first, ["java.lang.RuntimeException", "the first"]);
}

#[test]
fn nothing_is_pending_after_a_call_that_threw() {
    on_the_machine(|env| {
        let broken = framed(env, |env| Ok(env.throw("broken")?));
        let message = "broken".to_owned();
        assert_eq!(broken, Err(Broken::Threw { class: "java.lang.RuntimeException".to_owned(), message }));
        assert!(!env.exception_check());
    });
}
