//! The encrypted envelope: AES-256-CBC over random(16) + length(4) + message + receiver, padded with
//! PKCS#7 to 32 bytes, in base64. The receiver is an AppID, of WeCom a CorpID, a SuiteID or nothing.

use std::fmt;
use std::ops::Range;

use aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit};
use aes::{Aes256Dec, Aes256Enc};
use base64_simd::STANDARD;
use zeroize::Zeroizing;

use crate::rejection::Rejection;
use crate::text::utf8;

/// How many random bytes stand before every message.
pub const RANDOM: usize = 16;
const HEAD: usize = RANDOM + 4;
const CIPHER_BLOCK: usize = 16;
const PAD_BLOCK: usize = 32;

/// Where in a decrypted buffer its parts stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The message.
    pub message: Range<usize>,
    /// Whom it is for.
    pub receiver: Range<usize>,
}

/// An EncodingAESKey, ready to use. The ciphers wipe their round keys when they are dropped.
pub struct Key {
    decrypt: Aes256Dec,
    encrypt: Aes256Enc,
    iv: Zeroizing<[u8; CIPHER_BLOCK]>,
}

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
        let key: &[u8; 32] =
            decoded.as_slice().try_into().map_err(|_| "is not base64".to_owned())?;
        let mut iv = Zeroizing::new([0; CIPHER_BLOCK]);
        iv.copy_from_slice(&key[..CIPHER_BLOCK]);
        Ok(Self { decrypt: Aes256Dec::new(key.into()), encrypt: Aes256Enc::new(key.into()), iv })
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
        self.decrypt_in_place(buffer)?;
        opened(unpadded(buffer)?)
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
        let (blocks, _) = Array::slice_as_chunks_mut(&mut buffer);
        cbc::Encryptor::inner_iv_init(&self.encrypt, &Array(*self.iv)).encrypt_blocks(blocks);
        STANDARD.encode_to_string(&buffer)
    }

    fn decrypt_in_place(&self, buffer: &mut [u8]) -> Result<(), Rejection> {
        let (blocks, rest) = Array::slice_as_chunks_mut(buffer);
        if !rest.is_empty() {
            return Err(Rejection::DecryptionFailed);
        }
        cbc::Decryptor::inner_iv_init(&self.decrypt, &Array(*self.iv)).decrypt_blocks(blocks);
        Ok(())
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
