//! Counts the leaf values of a record's JSON form without writing it: the record is walked, nothing is kept.

use std::fmt::Display;

use serde::Serialize;
use serde::ser::{self, Serializer};

/// The leaf values met so far. An array, an object and the name of a variant around them hold leaves and are none.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    pub(super) count: u32,
}

/// Why a record has no JSON form.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NoJson(String);

impl ser::Error for NoJson {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl Leaves {
    #[expect(clippy::unnecessary_wraps, reason = "what a serializer answers")]
    const fn leaf(&mut self) -> Result<(), NoJson> {
        self.count = self.count.saturating_add(1);
        Ok(())
    }
}

/// Values that are one leaf whatever they are.
macro_rules! one_leaf {
    ($($method:ident($kind:ty)),+ $(,)?) => {
        $(fn $method(self, _: $kind) -> Result<(), NoJson> {
            self.leaf()
        })+
    };
}

impl Serializer for &mut Leaves {
    type Ok = ();
    type Error = NoJson;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    one_leaf!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_f32(f32),
        serialize_f64(f64),
        serialize_char(char),
        serialize_str(&str),
        serialize_unit_struct(&'static str),
    );

    /// Bytes are an array of numbers.
    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), NoJson> {
        self.count = self.count.saturating_add(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        Ok(())
    }

    fn serialize_none(self) -> Result<(), NoJson> {
        self.leaf()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NoJson> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), NoJson> {
        self.leaf()
    }

    /// A variant without content is its name.
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), NoJson> {
        self.leaf()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NoJson> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), NoJson> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self, NoJson> {
        Ok(self)
    }

    fn collect_str<T: Display + ?Sized>(self, _: &T) -> Result<(), NoJson> {
        self.leaf()
    }
}

/// The parts of something that holds leaves: each is walked, names are not counted.
macro_rules! holds_leaves {
    ($($part:ident::$method:ident($($name:ty)?)),+ $(,)?) => {
        $(impl ser::$part for &mut Leaves {
            type Ok = ();
            type Error = NoJson;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $name,)? value: &T) -> Result<(), NoJson> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), NoJson> {
                Ok(())
            }
        })+
    };
}

holds_leaves!(
    SerializeSeq::serialize_element(),
    SerializeTuple::serialize_element(),
    SerializeTupleStruct::serialize_field(),
    SerializeTupleVariant::serialize_field(),
    SerializeStruct::serialize_field(&'static str),
    SerializeStructVariant::serialize_field(&'static str),
);

impl ser::SerializeMap for &mut Leaves {
    type Ok = ();
    type Error = NoJson;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), NoJson> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoJson> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), NoJson> {
        Ok(())
    }
}
