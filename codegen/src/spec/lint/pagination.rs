//! Rules for `x-genauth-pagination`.

use super::{Lint, SEE_README};
use crate::spec::extensions::Pagination;
use crate::spec::operation::Operation;
use crate::spec::schema::{Property, Schema, Shape};

impl Lint<'_> {
    pub(super) fn pagination(&mut self, operation: &Operation) {
        let Some(pagination) = &operation.extensions.pagination else { return };
        let place = operation.place("x-genauth-pagination");
        match pagination {
            Pagination::Numbered(pages) => {
                for name in [&pages.page, &pages.limit] {
                    self.taken(&place, operation, name, |shape| matches!(shape, Shape::Integer), "an integer");
                }
                if pages.page == pages.limit {
                    self.report(&place, "`page` and `limit` are one parameter", SEE_README);
                }
                let total = pages.total.as_deref();
                self.returned(&place, operation, total, |shape| matches!(shape, Shape::Integer), "an integer");
                if pages.items.is_none() && total.is_some() {
                    self.report(&place, "`total` without `items`", "say which property has the items");
                }
            }
            Pagination::Linked(pages) => {
                let is_cursor = |shape: &Shape| matches!(shape, Shape::Integer | Shape::String(None));
                self.taken(&place, operation, &pages.cursor, is_cursor, "a string or an integer");
                self.returned(&place, operation, Some(&pages.next), is_cursor, "a string or an integer");
                let more = pages.more.as_deref();
                self.returned(&place, operation, more, |shape| matches!(shape, Shape::Boolean), "a boolean");
            }
        }
        if self.spec.enveloped(operation).is_some_and(|enveloped| !enveloped.required) {
            self.report(&place, "the response has no required `data`", SEE_README);
        }
    }

    /// A parameter, or the path of a property in the body, that requests may have.
    fn taken(&mut self, place: &[&str], operation: &Operation, name: &str, fits: fn(&Shape) -> bool, what: &str) {
        let parameter = operation.parameter(name).map(|parameter| (&parameter.schema, parameter.required));
        let property = || {
            let body = self.spec.schema(&operation.body.as_ref()?.schema)?;
            self.optional_path(body, name).map(|property| (&property.schema, false))
        };
        if !parameter.or_else(property).is_some_and(|(schema, required)| !required && fits(&schema.shape)) {
            self.report(place, format!("no optional parameter or property `{name}` that is {what}"), SEE_README);
        }
    }

    /// The property at a path of optional ones, in objects that are made of nothing.
    fn optional_path<'s>(&'s self, schema: &'s Schema, path: &str) -> Option<&'s Property> {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        let object = self.spec.resolve(schema).object()?;
        let property = object.property(first).filter(|_| !object.is_required(first))?;
        let Some(rest) = rest else { return Some(property) };
        let inner = self.spec.resolve(&property.schema);
        inner.object().filter(|object| object.required.is_empty())?;
        self.optional_path(inner, rest)
    }

    fn returned(
        &mut self,
        place: &[&str],
        operation: &Operation,
        name: Option<&str>,
        fits: fn(&Shape) -> bool,
        what: &str,
    ) {
        let properties = self.spec.data(operation).map(|data| self.spec.properties(data)).unwrap_or_default();
        let property = properties.iter().find(|(property, _)| Some(&*property.name) == name);
        if property.is_some_and(|(property, _)| !fits(&property.schema.shape)) {
            self.report(place, format!("`{}` is not {what}", name.unwrap_or_default()), SEE_README);
        }
    }
}
