//! JavaScript ↔ Rust and nothing else. This file says which interface to JavaScript is built.
//!
//! Node-API is the only one today. For wasm32 it will be a `wasm.rs` in place of `node.rs` and
//! `callback.rs`, over the same `wire.rs`.

#![deny(unsafe_code)]

mod accounts;
mod callback;
pub mod node;
mod random;
mod wire;
