//! What a body says about the outcome of a call, before its data is decoded.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::client::operation::UpstreamResponse;
use crate::types::lenient;
use crate::types::serde_table::{self, FieldSlot, Names, OtherMembers};

/// The members of a body that say whether the call succeeded.
#[derive(Default)]
pub struct ResponseHead<'t> {
    status_code: Option<Integer>,
    /// The status in the older envelope.
    code: Option<Integer>,
    message: Option<Text>,
    api_code: Option<Integer>,
    request_id: Option<Text>,
    data: Option<Option<&'t RawValue>>,
    error: Option<Option<&'t RawValue>>,
    error_description: Option<Text>,
    /// Whether the body has other members.
    pub has_others: bool,
}

/// What the envelope says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum EnvelopeStatus {
    /// There is no envelope.
    Missing,
    /// The status is not an integer.
    Malformed,
    Code(i64),
}

impl<'t> ResponseHead<'t> {
    /// Reads the head of a JSON object.
    pub fn read(text: &'t str) -> serde_json::Result<Self> {
        read_object(text, HeadVisitor)
    }

    /// Whether the body has no members.
    pub fn is_empty(&self) -> bool {
        let members =
            [self.status_code.is_some(), self.code.is_some(), self.message.is_some(), self.api_code.is_some()];
        let others = [self.request_id.is_some(), self.data.is_some(), self.error.is_some(), self.has_others];
        !members.into_iter().chain(others).any(|is_present| is_present) && self.error_description.is_none()
    }

    /// Ignores a `code` that belongs to the data: without a message, it is not the older envelope's.
    pub fn ignore_code_of_data(&mut self) {
        if self.message.is_none() {
            self.code = None;
        }
    }

    pub fn envelope_status(&self) -> EnvelopeStatus {
        match (&self.status_code, &self.code) {
            (Some(Integer::Number(status)), _) => EnvelopeStatus::Code(*status),
            (Some(Integer::Malformed), _) => EnvelopeStatus::Malformed,
            (_, Some(Integer::Number(status))) => EnvelopeStatus::Code(*status),
            _ => EnvelopeStatus::Missing,
        }
    }

    /// The specific code of a failure; the older envelope has one code for both.
    pub fn api_code(&self) -> Option<i64> {
        match (&self.api_code, &self.status_code, &self.code) {
            (Some(Integer::Number(code)), ..) | (_, None, Some(Integer::Number(code))) => Some(*code),
            _ => None,
        }
    }

    pub fn message(&mut self) -> String {
        self.message.take().and_then(|Text(text)| text).unwrap_or_default()
    }

    pub fn request_id(&mut self) -> Option<String> {
        self.request_id.take()?.0
    }

    pub fn data(&self) -> Option<&'t RawValue> {
        self.data.flatten()
    }

    /// The member `error`, unless it says that there is none; empty if it is not text.
    pub fn error(&self) -> Option<String> {
        let error = self.error.flatten().filter(|error| !matches!(error.get(), "false" | "\"\""))?;
        Some(read(error).unwrap_or_default())
    }

    pub fn error_description(&mut self) -> Option<String> {
        self.error_description.take()?.0
    }
}

struct HeadVisitor;

impl<'t> Visitor<'t> for HeadVisitor {
    type Value = ResponseHead<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut head = ResponseHead::default();
        let fields: [(&str, &mut dyn FieldSlot<'t, A>); 8] = [
            ("statusCode", &mut head.status_code),
            ("message", &mut head.message),
            ("data", &mut head.data),
            ("apiCode", &mut head.api_code),
            ("requestId", &mut head.request_id),
            ("code", &mut head.code),
            ("error", &mut head.error),
            ("error_description", &mut head.error_description),
        ];
        let mut others = Others(false);
        fill(fields, Some(&mut others), map)?;
        head.has_others = others.0;
        Ok(head)
    }
}

/// Whether there are members that no field has the name of.
struct Others(bool);

impl<'de, A: MapAccess<'de>> OtherMembers<'de, A> for Others {
    fn insert(&mut self, _: String, map: &mut A) -> Result<(), A::Error> {
        self.0 = true;
        map.next_value::<IgnoredAny>().map(drop)
    }
}

/// Another service's response in a body.
#[derive(Default)]
pub struct UpstreamHead<'t> {
    payload: Option<Option<&'t RawValue>>,
    pub code: Option<Integer>,
    pub message: Option<Text>,
}

impl<'t> UpstreamHead<'t> {
    /// Reads the members with these names of a JSON object.
    pub fn read(text: &'t str, upstream: &UpstreamResponse) -> serde_json::Result<Self> {
        read_object(text, UpstreamVisitor(upstream))
    }

    pub fn payload(&self) -> Option<&'t RawValue> {
        self.payload.flatten()
    }
}

struct UpstreamVisitor<'a>(&'a UpstreamResponse);

impl<'t> Visitor<'t> for UpstreamVisitor<'_> {
    type Value = UpstreamHead<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'t>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut head = UpstreamHead::default();
        let fields: [(&str, &mut dyn FieldSlot<'t, A>); 3] =
            [(self.0.payload, &mut head.payload), (self.0.code, &mut head.code), (self.0.message, &mut head.message)];
        fill(fields, None, map)?;
        Ok(head)
    }
}

fn read_object<'t, V: Visitor<'t>>(text: &'t str, visitor: V) -> serde_json::Result<V::Value> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = json.deserialize_map(visitor)?;
    json.end().map(|()| value)
}

fn fill<'t, A: MapAccess<'t>, const N: usize>(
    fields: [(&'static str, &mut dyn FieldSlot<'t, A>); N],
    rest: Option<&mut dyn OtherMembers<'t, A>>,
    map: A,
) -> Result<(), A::Error> {
    let names = fields.each_ref().map(|(name, _)| *name);
    serde_table::fill(&mut fields.map(|(_, slot)| slot), Names { fields: &names, others: &[] }, rest, map)
}

/// An integer, or what means one.
#[derive(Clone, Copy)]
pub enum Integer {
    Null,
    Number(i64),
    Malformed,
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IntegerVisitor)
    }
}

struct IntegerVisitor;

impl<'de> Visitor<'de> for IntegerVisitor {
    type Value = Integer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Integer, E> {
        Ok(Integer::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Integer, E> {
        Ok(Integer::Malformed)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Integer, E> {
        Ok(Integer::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Integer, E> {
        Ok(i64::try_from(number).map_or(Integer::Malformed, Integer::Number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Integer, E> {
        Ok(lenient::whole(number).map_or(Integer::Malformed, Integer::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Integer, E> {
        Ok(lenient::integer_in(text).map_or(Integer::Malformed, Integer::Number))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Integer, A::Error> {
        IgnoredAny.visit_seq(seq).map(|_| Integer::Malformed)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Integer, A::Error> {
        IgnoredAny.visit_map(map).map(|_| Integer::Malformed)
    }
}

/// Text, a number, or a list of texts, which is joined; `None` for anything else.
pub struct Text(pub Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text, E> {
        Ok(Text(None))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Text, E> {
        Ok(Text(Some(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text, E> {
        Ok(Text(Some(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text, A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(text)) = seq.next_element()? {
            texts.extend(text);
        }
        Ok(Text(Some(texts.join("; "))))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Text, A::Error> {
        IgnoredAny.visit_map(map).map(|_| Text(None))
    }
}

/// Any member.
pub fn read<T: DeserializeOwned>(json: &RawValue) -> Option<T> {
    serde_json::from_str(json.get()).ok()
}
