//! What became of a request of WeChat's on its way, as far as its texts tell: what people paste as a URL, and how a
//! signature was made that is not the one it should be. It knows no account and no body. A crate of its own, as it is
//! never in a hurry: it is compiled for size, which the rest of the core is not;
//! what is called from there says `inline(never)`, as otherwise it would be compiled there.

#![forbid(unsafe_code)]

mod hint;
mod names;
mod notation;
mod parameters;
mod pasted;
mod retyped;
mod signer;

pub use hint::{Hint, placeholder};
pub use names::{NAMES, is_timestamp};
pub use parameters::{Parameters, shown};
pub use pasted::Pasted;
pub use signer::{Signed, Signer, Suspects, bare, find};
