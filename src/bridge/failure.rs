//! What can go wrong at the edge, beside what the rooms behind it say ([`crate::failure`]). What was found out about a phone
//! is never one of these.

use crate::failure;
use crate::language::{Language, Localized, Text};

/// An entry could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A call of the virtual machine failed. Where an exception is pending, it is the one that Java sees.
    #[error("a call of the virtual machine failed")]
    Machine(#[from] jni::errors::Error),
    /// An argument is not what it must be.
    #[error("{argument}: {problem}")]
    Argument {
        /// Which.
        argument: &'static str,
        /// What is wrong with it.
        problem: Problem,
    },
    /// A room refused the request, or could not carry it out.
    #[error(transparent)]
    Room(#[from] failure::Failure),
}

/// What is wrong with an argument.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    /// It is null.
    #[error("null")]
    Null,
    /// It is larger than anything we read.
    #[error("{size} bytes, more than {limit}")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit.
        limit: usize,
    },
    /// A path that is not absolute, or holds what no path of ours does.
    #[error("not an absolute path of readable characters")]
    NoPath,
    /// It could not be taken out of Java.
    #[error("{0}")]
    NotTaken(String),
}

impl Failure {
    /// Returns the code that Java sees; it is stable.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Machine(_) => "internal",
            Self::Argument { .. } => "bad-argument",
            Self::Room(failure) => failure.code.id(),
        }
    }
}

impl Localized for Failure {
    fn localized(&self, language: Language) -> String {
        match self {
            Self::Machine(error) => {
                Text::new("a call of the virtual machine failed: {error}", "虚拟机调用失败：{error}")
                    .fill(language, &[("error", error)])
            }
            Self::Argument { argument, problem: Problem::Null } => {
                Text::new("{argument} is null", "参数 {argument} 为空")
                    .fill(language, &[("argument", argument)])
            }
            Self::Argument { argument, problem: Problem::TooLarge { size, limit } } => Text::new(
                "{argument} has {size} bytes, more than {limit}",
                "参数 {argument} 有 {size} 字节，超过上限 {limit}",
            )
            .fill(language, &[("argument", argument), ("size", size), ("limit", limit)]),
            Self::Argument { argument, problem: Problem::NoPath } => Text::new(
                "{argument} is no absolute path of readable characters",
                "参数 {argument} 不是由可读字符组成的绝对路径",
            )
            .fill(language, &[("argument", argument)]),
            Self::Argument { argument, problem: Problem::NotTaken(why) } => {
                Text::new("{argument} could not be read: {why}", "无法读取参数 {argument}：{why}")
                    .fill(language, &[("argument", argument), ("why", why)])
            }
            Self::Room(failure) => failure.localized(language),
        }
    }
}
