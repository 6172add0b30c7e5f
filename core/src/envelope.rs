//! The encrypted envelope: AES-256-CBC over random(16) + length(4) + message + receiver, padded with
//! PKCS#7 to 32 bytes, in base64. The receiver is an AppID, of WeCom a CorpID, a SuiteID or nothing.

use std::fmt;
use std::ops::Range;

use base64_simd::STANDARD;
use wechat_push_crypto::{BLOCK, Cipher, KEY};
use zeroize::Zeroizing;

use crate::rejection::Rejection;
use crate::text::utf8;

/// How many random bytes stand before every message.
pub const RANDOM: usize = 16;
const HEAD: usize = RANDOM + 4;
const PAD_BLOCK: usize = 32;

/// Where in a decrypted buffer its parts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The message.
    pub message: Range<usize>,
    /// Whom it is for.
    pub receiver: Range<usize>,
}

/// All that stands in an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What stands before every message.
    pub random: [u8; RANDOM],
    /// The message.
    pub message: String,
    /// Whom it is for.
    pub receiver: String,
}

/// An EncodingAESKey, ready to use. It is wiped when it is dropped.
pub struct Key(Cipher);

impl Key {
    /// Reads an EncodingAESKey: 43 letters and digits. They hold 258 bits; the last two are noise.
    ///
    /// # Errors
    /// What is wrong with it, without showing it.
    pub fn new(text: &str) -> Result<Self, String> {
        let length = text.chars().count();
        if length != 43 {
            return Err(format!("must have 43 characters, not {length}"));
        }
        if let Some(at) = text.chars().position(|c| !c.is_ascii_alphanumeric()) {
            return Err(format!("must be letters and digits only, character {} is not", at + 1));
        }
        let decoded = decoded(text);
        let key: &[u8; KEY] =
            decoded.as_slice().try_into().map_err(|_| "is not base64".to_owned())?;
        Ok(Self(Cipher::new(key)))
    }

    /// Opens the text of `Encrypt`, whose signature the caller has checked.
    ///
    /// # Errors
    /// It is no base64, does not decrypt under this key, or names another AppID.
    pub fn open(&self, encrypt: &str, app_id: &str) -> Result<String, Rejection> {
        let mut buffer = vec![];
        let Opened { message, receiver } = self.open_into(encrypt, &mut buffer)?;
        let receiver = &buffer[receiver];
        if receiver != app_id.as_bytes() {
            return Err(Rejection::AppIdMismatch { expected: app_id.into(), got: shown(receiver) });
        }
        utf8(&buffer[message]).map(Into::into)
    }

    /// The same into `buffer`, whoever it is for; the UTF-8 is left to the caller.
    ///
    /// # Errors
    /// It is no base64, or does not decrypt under this key.
    pub fn open_into(&self, encrypt: &str, buffer: &mut Vec<u8>) -> Result<Opened, Rejection> {
        buffer.clear();
        STANDARD.decode_append(encrypt, buffer).map_err(|_| Rejection::InvalidBase64)?;
        if buffer.is_empty() {
            return Err(Rejection::InvalidBase64);
        }
        if !buffer.len().is_multiple_of(BLOCK) {
            return Err(Rejection::DecryptionFailed);
        }
        self.0.decrypt(buffer);
        opened(unpadded(buffer)?)
    }

    /// The same in all of its parts, as texts.
    ///
    /// # Errors
    /// It is no base64, does not decrypt under this key, or is not UTF-8.
    pub fn open_parts(&self, encrypt: &str) -> Result<Parts, Rejection> {
        let mut buffer = vec![];
        let Opened { message, receiver } = self.open_into(encrypt, &mut buffer)?;
        let random = *buffer.first_chunk().ok_or(Rejection::IllegalBuffer)?;
        let text = |part: Range<usize>| utf8(&buffer[part]).map(ToOwned::to_owned);
        Ok(Parts { random, message: text(message)?, receiver: text(receiver)? })
    }

    /// Seals `message` for `receiver`, as the text of `Encrypt`.
    pub fn seal(&self, message: &str, receiver: &str, random: [u8; RANDOM]) -> String {
        let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
        let mut buffer = Vec::with_capacity(HEAD + message.len() + receiver.len() + PAD_BLOCK);
        buffer.extend_from_slice(&random);
        buffer.extend_from_slice(&length.to_be_bytes());
        buffer.extend_from_slice(message.as_bytes());
        buffer.extend_from_slice(receiver.as_bytes());
        let pad = PAD_BLOCK - buffer.len() % PAD_BLOCK;
        buffer.resize(buffer.len() + pad, u8::try_from(pad).unwrap_or_default());
        self.0.encrypt(&mut buffer);
        STANDARD.encode_to_string(&buffer)
    }
}

/// Whether two texts are one `EncodingAESKey`: each has four spellings.
pub(crate) fn is_same_key(one: &str, other: &str) -> bool {
    one == other || decoded(one) == decoded(other)
}

/// The bytes of an EncodingAESKey; none where it is not base64.
fn decoded(text: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(base64_simd::forgiving_decode_to_vec(text.as_bytes()).unwrap_or_default())
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Takes the padding off: 1 to 32 bytes, each of which tells how many they are.
fn unpadded(buffer: &[u8]) -> Result<&[u8], Rejection> {
    let pad = usize::from(*buffer.last().ok_or(Rejection::DecryptionFailed)?);
    let content = buffer.len().checked_sub(pad).ok_or(Rejection::DecryptionFailed)?;
    let consistent = buffer[content..].iter().all(|byte| usize::from(*byte) == pad);
    if !(1..=PAD_BLOCK).contains(&pad) || !consistent {
        return Err(Rejection::DecryptionFailed);
    }
    Ok(&buffer[..content])
}

/// The parts of what was decrypted.
fn opened(content: &[u8]) -> Result<Opened, Rejection> {
    let (_, rest) = content.split_at_checked(RANDOM).ok_or(Rejection::IllegalBuffer)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(Rejection::IllegalBuffer)?;
    let length = u32::from_be_bytes(*length) as usize;
    if length > rest.len() {
        return Err(Rejection::IllegalBuffer);
    }
    let end = HEAD + length;
    Ok(Opened { message: HEAD..end, receiver: end..content.len() })
}

/// The beginning of whom a push is for, for a sentence.
pub(crate) fn shown(receiver: &[u8]) -> Box<str> {
    String::from_utf8_lossy(receiver).chars().take(64).collect::<String>().into()
}
