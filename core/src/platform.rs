//! What differs between the platforms that push with this protocol, as data.

use crate::document::Format;
use crate::query::Parameter;

/// One platform.
#[derive(Debug, PartialEq, Eq)]
pub struct Platform {
    /// The parameter that signs a handshake. `msg_signature` covers the `echostr` as well.
    pub handshake_signature: Parameter,
    /// Whether the `echostr` of a handshake is encrypted, and has to be sent back decrypted.
    pub echostr_is_encrypted: bool,
    /// Whether an account may have no AppID. What is encrypted for it then ends without one.
    pub app_id_may_be_empty: bool,
    /// What the fields of an encrypted body are called in XML.
    pub xml_envelope: EnvelopeNames,
    /// The same in JSON.
    pub json_envelope: EnvelopeNames,
    /// How the events begin whose reply is plaintext, even to an encrypted push.
    pub plaintext_reply_events: Option<&'static str>,
}

/// The names in an encrypted push, which has its ciphertext only, and in an encrypted reply.
#[derive(Debug, PartialEq, Eq)]
pub struct EnvelopeNames {
    /// The ciphertext.
    pub ciphertext: &'static str,
    /// The signature of the reply.
    pub signature: &'static str,
    /// When the reply was made.
    pub timestamp: &'static str,
    /// The nonce of the push.
    pub nonce: &'static str,
}

/// Official accounts, mini programs, mini games, third-party platforms.
pub const WECHAT: Platform = Platform {
    handshake_signature: Parameter::Signature,
    echostr_is_encrypted: false,
    app_id_may_be_empty: false,
    xml_envelope: OFFICIAL_NAMES,
    json_envelope: OFFICIAL_NAMES,
    // Mini-game delivery.
    plaintext_reply_events: Some("minigame_"),
};

const OFFICIAL_NAMES: EnvelopeNames = EnvelopeNames {
    ciphertext: "Encrypt",
    signature: "MsgSignature",
    timestamp: "TimeStamp",
    nonce: "Nonce",
};

impl Platform {
    pub(crate) fn envelope(&self, format: Format) -> &EnvelopeNames {
        match format {
            Format::Xml => &self.xml_envelope,
            Format::Json => &self.json_envelope,
        }
    }

    pub(crate) fn wants_plaintext_reply(&self, event: &str) -> bool {
        self.plaintext_reply_events.is_some_and(|beginning| event.starts_with(beginning))
    }
}
