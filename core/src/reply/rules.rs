//! The rules by which every reply is judged, before it is sent and when the other side reads it.
//!
//! <https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Passive_user_reply_message.html>

use std::borrow::Cow;

use crate::document::{Format, Object, Value};
use crate::message::names::MSG_TYPE;
use crate::message::{ReplyAddress, RoutingFields, Takes};
use crate::platform::{Family, Platform, ReplyKinds};
use crate::reply::objection::Objection;
use crate::text::is_blank;

pub(super) const CONTENT: &str = "Content";
/// The rule of a text of which a part can go.
pub(super) const LONG_TEXT: &str = "long_text";

const TRANSFER: &str = "transfer_customer_service";
/// The `MsgType` of data that is addressed, as some events ask for.
const EVENT_KIND: &str = "event";

/// What a kind of passive reply is made of.
struct Kind {
    name: &'static str,
    of: Of,
    parts: &'static [Part],
}

/// Whose kind it is.
#[derive(PartialEq, Eq)]
enum Of {
    Both,
    WeChat,
    /// Of WeCom, and only where a card was clicked.
    Card,
}

/// One leaf of a reply: its path, and whether it may be absent.
pub(super) struct Part {
    path: &'static [&'static str],
    need: Need,
}

#[derive(PartialEq, Eq)]
enum Need {
    Always,
    /// Only in what holds it, which may be absent.
    Inside,
    Never,
}

pub(super) const fn always(path: &'static [&'static str]) -> Part {
    Part { path, need: Need::Always }
}

pub(super) const fn optional(path: &'static [&'static str]) -> Part {
    Part { path, need: Need::Never }
}

#[rustfmt::skip]
const KINDS: [Kind; 14] = [
    Kind { name: "text", of: Of::Both, parts: &[always(&[CONTENT])] },
    Kind { name: "image", of: Of::Both, parts: &[always(&["Image", "MediaId"])] },
    Kind { name: "voice", of: Of::Both, parts: &[always(&["Voice", "MediaId"])] },
    Kind { name: "video", of: Of::Both, parts: &[
        always(&["Video", "MediaId"]), optional(&["Video", "Title"]), optional(&["Video", "Description"]),
    ] },
    Kind { name: "music", of: Of::WeChat, parts: &[
        always(&["Music", "ThumbMediaId"]), optional(&["Music", "Title"]), optional(&["Music", "Description"]),
        optional(&["Music", "MusicUrl"]), optional(&["Music", "HQMusicUrl"]),
    ] },
    Kind { name: NEWS, of: Of::Both, parts: &[always(&[ARTICLE_COUNT])] },
    Kind { name: TRANSFER, of: Of::WeChat, parts: &[Part { path: &["TransInfo", "KfAccount"], need: Need::Inside }] },
    // Of the old hardware platform: https://iot.weixin.qq.com/wiki/document-2_10.html
    Kind { name: "device_text", of: Of::WeChat, parts: &[always(&[CONTENT])] },
    Kind { name: "device_event", of: Of::WeChat, parts: &[always(&[CONTENT])] },
    Kind { name: "device_status", of: Of::WeChat, parts: &[always(&["DeviceStatus"])] },
    Kind { name: "hardware", of: Of::WeChat, parts: &[
        always(&["HardWare", "MessageView"]), always(&["HardWare", "MessageAction"]),
    ] },
    Kind { name: "update_button", of: Of::Card, parts: &[always(&["Button", "ReplaceName"])] },
    Kind { name: "update_taskcard", of: Of::Card, parts: &[always(&["TaskCard", "ReplaceName"])] },
    Kind { name: UPDATE_CARD, of: Of::Card, parts: &[always(&[CARD, "CardType"])] },
];

const NEWS: &str = "news";
const UPDATE_CARD: &str = "update_template_card";
const CARD: &str = "TemplateCard";
/// How many of these a card may have. <https://developer.work.weixin.qq.com/document/path/90241>
const CARD_LISTS: [(&str, usize); 2] = [("HorizontalContentList", 6), ("JumpList", 3)];
const ARTICLE_COUNT: &str = "ArticleCount";
/// What an article is made of; the pages differ on whether more than its title is needed.
const ARTICLE: [Part; 4] =
    [always(&["Title"]), optional(&["Description"]), optional(&["PicUrl"]), optional(&["Url"])];

/// What a reply answers.
#[derive(Debug, Clone)]
pub(crate) struct Answered<'a> {
    pub(crate) takes: Takes,
    /// Of a bot, what the answer names; else empty.
    pub(crate) subject: Cow<'a, str>,
    /// Whether there is somebody to send a passive reply to.
    pub(crate) has_user: bool,
}

impl<'a> Answered<'a> {
    pub(super) fn by(address: &'a ReplyAddress) -> Self {
        let ReplyAddress { takes, subject, user, .. } = address;
        Self { takes: *takes, subject: subject.as_ref().into(), has_user: !user.is_empty() }
    }

    /// What a message answers to whoever pushed it; where it is not known, nothing is held against it.
    pub(crate) fn pushed(message: &Object<'a>, family: Family) -> Self {
        let fields = RoutingFields::of(message, family);
        let has_user = !fields.from.is_empty() || message.0.is_empty();
        Self { takes: Takes::of(&fields, family), subject: fields.subject, has_user }
    }
}

/// What kind of reply an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// It is addressed to the user.
    Passive,
    /// It is sent as it is.
    Data,
}

/// Whether WeChat, or an application of WeCom, takes this object as the answer.
///
/// # Errors
/// The first rule that it breaks.
pub(super) fn judge(
    object: &Object,
    answered: &Answered,
    platform: &Platform,
) -> Result<Form, Objection> {
    match object.get(MSG_TYPE) {
        None => judge_data(object, answered, platform),
        Some(Value::Text(name)) if name == EVENT_KIND && answered.takes != Takes::Reply => {
            judge_data(object, answered, platform).map(|_| Form::Passive)
        }
        Some(Value::Text(name)) => match kind_of(name, platform) {
            Some(kind) => {
                judge_parts(object, kind)?;
                judge_place(kind, answered, platform)?;
                judge_length(object, kind, platform).map(|()| Form::Passive)
            }
            None if SENT_OTHERWISE.contains(&name.as_ref()) => {
                Err(Objection::new("sent_otherwise").with("kind", name))
            }
            None => Err(unknown_kind(name)),
        },
        Some(Value::Literal(literal)) => Err(unknown_kind(literal)),
        Some(_) => Err(unknown_kind("[object]")),
    }
}

/// Whether official accounts, which push XML only, cannot have asked for it: then the account is probably a mini
/// program, whose user never sees it.
pub(super) fn is_doubtful(object: &Object, format: Format, platform: &Platform) -> bool {
    format == Format::Json
        && platform.name.is_none()
        && !matches!(object.text(MSG_TYPE), None | Some(TRANSFER | EVENT_KIND))
}

/// What users can be sent, but not as an answer: kinds of customer-service messages, and of messages of WeCom's
/// applications.
const SENT_OTHERWISE: [&str; 11] = [
    "file",
    "link",
    "markdown",
    "miniprogram_notice",
    "miniprogrampage",
    "mpnews",
    "mpnewsarticle",
    "msgmenu",
    "template_card",
    "textcard",
    "wxcard",
];

/// WeChat does not know the cards of WeCom.
fn kind_of(name: &str, platform: &Platform) -> Option<&'static Kind> {
    let is_known = |kind: &&Kind| kind.of != Of::Card || platform.family == Family::WeCom;
    KINDS.iter().find(|kind| kind.name == name).filter(is_known)
}

fn judge_data(
    object: &Object,
    answered: &Answered,
    platform: &Platform,
) -> Result<Form, Objection> {
    let has_kind = |name: &str| KINDS.iter().any(|kind| kind.name == name);
    let is_of_another_library = object.text("type").is_some_and(has_kind);
    match answered.takes {
        Takes::Data => Ok(Form::Data),
        _ if is_of_another_library => Err(Objection::new("lowercase_reply")),
        Takes::Any if platform.replies.data => Ok(Form::Data),
        Takes::Reply => Err(Objection::new("missing_msgtype")),
        _ => Err(Objection::new("data_not_wanted")),
    }
}

fn unknown_kind(name: &str) -> Objection {
    Objection::new("unknown_msgtype").with("kind", shortened(name))
}

fn judge_parts(object: &Object, kind: &Kind) -> Result<(), Objection> {
    judge_each(object, kind.parts, "")?;
    match kind.name {
        NEWS => judge_articles(object),
        UPDATE_CARD => judge_card(object),
        _ => Ok(()),
    }
}

fn judge_card(object: &Object) -> Result<(), Objection> {
    let Some(Value::Object(card)) = object.get(CARD) else { return Ok(()) };
    for (name, limit) in CARD_LISTS {
        if let Some(Value::List(items)) = card.get(name)
            && items.len() > limit
        {
            let (part, count) = (format!("{CARD}.{name}"), items.len());
            let objection = Objection::new("many_items").with("part", part);
            return Err(objection.with("count", count).with("limit", limit));
        }
    }
    Ok(())
}

pub(super) fn judge_each(object: &Object, parts: &[Part], place: &str) -> Result<(), Objection> {
    parts.iter().try_for_each(|part| judge_part(object, part, place))
}

fn judge_part(object: &Object, Part { path, need }: &Part, place: &str) -> Result<(), Objection> {
    let named = |rule| Err(Objection::new(rule).with("part", format!("{place}{}", path.join("."))));
    let missing = || if *need == Need::Never { Ok(()) } else { named("missing_part") };
    let mut inside = object;
    for (depth, name) in path.iter().enumerate() {
        let is_leaf = depth + 1 == path.len();
        match inside.get(name) {
            None if *need == Need::Inside && !is_leaf => return Ok(()),
            None => return missing(),
            Some(Value::Literal(null)) if null == "null" => return missing(),
            Some(Value::Object(one)) if !is_leaf => inside = one,
            Some(Value::Text(text)) if is_blank(text) => {
                return if *need == Need::Never { Ok(()) } else { named("blank_part") };
            }
            Some(Value::Text(_)) if is_leaf => return Ok(()),
            Some(Value::Literal(literal)) if is_leaf && !is_boolean(literal) => return Ok(()),
            Some(_) => return named("wrong_part"),
        }
    }
    Ok(())
}

fn judge_articles(object: &Object) -> Result<(), Objection> {
    let articles = articles(object)?;
    if articles.is_empty() {
        return Err(Objection::new("no_article"));
    }
    for (index, article) in articles.iter().enumerate() {
        let place = format!("Articles.item[{index}].");
        let Value::Object(article) = article else {
            let place = place.trim_end_matches('.');
            return Err(Objection::new("wrong_part").with("part", place));
        };
        judge_each(article, &ARTICLE, &place)?;
    }
    let count = object.text(ARTICLE_COUNT).and_then(|count| count.trim().parse().ok());
    if count == Some(articles.len()) {
        Ok(())
    } else {
        Err(Objection::new("wrong_count").with("count", articles.len()))
    }
}

/// The articles of a `news`; a single one may stand there without a list.
fn articles<'o>(object: &'o Object<'o>) -> Result<&'o [Value<'o>], Objection> {
    match object.get("Articles") {
        Some(Value::Object(holder)) => Ok(match holder.get("item") {
            Some(Value::List(items)) => items,
            Some(one @ Value::Object(_)) => std::slice::from_ref(one),
            _ => &[],
        }),
        None => Ok(&[]),
        Some(Value::Text(text)) if is_blank(text) => Ok(&[]),
        Some(_) => Err(Objection::new("wrong_part").with("part", "Articles")),
    }
}

/// Whether the push and the account take passive replies of this kind.
fn judge_place(kind: &Kind, answered: &Answered, platform: &Platform) -> Result<(), Objection> {
    match answered.takes {
        Takes::Nothing => return Err(Objection::new("reply_not_wanted")),
        Takes::Data => return Err(Objection::new("data_wanted")),
        Takes::Reply | Takes::Any | Takes::Update if !answered.has_user => {
            return Err(Objection::new("no_addressee"));
        }
        Takes::Update if kind.of != Of::Card => return Err(Objection::new("update_wanted")),
        Takes::Reply | Takes::Any if kind.of == Of::Card => {
            return Err(Objection::new("update_not_wanted"));
        }
        _ => {}
    }
    let taken = match platform.replies.kinds {
        ReplyKinds::All => kind.of != Of::WeChat || platform.family == Family::WeChat,
        ReplyKinds::Transfer => kind.name == TRANSFER && answered.takes == Takes::Reply,
        ReplyKinds::None => false,
    };
    if taken {
        return Ok(());
    }
    let platform = platform.name.unwrap_or_default();
    Err(Objection::new("reply_not_taken").with("platform", platform).with("kind", kind.name))
}

fn judge_length(object: &Object, kind: &Kind, platform: &Platform) -> Result<(), Objection> {
    let limits = &platform.replies;
    let bytes = object.text(CONTENT).map_or(0, str::len);
    if kind.name == "text" && bytes > limits.text_bytes {
        return Err(Objection::new(LONG_TEXT)
            .with("bytes", bytes)
            .with("limit", limits.text_bytes));
    }
    let count = if kind.name == NEWS { articles(object)?.len() } else { 0 };
    if count > limits.articles {
        return Err(Objection::new("many_articles")
            .with("count", count)
            .with("limit", limits.articles));
    }
    Ok(())
}

fn is_boolean(literal: &str) -> bool {
    matches!(literal, "true" | "false")
}

/// The beginning of what a handler chose, for a sentence.
pub(super) fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
