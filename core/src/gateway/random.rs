//! The random parts of a request, made of the caller's random bytes.

use crate::envelope::RANDOM;

/// How many random bytes one request takes: 16 for the envelope, 8 for ids, 8 for the nonce.
pub const ENTROPY: usize = RANDOM + 16;

/// The random bytes of one request by what they are for.
pub(super) struct Random {
    pub(super) salt: [u8; RANDOM],
    id: u64,
    nonce: u64,
}

impl Random {
    pub(super) fn new(bytes: [u8; ENTROPY]) -> Self {
        let number =
            |at: usize| bytes[at..at + 8].iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
        let salt = std::array::from_fn(|i| bytes[i]);
        Self { salt, id: number(RANDOM), nonce: number(RANDOM + 8) }
    }

    /// Nine or ten digits.
    pub(super) fn nonce(&self) -> String {
        (100_000_000 + (self.nonce >> 32) % 4_000_000_000).to_string()
    }

    /// 19 digits, as those of real messages.
    pub(super) fn msg_id(&self) -> String {
        const LEAST: u64 = 10_u64.pow(18);
        (LEAST + self.id % (8 * LEAST)).to_string()
    }

    /// 17 to 20 digits; odd, for no such number survives in a double, so that rounding always shows.
    pub(super) fn echostr(&self) -> String {
        let least = 10_u128.pow(16 + u32::from(self.nonce.to_le_bytes()[0] % 4));
        ((least + u128::from(self.id) % (9 * least)) | 1).to_string()
    }
}
