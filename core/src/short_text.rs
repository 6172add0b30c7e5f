//! A text that lies where its owner does, for the reason of `few.rs`.

/// So many bytes have room there; an AppID has 18.
const ROOM: usize = 30;

/// A text, of which a long one lies elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum ShortText {
    Here { bytes: [u8; ROOM], length: u8 },
    Elsewhere(Box<str>),
}

impl ShortText {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Here { bytes, length } => &bytes[..usize::from(*length)],
            Self::Elsewhere(text) => text.as_bytes(),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Here { .. } => str::from_utf8(self.as_bytes()).unwrap_or_default(),
            Self::Elsewhere(text) => text,
        }
    }
}

impl From<String> for ShortText {
    fn from(text: String) -> Self {
        let mut bytes = [0; ROOM];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Here { bytes, length }
            }
            _ => Self::Elsewhere(text.into()),
        }
    }
}

impl std::fmt::Debug for ShortText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_text_however_long() {
        for length in 0..=ROOM + 2 {
            let text = "x".repeat(length);
            let short = ShortText::from(text.clone());
            assert_eq!((short.as_str(), short.as_bytes()), (text.as_str(), text.as_bytes()));
            assert_eq!(matches!(short, ShortText::Here { .. }), length <= ROOM);
        }
        assert_eq!(ShortText::from("公众号".to_owned()).as_str(), "公众号");
    }
}
