//! What each byte of a push goes through: AES-256-CBC as an EncodingAESKey has it, and SHA-1 as a signature has it. A
//! crate of its own, as it is compiled for speed also where the core is compiled for size; code that is generic is
//! compiled as the crate is that uses it, so nothing in here is.

#![forbid(unsafe_code)]

mod cipher;
mod signature;

pub use cipher::{BLOCK, Cipher, KEY};
pub use signature::{Signature, sign};
