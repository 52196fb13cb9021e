//! Values that expire, and are then forgotten.

use std::collections::HashMap;
use std::time::Duration;

/// Below this number, looking for what has expired is not worth it.
const MIN_SWEEP: usize = 1_000;

/// Values by their names, each until it expires.
pub struct Expiring<T> {
    entries: HashMap<String, Entry<T>>,
    /// The number of entries at which expired ones are looked for, so that inserting stays cheap.
    sweep_at: usize,
}

struct Entry<T> {
    value: T,
    expires_at: Duration,
}

impl<T> Default for Expiring<T> {
    fn default() -> Self {
        Self { entries: HashMap::new(), sweep_at: MIN_SWEEP }
    }
}

impl<T> Expiring<T> {
    pub fn insert(&mut self, name: String, value: T, now: Duration, expires_at: Duration) {
        if self.entries.len() >= self.sweep_at {
            self.forget_expired(now);
        }
        self.entries.insert(name, Entry { value, expires_at });
    }

    pub fn get(&self, name: &str, now: Duration) -> Option<&T> {
        self.entries.get(name).filter(|entry| now < entry.expires_at).map(|entry| &entry.value)
    }

    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.entries.get_mut(name).map(|entry| &mut entry.value)
    }

    /// Removes a value, and returns it unless it has expired.
    pub fn take(&mut self, name: &str, now: Duration) -> Option<T> {
        self.entries.remove(name).filter(|entry| now < entry.expires_at).map(|entry| entry.value)
    }

    pub fn extend(&mut self, name: &str, expires_at: Duration) {
        if let Some(entry) = self.entries.get_mut(name) {
            entry.expires_at = expires_at;
        }
    }

    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.entries.values().map(|entry| &entry.value)
    }

    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries.values_mut().map(|entry| &mut entry.value)
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.entries.retain(|_, entry| now < entry.expires_at);
        self.entries.shrink_to_fit();
        self.sweep_at = (2 * self.entries.len()).max(MIN_SWEEP);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expired_values_are_forgotten_while_others_are_inserted() {
        let mut values = Expiring::default();
        for second in 0..100_000 {
            let now = Duration::from_secs(second);
            values.insert(second.to_string(), second, now, now + Duration::from_secs(10));
            assert!(values.entries.len() <= MIN_SWEEP, "{} values at {second} s", values.entries.len());
        }
        let now = Duration::from_secs(100_004);
        assert_eq!((values.get("99999", now), values.get("99994", now)), (Some(&99_999), None));
        values.forget_expired(now + Duration::from_secs(60));
        assert_eq!((values.entries.len(), values.entries.capacity()), (0, 0));
    }
}
