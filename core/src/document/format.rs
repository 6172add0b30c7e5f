//! The data format of a body.

use crate::rejection::Rejection;
use crate::text::trim;

/// How deep elements and objects may stand in each other.
pub(crate) const MAX_DEPTH: usize = 32;

/// The data format of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `<xml>…</xml>`
    Xml,
    /// `{…}`
    Json,
}

impl Format {
    /// The format of a body, told by its first character, and the body from there on.
    ///
    /// # Errors
    /// It is neither.
    pub fn sniff(body: &str) -> Result<(Self, &str), Rejection> {
        let body = trim(body);
        match body.as_bytes().first() {
            Some(b'<') => Ok((Self::Xml, body)),
            Some(b'{') => Ok((Self::Json, body)),
            Some(_) => Err(Rejection::malformed("it starts neither with < nor with {")),
            None => Err(Rejection::EmptyBody),
        }
    }
}

pub(crate) fn too_deep() -> Rejection {
    Rejection::malformed(format!("it is more than {MAX_DEPTH} levels deep"))
}
