//! CAS service tickets.

use std::collections::HashMap;
use std::time::Duration;

const LIFETIME: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct CasTickets {
    issued: HashMap<String, CasTicket>,
}

pub struct CasTicket {
    pub user_id: String,
    pub service: String,
    pub issued_at: Duration,
}

impl CasTickets {
    pub fn add(&mut self, id: String, ticket: CasTicket) {
        self.issued.insert(id, ticket);
    }

    /// Takes a ticket, which is then used, even if it was issued for another service.
    pub fn take(&mut self, id: &str, now: Duration) -> Option<CasTicket> {
        self.issued.remove(id).filter(|ticket| now < ticket.issued_at + LIFETIME)
    }
}
