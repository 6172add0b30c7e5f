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
    /// What stands behind the message in an envelope.
    pub trailer: Trailer,
    /// What the fields of an encrypted body are called in XML; a reply repeats the spelling of the push.
    pub xml_envelopes: &'static [EnvelopeNames],
    /// The same in JSON.
    pub json_envelopes: &'static [EnvelopeNames],
    /// Whose rows of the table of messages its pushes are read by.
    pub family: Family,
    /// Which events are answered in plaintext, even where they came encrypted.
    pub plaintext_replies: Option<PlaintextReplies>,
    /// Which passive replies it takes.
    pub replies: Replies,
    /// The body that says that there is no reply.
    pub no_reply: &'static str,
}

/// What stands behind the message in an envelope, and has to be what the account is configured with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trailer {
    /// The option `appId`.
    AppId,
    /// The option `receiveId`, which may be one of several, or empty; without the option anything.
    ReceiveId,
    /// Nothing, unless the option `receiveId` says otherwise.
    Nothing,
}

/// Platforms whose messages have the same shapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// Accounts of WeChat.
    WeChat,
    /// Applications of WeCom.
    WeCom,
    /// Smart bots of WeCom.
    Bot,
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
    /// Whether some of its events are answered with data.
    pub data: bool,
}

/// The kinds of passive replies that a platform takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyKinds {
    /// Every documented one of its family.
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
    /// Whether JSON has that as text.
    pub timestamp_is_text: bool,
    /// The nonce of the push.
    pub nonce: &'static str,
}

/// Any account of WeChat: judged by nothing that only one kind of account forbids.
pub const WECHAT: Platform = Platform {
    name: None,
    handshake_signature: Parameter::Signature,
    echostr_is_encrypted: false,
    encrypted_only: false,
    trailer: Trailer::AppId,
    xml_envelopes: &[OFFICIAL_NAMES],
    json_envelopes: &[OFFICIAL_NAMES],
    family: Family::WeChat,
    // Virtual payment says so of its own pushes:
    // <https://developers.weixin.qq.com/minigame/dev/guide/open-ability/virtual-payment/message-push.html>.
    // Gifts come by the general message push, to which secure mode asks for encrypted replies:
    // <https://developers.weixin.qq.com/minigame/dev/guide/open-ability/game-gift.html> (read 2026-11-26).
    plaintext_replies: Some(PlaintextReplies {
        beginning: "minigame_",
        but: &["minigame_deliver_goods"],
    }),
    replies: OFFICIAL_REPLIES,
    no_reply: "success",
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

/// An application of WeCom (企业微信): a company's own, or a provider's with its data and instruction callbacks.
/// <https://developer.work.weixin.qq.com/document/path/90238>,
/// <https://developer.work.weixin.qq.com/document/path/90241>
pub const WECOM: Platform = Platform {
    name: Some("wecom"),
    handshake_signature: Parameter::MsgSignature,
    echostr_is_encrypted: true,
    encrypted_only: true,
    trailer: Trailer::ReceiveId,
    xml_envelopes: &[OFFICIAL_NAMES],
    json_envelopes: &[
        EnvelopeNames { timestamp_is_text: true, ..OFFICIAL_NAMES },
        LOWER_CASE_NAMES,
    ],
    family: Family::WeCom,
    plaintext_replies: None,
    // Longer texts are cut off.
    replies: Replies { kinds: ReplyKinds::All, text_bytes: 2048, articles: 8, data: false },
    no_reply: "success",
};

/// A smart bot of WeCom (智能机器人) with a URL of its own: JSON only, for nobody by name, and what it answers is read
/// otherwise. <https://developer.work.weixin.qq.com/document/path/100719>,
/// <https://developer.work.weixin.qq.com/document/path/101031>
pub const WECOM_BOT: Platform = Platform {
    name: Some("wecom-bot"),
    trailer: Trailer::Nothing,
    json_envelopes: &[LOWER_CASE_NAMES],
    family: Family::Bot,
    replies: Replies { kinds: ReplyKinds::All, text_bytes: 20_480, articles: 0, data: false },
    no_reply: "",
    ..WECOM
};

/// Those that the option `platform` names.
pub const PLATFORMS: [&Platform; 7] =
    [&OFFICIAL_ACCOUNT, &MINI_PROGRAM, &MINI_GAME, &STORE, &THIRD_PARTY, &WECOM, &WECOM_BOT];

/// No page of official accounts says how long a text may be; of what people measured, 2,047 bytes still arrive, while
/// the user of a longer one is told that the service is unavailable.
const OFFICIAL_REPLIES: Replies =
    Replies { kinds: ReplyKinds::All, text_bytes: 2047, articles: 8, data: true };

const TRANSFER_ONLY: Replies = Replies { kinds: ReplyKinds::Transfer, ..OFFICIAL_REPLIES };

const OFFICIAL_NAMES: EnvelopeNames = EnvelopeNames {
    ciphertext: "Encrypt",
    signature: "MsgSignature",
    timestamp: "TimeStamp",
    timestamp_is_text: false,
    nonce: "Nonce",
};

const LOWER_CASE_NAMES: EnvelopeNames = EnvelopeNames {
    ciphertext: "encrypt",
    signature: "msgsignature",
    timestamp: "timestamp",
    timestamp_is_text: false,
    nonce: "nonce",
};

impl Platform {
    /// The spellings of an envelope that it sends, the usual one first.
    pub(crate) fn envelopes(&self, format: Format) -> &'static [EnvelopeNames] {
        match format {
            Format::Xml => self.xml_envelopes,
            Format::Json => self.json_envelopes,
        }
    }

    /// The one of this number; the usual one where there is none.
    pub(crate) fn envelope(&self, format: Format, spelling: usize) -> &'static EnvelopeNames {
        let all = self.envelopes(format);
        all.get(spelling).unwrap_or(&all[0])
    }

    /// The data format of its pushes where the account has this one; bots have no other than JSON.
    pub(crate) fn pushed_in(&self, format: Format) -> Format {
        if self.family == Family::Bot { Format::Json } else { format }
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
