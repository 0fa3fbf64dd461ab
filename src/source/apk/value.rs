//! What a typed attribute says, in the way the platform's `TypedArray` and `TypedValue` read it.
//!
//! Takes an attribute and its document, gives text, a truth value or a number; a reference stays a reference.

use std::borrow::Cow;

use super::axml::{Attribute, Document};
use super::resources::Resource;
use crate::source::snapshot::Stated;

const NULL: u8 = 0x00;
const REFERENCE: u8 = 0x01;
const ATTRIBUTE: u8 = 0x02;
const STRING: u8 = 0x03;
const FLOAT: u8 = 0x04;
const DYNAMIC_REFERENCE: u8 = 0x07;
const DYNAMIC_ATTRIBUTE: u8 = 0x08;
const FIRST_INT: u8 = 0x10;
const INT_HEX: u8 = 0x11;
const INT_BOOLEAN: u8 = 0x12;
const LAST_INT: u8 = 0x1f;

/// A value, its text borrowed from the document where that is possible.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// An integer, a colour or a truth value; with the type that says which.
    Integer { kind: u8, data: u32 },
    /// A floating-point number.
    Float(f32),
    /// A reference that stayed text, such as `@bool/name`.
    Reference(Cow<'a, str>),
    /// A reference to a resource by its id.
    Resource(u32),
    /// A reference to an attribute of a theme by its id.
    Attribute(u32),
    /// A dimension or fraction, whose text form nothing here needs.
    Other { kind: u8, data: u32 },
}

impl<'a> Value<'a> {
    /// Reads the value of `attribute`; `None` for `@null`, `@empty` and a string that is not in the pool.
    pub(super) fn read(document: &Document<'a>, attribute: &Attribute) -> Option<Self> {
        let data = attribute.data;
        match attribute.kind {
            NULL => None,
            STRING => document.string(data).map(Self::of_text),
            REFERENCE | DYNAMIC_REFERENCE if data == 0 => None,
            REFERENCE | DYNAMIC_REFERENCE => Some(Self::Resource(data)),
            ATTRIBUTE | DYNAMIC_ATTRIBUTE => Some(Self::Attribute(data)),
            FLOAT => Some(Self::Float(f32::from_bits(data))),
            kind @ FIRST_INT..=LAST_INT => Some(Self::Integer { kind, data }),
            kind => Some(Self::Other { kind, data }),
        }
    }

    /// Takes a value of the resource table.
    pub(super) fn of_resource(resource: Resource) -> Self {
        match resource {
            Resource::Text(text) => Self::Text(text.into()),
            Resource::Data { kind: FLOAT, data } => Self::Float(f32::from_bits(data)),
            Resource::Data { kind: kind @ FIRST_INT..=LAST_INT, data } => Self::Integer { kind, data },
            Resource::Data { kind, data } => Self::Other { kind, data },
        }
    }

    /// Tells a reference that stayed text, as in a manifest that was compiled without its resources, from other text.
    fn of_text(text: Cow<'a, str>) -> Self {
        if is_reference(&text) { Self::Reference(text) } else { Self::Text(text) }
    }

    /// Returns the value as text (`TypedValue.coerceToString`), a reference as written.
    pub(super) fn text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) | Self::Reference(text) => text,
            Self::Resource(id) => format!("@{id:#010x}").into(),
            Self::Attribute(id) => format!("?{id:#010x}").into(),
            Self::Integer { kind: INT_BOOLEAN, data } => if data == 0 { "false" } else { "true" }.into(),
            Self::Integer { kind: INT_HEX, data } => format!("0x{data:x}").into(),
            Self::Integer { data, .. } => data.cast_signed().to_string().into(),
            Self::Float(number) => number.to_string().into(),
            Self::Other { kind, data } => format!("(type {kind:#04x}) {data:#010x}").into(),
        }
    }

    /// Returns the value as stated text.
    pub(super) fn stated(self) -> Stated<String> {
        let is_reference = self.is_reference();
        let text = self.text().into_owned();
        if is_reference { Stated::Reference { reference: text } } else { Stated::Value(text) }
    }

    /// Returns the value as a truth value (`TypedArray.getBoolean`): a number is true unless 0, text is true when it is
    /// `1`, `true` or `TRUE`; `None` for empty text, which means the default.
    pub(super) fn boolean(self) -> Option<Stated<bool>> {
        match self {
            value if value.is_reference() => Some(Stated::Reference { reference: value.text().into_owned() }),
            Self::Integer { data, .. } => Some(Stated::Value(data != 0)),
            value => parse_boolean(&value.text()).map(Stated::Value),
        }
    }

    /// Returns the value as a number (`TypedArray.getInt`).
    ///
    /// # Errors
    /// The text when it is a reference or no number.
    pub(super) fn integer(self) -> Result<i32, Cow<'a, str>> {
        match self {
            Self::Integer { data, .. } => Ok(data.cast_signed()),
            value if value.is_reference() => Err(value.text()),
            value => {
                let text = value.text();
                parse_integer(&text).ok_or(text)
            }
        }
    }

    /// Returns whether it is a reference that nothing has resolved.
    pub(super) const fn is_reference(&self) -> bool {
        matches!(self, Self::Reference(_) | Self::Resource(_) | Self::Attribute(_))
    }
}

/// Reads a truth value from text (`XmlUtils.convertValueToBoolean`); `None` when it is empty.
pub(super) fn parse_boolean(text: &str) -> Option<bool> {
    (!text.is_empty()).then_some(matches!(text, "1" | "true" | "TRUE"))
}

/// Reads a number from text (`XmlUtils.convertValueToInt`): a sign, then decimal, `0x` or `#` hexadecimal, or octal.
pub(super) fn parse_integer(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (radix, digits) = if let Some(rest) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X"))
    {
        (16, rest)
    } else if let Some(rest) = digits.strip_prefix('#') {
        (16, rest)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (8, digits.strip_prefix('0').unwrap_or(digits))
    } else {
        (10, digits)
    };
    let number = i32::from_str_radix(digits, radix).ok()?;
    if negative { number.checked_neg() } else { Some(number) }
}

/// Tells whether `text` is a reference: by number (`@0x7f050001`), in source form (`@type/name`, `@package:type/name`,
/// `?attr/name`, `@+id/name`), or the placeholder of a build (`${name}`).
pub(super) fn is_reference(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['@', '?']) else {
        // The single character is found much faster, and is seldom there.
        return text.contains('$') && text.contains("${");
    };
    if rest.len() == 10 && rest.strip_prefix("0x").is_some_and(|id| u32::from_str_radix(id, 16).is_ok()) {
        return true;
    }
    let rest = rest.trim_start_matches(['+', '*']);
    let Some((kind, name)) = rest.split_once('/') else { return text.starts_with("@{") };
    let kind = kind.rsplit(':').next().unwrap_or(kind);
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-$^".contains(&b))
    };
    is_word(kind) && is_word(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_text_are_read_as_android_reads_them() {
        let cases = [
            ("-1", Some(-1)),
            ("1000", Some(1000)),
            ("0x10", Some(16)),
            ("#ff", Some(255)),
            ("010", Some(8)),
        ];
        for (text, number) in cases {
            assert_eq!(parse_integer(text), number, "{text}");
        }
        for text in ["", "-", "@integer/x", "1.5", "99999999999"] {
            assert_eq!(parse_integer(text), None, "{text:?}");
        }
    }

    #[test]
    fn references_in_source_form_are_told_from_text() {
        for text in [
            "@bool/x",
            "@android:string/ok",
            "?attr/a",
            "@+id/n",
            "${applicationId}.provider",
            "@{minSdk}",
            "@0x7f050001",
        ] {
            assert!(is_reference(text), "{text}");
        }
        for text in ["", "@", "Mail @ home", "@home", "?", "a/b", "@ /x", "@string/two words"] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn empty_text_means_the_default() {
        assert_eq!(parse_boolean(""), None);
        assert_eq!(parse_boolean("true"), Some(true));
        assert_eq!(parse_boolean("True"), Some(false));
    }
}
