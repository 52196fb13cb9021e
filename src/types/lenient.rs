//! Deserializing JSON whose types are not always the documented ones.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::{Map, Value};

use super::mismatch::Mismatch;

/// The name of the newtype around an optional member. Only this module's deserializer knows it: it calls `visit_some`
/// instead of `visit_newtype_struct`, so that the visitor may leave out what cannot be read.
const TOLERANT: &str = "$genauth::Tolerant";

/// Reads a value whose members may have other JSON types than documented: a number in text, or text as a number; a single
/// value as a list; a list of words as text. Leaves out optional members that cannot be read.
pub fn read<T: DeserializeOwned>(value: &Value) -> Result<T, Mismatch> {
    T::deserialize(Node { value, mode: Mode::Lenient })
}

/// Reads a value of exactly the expected JSON types.
#[cfg(any(feature = "events", test))]
pub fn read_strictly<T: DeserializeOwned>(value: &Value) -> Result<T, Mismatch> {
    T::deserialize(Node { value, mode: Mode::Strict })
}

/// A deserializer of exactly the expected JSON types.
#[cfg(feature = "dynamic")]
pub fn strict(value: &Value) -> impl Deserializer<'_, Error = Mismatch> {
    Node { value, mode: Mode::Strict }
}

/// An optional member; `None` if it is there, but cannot be read leniently.
pub struct Tolerant<T>(pub Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Tolerant<T> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TOLERANT, TolerantVisitor(PhantomData))
    }
}

/// Reads a list without the items that cannot be read leniently.
pub fn readable_items<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let items = Option::<Vec<Tolerant<T>>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(items.into_iter().filter_map(|Tolerant(item)| item).collect())
}

struct TolerantVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TolerantVisitor<T> {
    type Value = Tolerant<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member")
    }

    #[inline]
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::deserialize(deserializer).map(|value| Tolerant(Some(value)))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Ok(Tolerant(T::deserialize(deserializer).ok()))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Strict,
    Lenient,
    /// Lenient, for an optional member: a list of words may be text, as in `scope`.
    Optional,
}

#[derive(Clone, Copy)]
struct Node<'a> {
    value: &'a Value,
    mode: Mode,
}

impl<'a> Node<'a> {
    fn inner(self, value: &'a Value) -> Self {
        let mode = if self.mode == Mode::Strict { Mode::Strict } else { Mode::Lenient };
        Self { value, mode }
    }

    fn is_lenient(self) -> bool {
        self.mode != Mode::Strict
    }

    fn members(self, members: &'a Map<String, Value>, fields: &'static [&'static str]) -> Members<'a> {
        Members { node: self, members: members.iter(), fields, current: None }
    }

    /// The integer that a float or text means.
    fn integer(self) -> Option<i64> {
        match self.value {
            Value::Number(number) if self.is_lenient() => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Value::String(text) if self.is_lenient() => integer_in(text),
            _ => None,
        }
    }

    fn number(self) -> Option<f64> {
        let text = self.value.as_str().filter(|_| self.is_lenient())?;
        text.trim().parse().ok().filter(|number: &f64| number.is_finite())
    }

    fn boolean(self) -> Option<bool> {
        match self.value {
            Value::String(text) if self.is_lenient() => text.trim().to_ascii_lowercase().parse().ok(),
            Value::Number(number) if self.is_lenient() => match number.as_u64()? {
                0 => Some(false),
                1 => Some(true),
                _ => None,
            },
            _ => None,
        }
    }

    fn text(self) -> Option<String> {
        match self.value {
            Value::Number(number) if self.is_lenient() => Some(number.to_string()),
            Value::Bool(boolean) if self.is_lenient() => Some(boolean.to_string()),
            Value::Array(words) if self.mode == Mode::Optional => {
                let words = words.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
                Some(words.join(" "))
            }
            _ => None,
        }
    }

    fn is_scalar(self) -> bool {
        matches!(self.value, Value::Bool(_) | Value::Number(_) | Value::String(_))
    }
}

/// The integer that a float is, if it is one.
pub fn whole(number: f64) -> Option<i64> {
    // Up to here, a float has every integer.
    const MAX: f64 = (1_i64 << 53) as f64;
    (number.fract() == 0.0 && number.abs() <= MAX).then_some(number as i64)
}

/// The integer in a text.
pub fn integer_in(text: &str) -> Option<i64> {
    text.trim().parse().ok().or_else(|| whole(text.trim().parse().ok()?))
}

macro_rules! deserialize_integer {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match self.integer() {
                Some(integer) => match u64::try_from(integer) {
                    Ok(integer) => visitor.visit_u64(integer),
                    Err(_) => visitor.visit_i64(integer),
                },
                None => self.deserialize_any(visitor),
            }
        })*
    };
}

macro_rules! deserialize_float {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match self.number() {
                Some(number) => visitor.visit_f64(number),
                None => self.deserialize_any(visitor),
            }
        })*
    };
}

macro_rules! deserialize_text {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match self.text() {
                Some(text) => visitor.visit_string(text),
                None => self.deserialize_any(visitor),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(boolean) => visitor.visit_bool(*boolean),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => visitor.visit_u64(number),
                (None, Some(number)) => visitor.visit_i64(number),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items { node: self, items, index: 0 }),
            Value::Object(members) => visitor.visit_map(self.members(members, &[])),
        }
    }

    deserialize_integer!(deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128);
    deserialize_integer!(deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128);
    deserialize_float!(deserialize_f32 deserialize_f64);
    deserialize_text!(deserialize_str deserialize_string);

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.boolean() {
            Some(boolean) => visitor.visit_bool(boolean),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.is_lenient() && self.is_scalar() {
            let items = std::slice::from_ref(self.value);
            return visitor.visit_seq(Items { node: self, items, index: 0 });
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        if name == TOLERANT && self.is_lenient() {
            return visitor.visit_some(Self { mode: Mode::Optional, ..self });
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.value {
            Value::Object(members) => visitor.visit_map(self.members(members, fields)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.value {
            Value::String(variant) => visitor.visit_enum(variant.as_str().into_deserializer()),
            Value::Object(members) => visitor.visit_enum(MapAccessDeserializer::new(self.members(members, &[]))),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'a> {
    node: Node<'a>,
    items: &'a [Value],
    index: usize,
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        let index = self.index;
        let Some(item) = self.items.get(index) else { return Ok(None) };
        self.index += 1;
        seed.deserialize(self.node.inner(item)).map(Some).map_err(|mismatch| mismatch.inside(&format!("[{index}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.index)
    }
}

struct Members<'a> {
    node: Node<'a>,
    members: serde_json::map::Iter<'a>,
    /// The keys that are names of fields.
    fields: &'static [&'static str],
    current: Option<(&'a String, &'a Value)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        self.current = self.members.next();
        let Some((key, _)) = self.current else { return Ok(None) };
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mismatch> {
        let (key, value) = self.current.take().ok_or_else(|| Mismatch::new("a value without a key"))?;
        let field = self.fields.iter().find(|field| *field == key).unwrap_or(&"*");
        seed.deserialize(self.node.inner(value)).map_err(|mismatch| mismatch.inside(field))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde_json::json;

    use super::*;

    #[test]
    fn other_json_types_are_read() {
        assert_eq!(read::<i64>(&json!("3600")).unwrap(), 3600);
        assert_eq!(read::<i64>(&json!(3600.0)).unwrap(), 3600);
        assert_eq!(read::<i64>(&json!(i64::MAX)).unwrap(), i64::MAX);
        assert_eq!(read::<f64>(&json!("0.5")).unwrap(), 0.5);
        assert!(read::<bool>(&json!("True")).unwrap());
        assert!(!read::<bool>(&json!(0)).unwrap());
        assert_eq!(read::<String>(&json!(1)).unwrap(), "1");
        assert_eq!(read::<Vec<String>>(&json!("pwd")).unwrap(), ["pwd"]);
        for value in [json!("a"), json!(1.5), json!([1]), json!(1e300)] {
            assert!(read::<i64>(&value).is_err(), "{value}");
        }
    }

    #[test]
    fn list_of_words_is_text_in_an_optional_member_only() {
        let scope = json!(["openid", "profile"]);
        assert_eq!(read::<Tolerant<String>>(&scope).unwrap().0.as_deref(), Some("openid profile"));
        assert!(read::<String>(&scope).is_err());
    }

    #[test]
    fn optional_member_that_cannot_be_read_is_left_out_leniently_only() {
        assert_eq!(read::<Tolerant<i64>>(&json!({})).unwrap().0, None);
        assert!(read_strictly::<Tolerant<i64>>(&json!({})).is_err());
        assert!(serde_json::from_str::<Tolerant<i64>>("{}").is_err());
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Tea {
        kind: Kind,
        cups: HashMap<String, Vec<u8>>,
    }

    #[derive(Debug, Deserialize)]
    enum Kind {
        Green,
    }

    #[test]
    fn mismatch_shows_neither_values_nor_keys_of_maps() {
        let mismatch = |value: Value| {
            let tea = read_strictly::<Tea>(&value).map(|Tea { kind, cups }| (kind, cups));
            tea.unwrap_err().to_string()
        };
        let kind = "Green";
        assert_eq!(mismatch(json!({"kind": "a-secret"})), "kind: unknown variant");
        assert_eq!(mismatch(json!({"kind": kind, "a-secret": 1})), ": unknown field");
        assert_eq!(mismatch(json!({"kind": kind})), ": missing field `cups`");
        assert_eq!(
            mismatch(json!({"kind": kind, "cups": {"+8618812348888": ["a-secret"]}})),
            "cups.*[0]: expected u8, found string"
        );
    }
}
