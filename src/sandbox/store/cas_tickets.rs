//! CAS service tickets.

use std::time::Duration;

use super::expiring::Expiring;

const LIFETIME: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct CasTickets {
    issued: Expiring<CasTicket>,
}

pub struct CasTicket {
    pub user_id: String,
    pub service: String,
    pub issued_at: Duration,
}

impl CasTickets {
    pub fn add(&mut self, id: String, ticket: CasTicket) {
        let issued_at = ticket.issued_at;
        self.issued.insert(id, ticket, issued_at, issued_at + LIFETIME);
    }

    /// Takes a ticket, which is then used, even if it was issued for another service.
    pub fn take(&mut self, id: &str, now: Duration) -> Option<CasTicket> {
        self.issued.take(id, now)
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.issued.forget_expired(now);
    }
}
