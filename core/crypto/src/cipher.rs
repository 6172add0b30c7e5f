//! AES-256-CBC. The first bytes of the key are the IV.

use std::fmt;

use aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, InnerIvInit, KeyInit};
use aes::{Aes256Dec, Aes256Enc};
use zeroize::Zeroizing;

/// Bytes of a key.
pub const KEY: usize = 32;
/// Bytes of a block.
pub const BLOCK: usize = 16;

/// A key, ready to use. The ciphers wipe their round keys when they are dropped.
pub struct Cipher {
    decrypt: Aes256Dec,
    encrypt: Aes256Enc,
    iv: Zeroizing<[u8; BLOCK]>,
}

impl Cipher {
    /// Makes the round keys.
    #[inline(never)]
    pub fn new(key: &[u8; KEY]) -> Self {
        let mut iv = Zeroizing::new([0; BLOCK]);
        iv.copy_from_slice(&key[..BLOCK]);
        Self { decrypt: Aes256Dec::new(key.into()), encrypt: Aes256Enc::new(key.into()), iv }
    }

    /// Encrypts whole blocks in place; bytes behind them stay.
    #[inline(never)]
    pub fn encrypt(&self, bytes: &mut [u8]) {
        let (blocks, _) = Array::slice_as_chunks_mut(bytes);
        cbc::Encryptor::inner_iv_init(&self.encrypt, &Array(*self.iv)).encrypt_blocks(blocks);
    }

    /// Decrypts whole blocks in place; bytes behind them stay.
    #[inline(never)]
    pub fn decrypt(&self, bytes: &mut [u8]) {
        let (blocks, _) = Array::slice_as_chunks_mut(bytes);
        cbc::Decryptor::inner_iv_init(&self.decrypt, &Array(*self.iv)).decrypt_blocks(blocks);
    }
}

impl fmt::Debug for Cipher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cipher(…)")
    }
}
