//! Reads a request that is one of several: a JSON object whose `ask` names the variant of an enum, beside the variant's own
//! fields. What serde calls internally tagged; but serde keeps the whole object aside before it reads the variant, and
//! needs a second reader for every type inside. Here the object is gone through twice, and has one.

use std::borrow::Cow;

use serde::de::value::CowStrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, IgnoredAny,
    IntoDeserializer as _, MapAccess, VariantAccess, Visitor,
};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::Error;

/// The field that names the variant.
const ASK: &str = "ask";

/// Reads a request.
///
/// # Errors
/// When the bytes are no JSON object, `ask` is missing or names no variant, or the rest is not of the variant's form.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        ask: Cow<'a, str>,
    }
    let Named { ask } = serde_json::from_slice(bytes)?;
    T::deserialize(Request { ask, bytes })
}

/// An object, and the variant that it names.
struct Request<'a> {
    ask: Cow<'a, str>,
    bytes: &'a [u8],
}

impl<'de> Deserializer<'de> for Request<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> EnumAccess<'de> for Request<'de> {
    type Error = Error;
    type Variant = Object<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Object<'de>), Error> {
        let ask: CowStrDeserializer<'_, Error> = self.ask.into_deserializer();
        Ok((seed.deserialize(ask)?, Object(self.bytes)))
    }
}

/// The object of a request: the variant, but for its name.
struct Object<'a>(&'a [u8]);

impl<'de> VariantAccess<'de> for Object<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        self.struct_variant(&[], Nothing)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let mut object = serde_json::Deserializer::from_slice(self.0);
        let value = object.deserialize_map(Fields(visitor))?;
        object.end()?;
        Ok(value)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, Error> {
        Err(Error::custom("a request has named fields"))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("a request has named fields"))
    }
}

/// Takes no field.
struct Nothing;

impl<'de> Visitor<'de> for Nothing {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a request without fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        match map.next_key::<Cow<'_, str>>()? {
            None => Ok(()),
            Some(field) => Err(A::Error::custom(format!("unknown field `{field}`, there are no fields"))),
        }
    }
}

/// Shows a visitor the fields of an object but the name of the variant.
struct Fields<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Fields<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Others(map))
    }
}

struct Others<A>(A);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Others<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(field) = self.0.next_key::<Cow<'_, str>>()? {
            if field != ASK {
                return seed.deserialize(field.into_deserializer()).map(Some);
            }
            self.0.next_value::<IgnoredAny>()?;
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// As requests are, and with serde's own tag.
    macro_rules! twice {
        ($($attribute:tt)*) => {
            #[derive(Debug, Deserialize, PartialEq)]
            #[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case", deny_unknown_fields)]
            $($attribute)* {
                Watch,
                Set {
                    some_package: String,
                    #[serde(default)]
                    user: u32,
                    facts: Option<Box<Inner>>,
                },
            }
        };
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(tag = "kind", rename_all = "kebab-case")]
    enum Inner {
        One { ask: u8 },
    }

    mod tagged {
        use super::*;
        twice! { #[serde(tag = "ask")] pub(super) enum Asked }
    }

    twice! { enum Asked }

    fn both(text: &str) -> (Result<Asked, Error>, Result<tagged::Asked, Error>) {
        (read(text.as_bytes()), serde_json::from_str(text))
    }

    #[test]
    fn a_request_is_read_wherever_its_name_stands() {
        let set = r#"{"user":10,"ask":"set","some-package":"a.b","facts":{"ask":1,"kind":"one"}}"#;
        let (Ok(Asked::Set { some_package, user, facts }), _) = both(set) else { panic!("{:?}", both(set)) };
        assert_eq!(
            (some_package.as_str(), user, facts.as_deref()),
            ("a.b", 10, Some(&Inner::One { ask: 1 }))
        );
        assert_eq!(both(r#"{"ask":"watch"}"#).0.unwrap(), Asked::Watch);
        assert_eq!(both(r#"{"\u0061sk":"w\u0061tch"}"#).0.unwrap(), Asked::Watch);
    }

    proptest! {
        #[test]
        fn what_serde_makes_of_it_is_made_of_it(
            fields in proptest::sample::subsequence(
                vec![
                    r#""ask":"set""#, r#""ask":"watch""#, r#""ask":1"#, r#""ask":"other""#, r#""some-package":"a""#,
                    r#""some-package":2"#, r#""user":3"#, r#""user":-1"#, r#""facts":null"#,
                    r#""facts":{"kind":"one","ask":2}"#, r#""facts":{"kind":"two"}"#, r#""more":[{}]"#,
                ],
                0..5,
            ).prop_shuffle(),
            end in prop_oneof![9 => Just("}"), 1 => Just("} {"), 1 => Just("")],
        ) {
            let text = format!("{{{}{end}", fields.join(","));
            let (here, there) = both(&text);
            let said = |value: &dyn std::fmt::Debug| format!("{value:?}");
            match (here, there) {
                (Ok(here), Ok(there)) => prop_assert_eq!(said(&here), said(&there), "{}", text),
                (Err(_), Err(_)) => {}
                // serde passes over fields of a variant that has none
                (Err(error), Ok(tagged::Asked::Watch)) => prop_assert!(fields.len() > 1, "{}: {}", text, error),
                (here, there) => prop_assert!(false, "{}: {:?}, {:?}", text, here, there),
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _: Result<Asked, Error> = read(&bytes);
        }
    }
}
