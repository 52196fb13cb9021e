//! Items that administrators create, by collection, and who belongs to each.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// An item: the members of its JSON object.
pub type Item = Map<String, Value>;

#[derive(Default)]
pub struct Collections {
    items: BTreeMap<&'static str, Vec<Entry>>,
    members: Vec<Member>,
}

struct Entry {
    key: Vec<String>,
    item: Item,
}

struct Member {
    collection: &'static str,
    key: Vec<String>,
    target: Target,
}

/// Who belongs to an item: a `USER`, `GROUP`, `DEPARTMENT` or `ROLE`.
#[derive(Clone, PartialEq)]
pub struct Target {
    pub kind: String,
    pub id: String,
}

impl Target {
    pub fn new(kind: &str, id: &str) -> Self {
        // Data policies have another word for it.
        let kind = if kind == "ORG" { "DEPARTMENT" } else { kind };
        Self { kind: kind.to_owned(), id: id.to_owned() }
    }

    pub fn user(id: &str) -> Self {
        Self::new("USER", id)
    }
}

impl Collections {
    pub fn all(&self, collection: &str) -> impl DoubleEndedIterator<Item = (&[String], &Item)> {
        self.items.get(collection).into_iter().flatten().map(|entry| (entry.key.as_slice(), &entry.item))
    }

    pub fn get(&self, collection: &str, key: &[String]) -> Option<&Item> {
        self.all(collection).find(|(other, _)| *other == key).map(|(_, item)| item)
    }

    pub fn get_mut(&mut self, collection: &str, key: &[String]) -> Option<&mut Item> {
        let mut entries = self.items.get_mut(collection).into_iter().flatten();
        entries.find(|entry| entry.key == key).map(|entry| &mut entry.item)
    }

    pub fn add(&mut self, collection: &'static str, key: Vec<String>, item: Item) {
        self.items.entry(collection).or_default().push(Entry { key, item });
    }

    /// Removes an item, with its members; `false` if there is none.
    pub fn remove(&mut self, collection: &str, key: &[String]) -> bool {
        let Some(entries) = self.items.get_mut(collection) else { return false };
        let before = entries.len();
        entries.retain(|entry| entry.key != key);
        self.members.retain(|member| member.collection != collection || member.key != key);
        self.items.get(collection).is_some_and(|entries| entries.len() < before)
    }

    /// Gives an item another key.
    pub fn rename(&mut self, collection: &str, key: &[String], new: &[String]) {
        for entry in self.items.get_mut(collection).into_iter().flatten().filter(|entry| entry.key == key) {
            entry.key = new.to_vec();
        }
        for member in self.members.iter_mut().filter(|it| it.collection == collection && it.key == key) {
            member.key = new.to_vec();
        }
    }

    pub fn add_member(&mut self, collection: &'static str, key: &[String], target: Target) {
        if !self.members_of(collection, key).any(|other| *other == target) {
            self.members.push(Member { collection, key: key.to_vec(), target });
        }
    }

    pub fn remove_member(&mut self, collection: &str, key: &[String], target: &Target) {
        self.members.retain(|it| it.collection != collection || it.key != key || it.target != *target);
    }

    /// Removes a target from all items, or from those of one collection.
    pub fn remove_target(&mut self, target: &Target, collection: Option<&str>) {
        self.members.retain(|it| it.target != *target || collection.is_some_and(|name| it.collection != name));
    }

    pub fn members_of(&self, collection: &str, key: &[String]) -> impl Iterator<Item = &Target> {
        self.members.iter().filter(move |it| it.collection == collection && it.key == key).map(|it| &it.target)
    }

    /// The keys of the items to which one of the targets belongs.
    pub fn keys_with(&self, collection: &str, targets: &[Target]) -> Vec<&[String]> {
        let has = |key: &[String]| self.members_of(collection, key).any(|target| targets.contains(target));
        self.all(collection).map(|(key, _)| key).filter(|key| has(key)).collect()
    }

    /// A user, the user's groups and departments, and the roles that the user has directly or by way of those.
    pub fn targets_of_user(&self, user_id: &str) -> Vec<Target> {
        let mut targets = vec![Target::user(user_id)];
        for (collection, kind) in [("groups", "GROUP"), ("departments", "DEPARTMENT"), ("roles", "ROLE")] {
            let keys = self.keys_with(collection, &targets);
            let found: Vec<_> = keys.iter().filter_map(|key| Some(Target::new(kind, key.last()?))).collect();
            targets.extend(found);
        }
        targets
    }
}
