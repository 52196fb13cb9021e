//! Creates, reads, changes and deletes the items of a collection, as the OpenAPI document says in `x-genauth-sandbox`.

use std::mem;

use serde_json::{Map, Value, json};

use super::user_lookup::user_of;
use crate::sandbox::handlers::error::ApiError;
use crate::sandbox::handlers::request::Request;
use crate::sandbox::handlers::response::Response;
use crate::sandbox::handlers::{HandlerResult, ok, ok_empty};
use crate::sandbox::store::clock::iso8601;
use crate::sandbox::store::collections::{Item, Target};
use crate::sandbox::store::state::State;
use crate::spec::{CollectionAction, CollectionSpec, ResponseShape};
use crate::types::lenient;

/// What a missing part of a key stands for, such as the namespace of a role.
pub const DEFAULT: &str = "default";
/// The page size of a request that names none.
const LIMIT: usize = 10;

pub fn handle(state: &mut State, request: &Request) -> HandlerResult {
    let collection = request.operation.sandbox_collection.ok_or_else(|| ApiError::new(500, "no collection"))?;
    let arguments = request.arguments();
    Collection { spec: collection, request, arguments: &arguments }.handle(state)
}

struct Collection<'a> {
    spec: CollectionSpec,
    request: &'a Request,
    arguments: &'a Value,
}

impl Collection<'_> {
    fn handle(&self, state: &mut State) -> HandlerResult {
        match self.spec.action {
            CollectionAction::Create => {
                let item = self.create(state, self.arguments)?;
                Ok(self.respond_with(&item))
            }
            CollectionAction::CreateAll => {
                let items = self.listed().into_iter().map(|arguments| self.create(state, arguments));
                let items = items.collect::<Result<Vec<_>, _>>()?;
                Ok(self.respond_with_all(&items))
            }
            CollectionAction::Get => Ok(self.respond_with(self.find(state, &self.key(self.arguments))?)),
            CollectionAction::GetAll => {
                let keys = self.listed_keys();
                let items = keys.iter().filter_map(|key| state.collections.get(self.spec.name, key)).cloned();
                Ok(self.respond_with_all(&items.collect::<Vec<_>>()))
            }
            CollectionAction::List => Ok(self.respond_with_all(&self.list(state))),
            CollectionAction::Update => self.update(state),
            CollectionAction::Delete => self.delete(state, &[self.key(self.arguments)]),
            CollectionAction::DeleteAll => self.delete(state, &self.listed_keys()),
            CollectionAction::AddMembers => self.change_members(state, true),
            CollectionAction::RemoveMembers => self.change_members(state, false),
            CollectionAction::ListMembers => self.list_members(state),
            CollectionAction::ListOfUser => {
                let user_id = user_of(state, self.request)?;
                let targets = state.collections.targets_of_user(&user_id);
                let keys = state.collections.keys_with(self.spec.name, &targets);
                let items = keys.iter().filter_map(|key| state.collections.get(self.spec.name, key)).cloned();
                let items: Vec<_> = items.filter(|item| self.matches(item)).collect();
                Ok(self.respond_with_all(&items))
            }
        }
    }

    fn create(&self, state: &mut State, arguments: &Value) -> Result<Item, ApiError> {
        let now = iso8601(state.now());
        let mut item = Item::new();
        for name in self.spec.required {
            match *name {
                "createdAt" | "updatedAt" => drop(item.insert((*name).to_owned(), now.clone().into())),
                "id" => drop(item.insert((*name).to_owned(), state.id().into())),
                name if name.ends_with("Id") => drop(item.insert(name.to_owned(), state.id().into())),
                _ => {}
            }
        }
        item.extend(members(arguments));
        let key = self.key_of_item(&item);
        if state.collections.get(self.spec.name, &key).is_some() {
            return Err(ApiError::new(409, format!("there is one with this {}", self.spec.key.join(" and "))));
        }
        state.collections.add(self.spec.name, key, item.clone());
        Ok(item)
    }

    fn update(&self, state: &mut State) -> HandlerResult {
        let (now, key) = (iso8601(state.now()), self.key(self.arguments));
        self.find(state, &key)?;
        let mut new_key = key.clone();
        if let (Some(value), Some(last)) = (self.text(self.spec.rename), new_key.last_mut()) {
            *last = value;
        }
        if new_key != key && state.collections.get(self.spec.name, &new_key).is_some() {
            return Err(ApiError::new(409, "there is one with the new key"));
        }
        let item = state.collections.get_mut(self.spec.name, &key).ok_or_else(ApiError::not_found)?;
        for (name, value) in self.arguments.as_object().into_iter().flatten() {
            match value {
                Value::Null => drop(item.remove(name)),
                _ if self.spec.rename != Some(name) => drop(item.insert(name.clone(), value.clone())),
                _ => {}
            }
        }
        if let (Some(name), Some(value)) = (self.spec.key.last(), new_key.last()) {
            item.insert((*name).to_owned(), value.clone().into());
        }
        if item.contains_key("updatedAt") {
            item.insert("updatedAt".to_owned(), now.into());
        }
        let item = item.clone();
        state.collections.rename(self.spec.name, &key, &new_key);
        Ok(self.respond_with(&item))
    }

    fn delete(&self, state: &mut State, keys: &[Vec<String>]) -> HandlerResult {
        for key in keys {
            self.find(state, key)?;
        }
        for key in keys {
            state.collections.remove(self.spec.name, key);
        }
        Ok(self.succeed())
    }

    fn list(&self, state: &State) -> Vec<Item> {
        let items = state.collections.all(self.spec.name).map(|(_, item)| item);
        items.filter(|item| self.matches(item)).cloned().collect()
    }

    /// Whether an item has the values of the arguments that are named as its properties, and the keyword.
    fn matches(&self, item: &Item) -> bool {
        let arguments = self.arguments.as_object();
        let equal = arguments.into_iter().flatten().all(|(name, value)| {
            let is_key = self.spec.key.len() == 1 && self.spec.key[0] == name;
            is_key || item.get(name).is_none_or(|other| other == value)
        });
        let keyword = ["keywords", "keyword", "query"].iter().find_map(|name| self.arguments[*name].as_str());
        let has = |keyword| item.values().filter_map(Value::as_str).any(|value| value.contains(keyword));
        equal && keyword.is_none_or(has)
    }

    fn change_members(&self, state: &mut State, add: bool) -> HandlerResult {
        let key = self.key(self.arguments);
        self.find(state, &key)?;
        for target in self.targets(state)? {
            match add {
                true => state.collections.add_member(self.spec.name, &key, target),
                false => state.collections.remove_member(self.spec.name, &key, &target),
            }
        }
        Ok(self.succeed())
    }

    /// The targets in the argument: the ids of users, or objects with a type and an id.
    fn targets(&self, state: &State) -> Result<Vec<Target>, ApiError> {
        let targets = self.listed().into_iter().map(|value| target(state, value));
        targets.collect()
    }

    fn list_members(&self, state: &mut State) -> HandlerResult {
        let key = self.key(self.arguments);
        self.find(state, &key)?;
        let users = state.collections.members_of(self.spec.name, &key).filter(|target| target.kind == "USER");
        let users: Vec<_> = users.filter_map(|target| state.users.get(&target.id)).collect();
        let returns_ids = self.request.example_data()[0].is_string();
        Ok(match returns_ids {
            true => ok(users.iter().map(|user| json!(user.id)).collect()),
            false => self.page(users.iter().map(|user| user.to_json_with_custom_data()).collect()),
        })
    }

    fn find<'s>(&self, state: &'s State, key: &[String]) -> Result<&'s Item, ApiError> {
        state.collections.get(self.spec.name, key).ok_or_else(ApiError::not_found)
    }

    fn key(&self, arguments: &Value) -> Vec<String> {
        self.key_of_item(&members(arguments))
    }

    fn key_of_item(&self, item: &Item) -> Vec<String> {
        let part = |name: &&str| item.get(*name).and_then(Value::as_str).unwrap_or(DEFAULT).to_owned();
        self.spec.key.iter().map(part).collect()
    }

    /// The values in the argument that lists them.
    fn listed(&self) -> Vec<&Value> {
        match self.spec.argument.map(|name| &self.arguments[name]) {
            Some(Value::Array(values)) => values.iter().collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(value) => vec![value],
        }
    }

    /// The keys in the argument: as objects, or as the last part, after those in arguments of their own.
    fn listed_keys(&self) -> Vec<Vec<String>> {
        let key = |value: &Value| match value {
            Value::Object(_) => self.key(value),
            _ => {
                let mut key = self.key(self.arguments);
                if let (Some(last), Some(value)) = (key.last_mut(), value.as_str()) {
                    value.clone_into(last);
                }
                key
            }
        };
        self.listed().into_iter().map(key).collect()
    }

    fn text(&self, argument: Option<&str>) -> Option<String> {
        self.arguments[argument?].as_str().map(ToOwned::to_owned)
    }

    fn succeed(&self) -> Response {
        if self.request.example_data().is_null() { ok_empty() } else { ok(json!({ "success": true })) }
    }

    /// Responds with an item, if that is what the operation returns.
    fn respond_with(&self, item: &Item) -> Response {
        if matches!(self.request.operation.response.shape, ResponseShape::Bare | ResponseShape::BareWithCode) {
            return Response::Json(self.complete(item));
        }
        match self.request.example_data() {
            Value::Null => ok_empty(),
            Value::Object(example) if example.len() == 1 && example.contains_key("success") => self.succeed(),
            _ => ok(self.complete(item)),
        }
    }

    fn respond_with_all(&self, items: &[Item]) -> Response {
        self.page(items.iter().map(|item| self.complete(item)).collect())
    }

    /// The item in the form that the operation returns: what a response requires and the item does not have comes from
    /// the example.
    fn complete(&self, item: &Item) -> Value {
        let example: Item = serde_json::from_str(self.spec.example).unwrap_or_default();
        let members = example.into_iter().filter_map(|(name, example)| {
            let own = item.get(&name).and_then(|value| fitted(&example, value));
            let value = own.or_else(|| self.spec.required.contains(&&*name).then_some(example))?;
            Some((name, value))
        });
        Value::Object(members.collect())
    }

    /// Responds with the requested page, in the form that the operation returns.
    fn page(&self, items: Vec<Value>) -> Response {
        let total = items.len();
        let number = |name: &str| self.arguments[name].as_u64().and_then(|number| usize::try_from(number).ok());
        let has_pages = self.request.operation.has_argument("page");
        let limit = if has_pages { number("limit").unwrap_or(LIMIT) } else { usize::MAX };
        let skipped = number("page").filter(|_| has_pages).unwrap_or(1).saturating_sub(1).saturating_mul(limit);
        let page: Vec<_> = items.into_iter().skip(skipped).take(limit).collect();
        match self.request.example_data() {
            Value::Array(_) => ok(Value::Array(page)),
            Value::Object(example) if example.contains_key("list") => ok(json!({ "totalCount": total, "list": page })),
            _ => self.succeed(),
        }
    }
}

/// The id of a user, or an object with the type and the id of a target.
pub fn target(state: &State, value: &Value) -> Result<Target, ApiError> {
    let text = |names: [&str; 2]| names.iter().find_map(|name| value[*name].as_str());
    let target = match value.as_str() {
        Some(id) => Target::user(id),
        None => {
            let kind = text(["targetType", "type"]).unwrap_or_default();
            Target::new(kind, text(["targetIdentifier", "id"]).unwrap_or_default())
        }
    };
    if target.kind == "USER" && state.users.get(&target.id).is_none() {
        return Err(ApiError::user_not_found());
    }
    Ok(target)
}

/// A value in the form of an example; none if it has another one, as some properties of requests have.
fn fitted(example: &Value, value: &Value) -> Option<Value> {
    match (example, value) {
        (Value::Null, value) => Some(value.clone()),
        (Value::Object(example), Value::Object(value)) => {
            let member = |(name, example): (&String, &Value)| {
                let own = value.get(name).and_then(|value| fitted(example, value));
                (name.clone(), own.unwrap_or_else(|| example.clone()))
            };
            Some(example.iter().map(member).collect())
        }
        (Value::Number(_), value) => match lenient::integer_in(value.as_str().unwrap_or(&value.to_string())) {
            Some(number) => Some(number.into()),
            None => value.is_number().then(|| value.clone()),
        },
        (example, value) => (mem::discriminant(example) == mem::discriminant(value)).then(|| value.clone()),
    }
}

/// The members of an object that are not `null`.
fn members(object: &Value) -> Map<String, Value> {
    let members = object.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
    members.map(|(name, value)| (name.clone(), value.clone())).collect()
}
