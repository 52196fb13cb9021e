//! serde for plain structs, driven by tables of their fields. The code that serde derives takes rustc several times as
//! long, since it repeats everything for each struct.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

/// A struct whose fields `object!` declares.
pub trait Object<'de>: Sized {
    const NAME: &'static str;
    const FIELDS: &'static [&'static str];

    fn from_map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// Implements serde's traits for a struct. Each field is `required`, `optional` or a `list`, and has a name in JSON.
macro_rules! object {
    ($object:ident { $($field:ident: $kind:ident $name:literal,)* }) => {
        impl<'de> $crate::types::serde_table::Object<'de> for $object {
            const NAME: &'static str = stringify!($object);
            const FIELDS: &'static [&'static str] = &[$($name),*];

            fn from_map<A: ::serde::de::MapAccess<'de>>(map: A) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = None;)*
                $crate::types::serde_table::fill(&mut [$(&mut $field),*], Self::FIELDS, map)?;
                Ok(Self { $($field: $crate::types::serde_table::$kind::read($field, $name)?),* })
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $object {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                $crate::types::serde_table::read(deserializer)
            }
        }

        impl ::serde::Serialize for $object {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::types::serde_table::write::<Self, S>(&[$($crate::types::serde_table::$kind::written(&self.$field)),*], serializer)
            }
        }
    };
}

pub(crate) use object;

pub fn read<'de, T: Object<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::FIELDS, ObjectVisitor(PhantomData))
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

/// Reads the fields of these names into their slots, and skips the others.
pub fn fill<'de, A: MapAccess<'de>>(
    slots: &mut [&mut dyn FieldSlot<'de, A>],
    names: &[&'static str],
    mut map: A,
) -> Result<(), A::Error> {
    while let Some(index) = map.next_key_seed(FieldIndexSeed(names))? {
        match index {
            Some(index) if slots[index].is_filled() => return Err(A::Error::duplicate_field(names[index])),
            Some(index) => slots[index].fill(&mut map)?,
            None => drop(map.next_value::<IgnoredAny>()?),
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

/// Deserializes the name of a field into its index.
struct FieldIndexSeed<'a>(&'a [&'static str]);

impl<'de> DeserializeSeed<'de> for FieldIndexSeed<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldIndexSeed<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|known| *known == name))
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

    pub fn read<T, E>(slot: Option<Option<T>>, _: &'static str) -> Result<Option<T>, E> {
        Ok(slot.flatten())
    }

    pub fn written<T: Serialize, W: SerializeStruct>(value: &Option<T>) -> Option<&dyn FieldValue<W>> {
        value.as_ref().map(|value| value as _)
    }
}

/// A list, empty if missing or `null`.
pub mod list {
    use super::*;

    pub fn read<T, E>(slot: Option<Option<Vec<T>>>, _: &'static str) -> Result<Vec<T>, E> {
        Ok(slot.flatten().unwrap_or_default())
    }

    #[allow(clippy::ptr_arg)] // A slice is unsized, and cannot be a trait object.
    pub fn written<T: Serialize, W: SerializeStruct>(value: &Vec<T>) -> Option<&dyn FieldValue<W>> {
        (!value.is_empty()).then_some(value)
    }
}
