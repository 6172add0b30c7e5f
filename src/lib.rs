//! JavaScript ↔ Rust and nothing else. This file says which interface to JavaScript is built: Node-API, or for
//! wasm32 exports over linear memory.

#![deny(unsafe_code)]

mod accounts;
mod call;
#[cfg(not(target_arch = "wasm32"))]
mod callback;
mod functions;
#[cfg(not(target_arch = "wasm32"))]
pub mod node;
mod numbered;
mod random;
// With the tests, so that every machine compiles and checks it.
#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code))]
mod wasm;
mod wire;
