//! What a bot of WeCom is pushed.

use crate::document::{Object, Value};
use crate::gateway::random::Random;
use crate::message::names::bot::{
    BOT_ID, CARD_EVENT, CREATE_TIME, EVENT, EVENT_TYPE, FROM, MSG_ID, MSG_TYPE, RESPONSE_URL,
    STREAM, USER_ID,
};

const BOT: &str = "aib0123456789abcdef";
const MEMBER: &str = "zhangsan";
const CHAT_TYPE: &str = "chattype";
/// Where a real one is answered once more, with the id of the message behind it.
const RESPONSE: &str = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=";

/// What a push is.
struct What<'m> {
    kind: &'m str,
    event: &'m str,
}

/// The message with what every push of its kind has; nothing where it does not say what it is.
pub(super) fn completed<'a>(given: &Object<'a>, now: u64, random: &Random) -> Option<Object<'a>> {
    let event = given.text_at(&EVENT_TYPE).map_or("", AsRef::as_ref);
    let kind = match given.get(MSG_TYPE) {
        Some(Value::Text(kind)) => kind,
        None if !event.is_empty() => EVENT,
        _ => return None,
    };
    let what = What { kind, event };
    let id = random.msg_id();
    let text = |text: &str| Value::Text(text.to_owned().into());
    let from = Object(vec![(USER_ID[1].into(), text(MEMBER))]);
    let defaults = [
        (MSG_ID, Some(text(&id))),
        (BOT_ID, Some(text(BOT))),
        (CHAT_TYPE, (what.event != "enter_chat").then(|| text("single"))),
        (FROM, Some(Value::Object(from))),
        (RESPONSE_URL, what.has_response().then(|| text(&[RESPONSE, &id].concat()))),
        (CREATE_TIME, what.is_event().then(|| Value::Literal(now.to_string().into()))),
        (MSG_TYPE, Some(text(kind))),
    ];
    let is_own = |name: &str| defaults.iter().all(|(other, _)| *other != name);
    let own = given.0.iter().filter(|(name, _)| is_own(name)).cloned().collect::<Vec<_>>();
    let common = defaults
        .into_iter()
        .filter_map(|(name, default)| Some((name.into(), given.get(name).cloned().or(default)?)));
    Some(Object(common.chain(own).collect()))
}

impl What<'_> {
    fn is_event(&self) -> bool {
        self.kind == EVENT
    }

    fn has_response(&self) -> bool {
        if self.is_event() { self.event == CARD_EVENT } else { self.kind != STREAM }
    }
}
