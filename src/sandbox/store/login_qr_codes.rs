//! QR codes that a user scans with a phone to sign in on a page.

use std::time::Duration;

use super::expiring::Expiring;

const LIFETIME: Duration = Duration::from_secs(2 * 60);
const TICKET_LIFETIME: Duration = Duration::from_secs(5 * 60);

#[derive(Default)]
pub struct LoginQrCodes {
    codes: Expiring<QrCodeStatus>,
    /// The ids of users by the tickets of their codes.
    tickets: Expiring<String>,
}

#[derive(Clone)]
pub enum QrCodeStatus {
    Pending,
    /// With the id of the user who scanned it, as in the others.
    Scanned(String),
    Authorized {
        user_id: String,
        ticket: String,
    },
    Canceled(String),
}

impl LoginQrCodes {
    pub fn create(&mut self, id: String, now: Duration) {
        self.codes.insert(id, QrCodeStatus::Pending, now, now + LIFETIME);
    }

    /// The status of a code that has not expired.
    pub fn status(&self, id: &str, now: Duration) -> Option<QrCodeStatus> {
        self.codes.get(id, now).cloned()
    }

    pub fn set_status(&mut self, id: &str, status: QrCodeStatus, now: Duration) {
        if let QrCodeStatus::Authorized { user_id, ticket } = &status {
            self.tickets.insert(ticket.clone(), user_id.clone(), now, now + TICKET_LIFETIME);
        }
        if let Some(current) = self.codes.get_mut(id) {
            *current = status;
        }
    }

    /// Takes a ticket, which works once; returns the id of its user.
    pub fn take_ticket(&mut self, ticket: &str, now: Duration) -> Option<String> {
        self.tickets.take(ticket, now)
    }

    pub fn forget_expired(&mut self, now: Duration) {
        self.codes.forget_expired(now);
        self.tickets.forget_expired(now);
    }
}
