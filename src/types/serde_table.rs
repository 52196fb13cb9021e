//! serde for plain structs, driven by tables of their fields. The code that serde derives takes rustc several times as
//! long, since it repeats everything for each struct.

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use crate::types::lenient::Tolerant;

/// A struct whose fields `object!` declares.
pub trait Object<'de>: Sized {
    const NAME: &'static str;
    const FIELDS: &'static [&'static str];
    /// Whether a field takes all other members.
    const IS_OPEN: bool;

    fn from_map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Implements serde's traits for a struct. Each field is `required`, `optional`, `nullable` or a `collection`, and has a name in JSON,
/// and other names under which it is read. With a last field for all other members, `Serialize` is left to serde's derive.
macro_rules! object {
    ($object:ident { $($field:ident: $kind:ident $name:literal $(| $other:literal)*,)* }) => {
        $crate::types::serde_table::object! { @deserialize $object { $($field: $kind $name $(| $other)*,)* } {} }

        impl ::serde::Serialize for $object {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::types::serde_table::write::<Self, S>(&[$($crate::types::serde_table::$kind::written(&self.$field)),*], serializer)
            }
        }
    };
    ($object:ident { $($field:ident: $kind:ident $name:literal $(| $other:literal)*,)* ..$rest:ident }) => {
        $crate::types::serde_table::object! { @deserialize $object { $($field: $kind $name $(| $other)*,)* } { $rest } }
    };
    (@deserialize $object:ident { $($field:ident: $kind:ident $name:literal $(| $other:literal)*,)* } { $($rest:ident)? }) => {
        impl<'de> $crate::types::serde_table::Object<'de> for $object {
            const NAME: &'static str = stringify!($object);
            const FIELDS: &'static [&'static str] = &[$($name),*];
            const IS_OPEN: bool = !<[&str]>::is_empty(&[$(stringify!($rest))?]);

            fn from_map<A: ::serde::de::MapAccess<'de>>(map: A) -> ::std::result::Result<Self, A::Error> {
                const OTHER_NAMES: &[(&str, &str)] = &[$($(($other, $name),)*)*];
                $(let mut $field = None;)*
                $(let mut $rest = ::std::collections::HashMap::default();)?
                #[allow(unused_mut, unused_assignments)]
                let mut rest: ::std::option::Option<&mut dyn $crate::types::serde_table::OtherMembers<'de, A>> = None;
                $(rest = Some(&mut $rest);)?
                let names = $crate::types::serde_table::Names { fields: Self::FIELDS, others: OTHER_NAMES };
                $crate::types::serde_table::fill(&mut [$(&mut $field),*], names, rest, map)?;
                Ok(Self { $($field: $crate::types::serde_table::$kind::read($field, $name)?,)* $($rest)? })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $object {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::types::serde_table::read(deserializer)
            }
        }
    };
}

pub(crate) use object;

pub fn read<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let visitor = ObjectVisitor(PhantomData);
    // A struct gets its own fields only, where it is flattened into another one.
    if T::IS_OPEN {
        deserializer.deserialize_map(visitor)
    } else {
        deserializer.deserialize_struct(T::NAME, T::FIELDS, visitor)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_map(map)
    }
}

/// The names of an object's members.
#[derive(Clone, Copy)]
pub struct Names<'n> {
    pub fields: &'n [&'static str],
    /// Other names of fields, each with the field's own.
    pub others: &'n [(&'static str, &'static str)],
}

/// Reads the fields of these names into their slots, and the other members into `rest`, or skips them.
pub fn fill<'de, A: MapAccess<'de>>(
    slots: &mut [&mut dyn FieldSlot<'de, A>],
    names: Names,
    mut rest: Option<&mut dyn OtherMembers<'de, A>>,
    mut map: A,
) -> Result<(), A::Error> {
    while let Some(key) = map.next_key_seed(KeySeed { names, keeps_others: rest.is_some() })? {
        match (key, &mut rest) {
            (Key::Field(index), _) if !slots[index].is_filled() => slots[index].fill(&mut map)?,
            // A field with several names may come under each of them.
            (Key::Field(index), _) if !names.has_several(index) => {
                return Err(A::Error::duplicate_field(names.fields[index]));
            }
            (Key::Other(name), Some(rest)) => rest.insert(name, &mut map)?,
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
    }
    Ok(())
}

/// Where the value of a field is read into.
pub trait FieldSlot<'de, A: MapAccess<'de>> {
    fn is_filled(&self) -> bool;
    fn fill(&mut self, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> FieldSlot<'de, A> for Option<T> {
    fn is_filled(&self) -> bool {
        self.is_some()
    }

    fn fill(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = Some(map.next_value()?);
        Ok(())
    }
}

/// Where the members go that no field has the name of.
pub trait OtherMembers<'de, A: MapAccess<'de>> {
    fn insert(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> OtherMembers<'de, A> for HashMap<String, T> {
    fn insert(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        if let Tolerant(Some(value)) = map.next_value()? {
            HashMap::insert(self, name, value);
        }
        Ok(())
    }
}

impl Names<'_> {
    fn has_several(self, index: usize) -> bool {
        self.others.iter().any(|(_, field)| *field == self.fields[index])
    }

    fn index(self, name: &str) -> Option<usize> {
        let index = |name: &str| self.fields.iter().position(|field| *field == name);
        index(name).or_else(|| index(self.others.iter().find(|(other, _)| *other == name)?.1))
    }
}

/// The key of a member.
enum Key {
    Field(usize),
    /// Its name, if it is kept.
    Other(String),
}

struct KeySeed<'n> {
    names: Names<'n>,
    keeps_others: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(match self.names.index(name) {
            Some(index) => Key::Field(index),
            None if self.keeps_others => Key::Other(name.to_owned()),
            None => Key::Other(String::new()),
        })
    }
}

/// Writes the fields that are present.
pub fn write<'de, T: Object<'de>, S: Serializer>(
    values: &[Option<&dyn FieldValue<S::SerializeStruct>>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut object = serializer.serialize_struct(T::NAME, values.iter().flatten().count())?;
    for (name, value) in T::FIELDS.iter().zip(values) {
        match value {
            Some(value) => value.write(name, &mut object)?,
            None => object.skip_field(name)?,
        }
    }
    object.end()
}

/// The value of a field.
pub trait FieldValue<W: SerializeStruct> {
    fn write(&self, name: &'static str, object: &mut W) -> Result<(), W::Error>;
}

impl<T: Serialize, W: SerializeStruct> FieldValue<W> for T {
    fn write(&self, name: &'static str, object: &mut W) -> Result<(), W::Error> {
        object.serialize_field(name, self)
    }
}

/// A field that must be present.
pub mod required {
    use super::*;

    pub fn read<T, E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        slot.ok_or_else(|| E::missing_field(name))
    }

    pub fn written<T: Serialize, W: SerializeStruct>(value: &T) -> Option<&dyn FieldValue<W>> {
        Some(value)
    }
}

/// A field that may be missing or `null`.
pub mod optional {
    use super::*;

    pub fn read<T, E>(slot: Option<Tolerant<Option<T>>>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot.and_then(|Tolerant(value)| value).flatten())
    }

    pub fn written<T: Serialize, W: SerializeStruct>(value: &Option<T>) -> Option<&dyn FieldValue<W>> {
        value.as_ref().map(|value| value as _)
    }
}

/// A field that may be missing, and in a request also `null`.
pub mod nullable {
    use super::*;

    pub fn read<T, E>(slot: Option<Tolerant<Option<T>>>, _: &'static str) -> Result<Option<Option<T>>, E> {
        Ok(slot.and_then(|Tolerant(value)| value))
    }

    pub fn written<T: Serialize, W: SerializeStruct>(value: &Option<Option<T>>) -> Option<&dyn FieldValue<W>> {
        value.as_ref().map(|value| value as _)
    }
}

/// A list or map, empty if missing or `null`.
pub mod collection {
    use super::*;

    pub fn read<C: Collection, E>(slot: Option<Tolerant<Option<C>>>, _: &'static str) -> Result<C, E> {
        Ok(slot.and_then(|Tolerant(value)| value).flatten().unwrap_or_default())
    }

    pub fn written<C: Collection + Serialize, W: SerializeStruct>(value: &C) -> Option<&dyn FieldValue<W>> {
        (!value.is_empty()).then_some(value)
    }
}

/// A list or a map.
pub trait Collection: Default {
    fn is_empty(&self) -> bool;
}

impl<T> Collection for Vec<T> {
    fn is_empty(&self) -> bool {
        Vec::is_empty(self)
    }
}

impl<T> Collection for HashMap<String, T> {
    fn is_empty(&self) -> bool {
        HashMap::is_empty(self)
    }
}
