//! Schemas that consist of themselves.

use std::collections::BTreeSet;

use super::Lint;
use crate::spec::Spec;
use crate::spec::schema::Schema;

impl Lint<'_> {
    /// Whether no schema consists of itself. A property may refer to the schema that it is in.
    pub(super) fn no_cycles(&mut self) -> bool {
        let mut none = true;
        for (name, named) in &self.spec.schemas {
            if leads_to(self.spec, &named.schema, name, &mut BTreeSet::new()) {
                let place = ["components", "schemas", name];
                self.report(&place, "consists of itself", "refer to it only from a property of an object");
                none = false;
            }
        }
        none
    }
}

fn leads_to<'a>(spec: &'a Spec, schema: &'a Schema, target: &str, seen: &mut BTreeSet<&'a str>) -> bool {
    if let Some(name) = schema.reference() {
        let is_new = seen.insert(name);
        let schema = spec.schema(name).filter(|_| is_new);
        return name == target || schema.is_some_and(|schema| leads_to(spec, schema, target, seen));
    }
    schema.object().is_none() && schema.parts().any(|part| leads_to(spec, part, target, seen))
}
