//! progenitor's client and types: the plumbing under the methods, made by `build.rs`.

#![allow(unused_imports, unused_mut)]

include!(concat!(env!("OUT_DIR"), "/client.rs"));
