//! What differs between the platforms that push with this protocol, as data.

use crate::document::Format;
use crate::query::Parameter;

/// One platform.
#[derive(Debug, PartialEq, Eq)]
pub struct Platform {
    /// What the option `platform` calls it; `None` for any account of WeChat.
    pub name: Option<&'static str>,
    /// The parameter that signs a handshake. `msg_signature` covers the `echostr` as well.
    pub handshake_signature: Parameter,
    /// Whether the `echostr` of a handshake is encrypted, and has to be sent back decrypted.
    pub echostr_is_encrypted: bool,
    /// Whether every push is encrypted, so that there is no mode to choose.
    pub encrypted_only: bool,
    /// Whether an account may have no AppID. What is encrypted for it then ends without one.
    pub app_id_may_be_empty: bool,
    /// What the fields of an encrypted body are called in XML.
    pub xml_envelope: EnvelopeNames,
    /// The same in JSON.
    pub json_envelope: EnvelopeNames,
    /// Which events are answered in plaintext, even where they came encrypted.
    pub plaintext_replies: Option<PlaintextReplies>,
    /// Which passive replies it takes.
    pub replies: Replies,
}

/// Events by the beginning of their names, but for those named in full.
#[derive(Debug, PartialEq, Eq)]
pub struct PlaintextReplies {
    /// How their names begin.
    pub beginning: &'static str,
    /// Those that begin so and are answered like any other push.
    pub but: &'static [&'static str],
}

/// Which passive replies a platform takes, and how long they may be.
#[derive(Debug, PartialEq, Eq)]
pub struct Replies {
    /// Their kinds.
    pub kinds: ReplyKinds,
    /// The most bytes of UTF-8 of a text.
    pub text_bytes: usize,
    /// The most articles of a `news`.
    pub articles: usize,
}

/// The kinds of passive replies that a platform takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyKinds {
    /// Every documented one.
    All,
    /// `transfer_customer_service` alone, and only to what a user sent.
    Transfer,
    /// None.
    None,
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

/// Any account of WeChat: judged by nothing that only one kind of account forbids.
pub const WECHAT: Platform = Platform {
    name: None,
    handshake_signature: Parameter::Signature,
    echostr_is_encrypted: false,
    encrypted_only: false,
    app_id_may_be_empty: false,
    xml_envelope: OFFICIAL_NAMES,
    json_envelope: OFFICIAL_NAMES,
    // Virtual payment says so of its own pushes:
    // <https://developers.weixin.qq.com/minigame/dev/guide/open-ability/virtual-payment/message-push.html>.
    // Gifts come by the general message push, to which secure mode asks for encrypted replies:
    // <https://developers.weixin.qq.com/minigame/dev/guide/open-ability/game-gift.html> (read 2026-11-26).
    plaintext_replies: Some(PlaintextReplies {
        beginning: "minigame_",
        but: &["minigame_deliver_goods"],
    }),
    replies: OFFICIAL_REPLIES,
};

/// An official account (公众号): a subscription or service account.
/// <https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html>
pub const OFFICIAL_ACCOUNT: Platform = Platform { name: Some("official-account"), ..WECHAT };

/// A mini program (小程序).
/// <https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/customer-message/trans.html>
pub const MINI_PROGRAM: Platform =
    Platform { name: Some("mini-program"), replies: TRANSFER_ONLY, ..WECHAT };

/// A mini game (小游戏).
pub const MINI_GAME: Platform =
    Platform { name: Some("mini-game"), replies: TRANSFER_ONLY, ..WECHAT };

/// A shop (微信小店). <https://developers.weixin.qq.com/doc/store/shop/notify/index.html>
pub const STORE: Platform = Platform {
    name: Some("store"),
    replies: Replies { kinds: ReplyKinds::None, ..OFFICIAL_REPLIES },
    ..WECHAT
};

/// A third-party platform (第三方平台): what WeChat tells it, and its authorizers' messages, all of them encrypted with
/// the platform's key and for its AppID.
/// <https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/message_push.html>
pub const THIRD_PARTY: Platform =
    Platform { name: Some("third-party"), encrypted_only: true, ..WECHAT };

/// Those that the option `platform` names.
pub const PLATFORMS: [&Platform; 5] =
    [&OFFICIAL_ACCOUNT, &MINI_PROGRAM, &MINI_GAME, &STORE, &THIRD_PARTY];

/// No page of official accounts says how long a text may be; of what people measured, 2,047 bytes still arrive, while
/// the user of a longer one is told that the service is unavailable.
const OFFICIAL_REPLIES: Replies = Replies { kinds: ReplyKinds::All, text_bytes: 2047, articles: 8 };

const TRANSFER_ONLY: Replies = Replies { kinds: ReplyKinds::Transfer, ..OFFICIAL_REPLIES };

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
        self.plaintext_replies.as_ref().is_some_and(|PlaintextReplies { beginning, but }| {
            event.starts_with(beginning) && !but.contains(&event)
        })
    }

    /// The platform that the option `platform` names.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        PLATFORMS.into_iter().find(|platform| platform.name == Some(name))
    }
}
