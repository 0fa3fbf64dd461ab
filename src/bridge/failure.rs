//! What can go wrong at the edge, in the words that Java shows. What was found out about a phone is never one of these.

use crate::language::{Language, Localized, Text};

/// An entry could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// A call of the virtual machine failed. Where an exception is pending, it is the one that Java sees.
    #[error("a call of the virtual machine failed")]
    Machine(#[from] jni::errors::Error),
    /// An argument that must not be null is, or is too large.
    #[error("{argument}: {problem}")]
    Argument {
        /// Which.
        argument: &'static str,
        /// What is wrong with it.
        problem: Problem,
    },
    /// The request is not of the documented form.
    #[error("the request is not of the documented form: {expected}")]
    Request {
        /// What was expected, in English.
        expected: String,
    },
    /// A file could not be read or written, or a callback broke its word.
    #[error("{en}")]
    Told {
        /// The code that Java sees.
        code: &'static str,
        /// The message in English.
        en: String,
        /// The message in Chinese.
        zh: String,
    },
}

/// What is wrong with an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
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
}

impl Failure {
    /// Returns the code that Java sees; it is stable.
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Machine(_) => "internal",
            Self::Argument { .. } => "bad-argument",
            Self::Request { .. } => "bad-input",
            Self::Told { code, .. } => code,
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
            Self::Request { expected } => Text::new(
                "the request is not of the documented form: {expected}",
                "请求不符合文档规定的格式：{expected}",
            )
            .fill(language, &[("expected", expected)]),
            Self::Told { en, zh, .. } => match language {
                Language::English => en.clone(),
                Language::Chinese => zh.clone(),
            },
        }
    }
}
