//! What a bot of WeCom may be answered with, and what of it is filled in.
//!
//! <https://developer.work.weixin.qq.com/document/path/101031>,
//! <https://developer.work.weixin.qq.com/document/path/101032>

use crate::document::{Object, Value};
use crate::message::Takes;
use crate::message::names;
use crate::message::names::bot::{CARD, ID, MSG_TYPE, RESPONSE_TYPE, STREAM, TASK_ID};
use crate::platform::Platform;
use crate::reply::objection::Objection;
use crate::reply::rules::{
    Answered, CONTENT, Form, LONG_TEXT, Part, always, judge_each, optional, shortened,
};

/// A kind of reply.
struct Kind {
    name: &'static str,
    /// What takes it.
    by: &'static [Takes],
    parts: &'static [Part],
}

type Path = &'static [&'static str];

const TEXT: &str = "text";
const TEXT_IN_IT: &str = "content";
const FINISH: &str = "finish";
const UPDATE: &str = "update_template_card";
const CARD_TYPE: &str = "card_type";
const IMAGES: Path = &[STREAM, "msg_item"];

#[rustfmt::skip]
const KINDS: [Kind; 5] = [
    Kind { name: STREAM, by: &[Takes::Reply, Takes::Stream], parts: &[
        always(&[STREAM, ID]), optional(&[STREAM, TEXT_IN_IT]),
    ] },
    Kind { name: "stream_with_template_card", by: &[Takes::Reply, Takes::Stream], parts: &[
        always(&[STREAM, ID]), optional(&[STREAM, TEXT_IN_IT]), always(&[CARD, CARD_TYPE]),
    ] },
    Kind { name: CARD, by: &[Takes::Reply, Takes::Welcome], parts: &[always(&[CARD, CARD_TYPE])] },
    Kind { name: TEXT, by: &[Takes::Welcome], parts: &[always(&[TEXT, TEXT_IN_IT])] },
    Kind { name: UPDATE, by: &[Takes::Update], parts: &[always(&[CARD, CARD_TYPE])] },
];

/// What cards need, by their type.
#[rustfmt::skip]
const NEEDED: [(&str, &[&str]); 5] = [
    ("text_notice", &["card_action"]),
    ("news_notice", &["card_action"]),
    ("button_interaction", &["button_list", TASK_ID]),
    ("vote_interaction", &["checkbox", "submit_button", TASK_ID]),
    ("multiple_interaction", &["select_list", "submit_button", TASK_ID]),
];

/// How many of these there may be.
const MOST_ITEMS: [(Path, usize); 8] = [
    (IMAGES, 10),
    (&[CARD, "button_list"], 6),
    (&[CARD, "horizontal_content_list"], 6),
    (&[CARD, "vertical_content_list"], 4),
    (&[CARD, "jump_list"], 3),
    (&[CARD, "select_list"], 3),
    (&[CARD, "action_menu", "action_list"], 3),
    (&[CARD, "checkbox", "option_list"], 20),
];

/// How many bytes of UTF-8 these may have.
const MOST_BYTES: [(Path, usize); 3] =
    [(&[STREAM, "feedback", ID], 256), (&[CARD, "feedback", ID], 256), (&[CARD, TASK_ID], 128)];

/// A reply with what the push says of it: the id of its stream, the task of the card that was clicked. A text, also one
/// of WeChat's form, becomes a finished stream, to who comes a welcome.
///
/// # Errors
/// It is a text of WeChat's form without a text.
pub(super) fn completed<'a>(
    object: Object<'a>,
    takes: Takes,
    subject: &str,
) -> Result<Object<'a>, Objection> {
    let object = match object.text(names::MSG_TYPE) {
        Some(TEXT) => {
            judge_each(&object, &[always(&[CONTENT])], "")?;
            said(object.text(CONTENT).unwrap_or_default().to_owned(), takes)
        }
        _ => object,
    };
    let (holder, name) = if takes == Takes::Update { (CARD, TASK_ID) } else { (STREAM, ID) };
    Ok(match object.get(holder) {
        Some(Value::Object(inner)) if !subject.is_empty() && inner.get(name).is_none() => {
            let mut inner = inner.clone();
            inner.0.insert(0, (name.into(), Value::Text(subject.to_owned().into())));
            object.with(holder, Value::Object(inner))
        }
        _ => object,
    })
}

fn said(content: String, takes: Takes) -> Object<'static> {
    let content = (TEXT_IN_IT.into(), Value::Text(content.into()));
    let (name, fields) = match takes {
        Takes::Reply | Takes::Stream | Takes::Any => {
            (STREAM, vec![(FINISH.into(), Value::Literal("true".into())), content])
        }
        _ => (TEXT, vec![content]),
    };
    Object(vec![
        (MSG_TYPE.into(), Value::Text(name.into())),
        (name.into(), Value::Object(Object(fields))),
    ])
}

/// The text that the user reads.
pub(super) fn text_of<'o>(object: &'o Object) -> Option<&'o str> {
    let text = |holder| object.text_at(&[holder, TEXT_IN_IT]);
    text(STREAM).or_else(|| text(TEXT)).map(AsRef::as_ref)
}

/// The same reply with another text, of a stream with its last.
pub(super) fn with_text<'a>(object: &Object<'a>, content: &str) -> Object<'a> {
    let holder = if object.get(STREAM).is_some() { STREAM } else { TEXT };
    let Some(Value::Object(inner)) = object.get(holder) else { return object.clone() };
    let mut inner = inner.with(TEXT_IN_IT, Value::Text(content.to_owned().into()));
    if holder == STREAM {
        inner = inner.with(FINISH, Value::Literal("true".into()));
    }
    object.with(holder, Value::Object(inner))
}

/// Whether a bot's push takes this object as the answer.
///
/// # Errors
/// The first rule that it breaks.
pub(super) fn judge(
    object: &Object,
    answered: &Answered,
    platform: &Platform,
) -> Result<Form, Objection> {
    let kind = kind_of(object)?;
    judge_each(object, kind.parts, "")?;
    judge_card(object)?;
    judge_amounts(object)?;
    judge_images(object)?;
    judge_place(kind, answered.takes)?;
    judge_subject(object, answered)?;
    judge_length(object, platform).map(|()| Form::Data)
}

/// An update has its name elsewhere.
fn kind_of(object: &Object) -> Result<&'static Kind, Objection> {
    let of = |field| object.text(field).map(|name| (name, name == UPDATE));
    let (name, is_known) = match (of(MSG_TYPE), of(RESPONSE_TYPE)) {
        (Some((name, is_update)), _) => (name, !is_update),
        (None, Some((name, is_update))) => (name, is_update),
        (None, None) => match object.text(names::MSG_TYPE) {
            Some(name) => (name, false),
            None => return Err(Objection::new("no_bot_reply")),
        },
    };
    let kind = KINDS.iter().find(|kind| is_known && kind.name == name);
    kind.ok_or_else(|| Objection::new("unknown_bot_reply").with("kind", shortened(name)))
}

fn judge_card(object: &Object) -> Result<(), Objection> {
    let card_type = object.text_at(&[CARD, CARD_TYPE]).map(AsRef::as_ref);
    let Some((_, needed)) = NEEDED.iter().find(|(name, _)| Some(*name) == card_type) else {
        return Ok(());
    };
    match needed.iter().find(|name| object.at(&[CARD, name]).is_none()) {
        Some(name) => Err(Objection::new("missing_part").with("part", [CARD, name].join("."))),
        None => Ok(()),
    }
}

fn judge_amounts(object: &Object) -> Result<(), Objection> {
    let over = |rule, amount: &'static str, path: Path, count: usize, limit: usize| {
        let objection = Objection::new(rule).with("part", path.join("."));
        Err(objection.with(amount, count).with("limit", limit))
    };
    for (path, limit) in MOST_ITEMS {
        if let Some(Value::List(items)) = object.at(path)
            && items.len() > limit
        {
            return over("many_items", "count", path, items.len(), limit);
        }
    }
    for (path, limit) in MOST_BYTES {
        let bytes = object.text_at(path).map_or(0, |text| text.len());
        if bytes > limit {
            return over("long_part", "bytes", path, bytes, limit);
        }
    }
    Ok(())
}

/// Images come with the last of a stream.
fn judge_images(object: &Object) -> Result<(), Objection> {
    let Some(Value::List(items)) = object.at(IMAGES) else { return Ok(()) };
    for (index, item) in items.iter().enumerate() {
        let place = format!("{}[{index}].", IMAGES.join("."));
        let Some(item) = item.object() else {
            let place = place.trim_end_matches('.');
            return Err(Objection::new("wrong_part").with("part", place));
        };
        judge_each(item, &[always(&["image", "base64"]), always(&["image", "md5"])], &place)?;
    }
    let is_last = object.text_at(&[STREAM, FINISH]).is_some_and(|finish| finish == "true");
    if is_last || items.is_empty() { Ok(()) } else { Err(Objection::new("early_images")) }
}

fn judge_place(kind: &Kind, takes: Takes) -> Result<(), Objection> {
    if takes == Takes::Any || kind.by.contains(&takes) {
        return Ok(());
    }
    Err(Objection::new(match takes {
        Takes::Nothing | Takes::Data => "reply_not_wanted",
        Takes::Update => "update_wanted",
        Takes::Stream => "stream_wanted",
        _ if kind.name == UPDATE => "update_not_wanted",
        Takes::Welcome => "welcome_wanted",
        Takes::Reply | Takes::Any => "welcome_not_wanted",
    }))
}

/// The stream that was asked for, the card that was clicked.
fn judge_subject(object: &Object, answered: &Answered) -> Result<(), Objection> {
    let (path, rule): (Path, _) = match answered.takes {
        Takes::Stream => (&[STREAM, ID], "other_stream"),
        Takes::Update => (&[CARD, TASK_ID], "other_card"),
        _ => return Ok(()),
    };
    let is_other = object.text_at(path).is_some_and(|id| *id != answered.subject);
    if is_other && !answered.subject.is_empty() { Err(Objection::new(rule)) } else { Ok(()) }
}

fn judge_length(object: &Object, platform: &Platform) -> Result<(), Objection> {
    let bytes = text_of(object).map_or(0, str::len);
    let limit = platform.replies.text_bytes;
    if bytes > limit {
        return Err(Objection::new(LONG_TEXT).with("bytes", bytes).with("limit", limit));
    }
    Ok(())
}
