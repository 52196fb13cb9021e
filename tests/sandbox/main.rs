//! The sandbox behaves like the service.

mod account;
mod admin;
mod browser;
mod cas;
mod end_to_end;
mod faults;
mod login_page;
mod operations;
mod other_clients;
mod qr_code_login;
mod received_requests;
mod server;
mod social_login;
mod tokens;
