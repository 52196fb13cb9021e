//! The tickets that browsers bring back to an application that uses CAS.

use std::collections::HashMap;
use std::time::Duration;

const LIFE: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct Tickets {
    issued: HashMap<String, Ticket>,
}

pub struct Ticket {
    pub user_id: String,
    pub service: String,
    pub issued: Duration,
}

impl Tickets {
    pub fn add(&mut self, text: String, ticket: Ticket) {
        self.issued.insert(text, ticket);
    }

    /// Takes a ticket, which is used up even if it turns out to be another service's.
    pub fn take(&mut self, text: &str, now: Duration) -> Option<Ticket> {
        self.issued.remove(text).filter(|ticket| now < ticket.issued + LIFE)
    }
}
