//! The fields by which a message is told from others and answered.

use std::borrow::Cow;

use crate::document::Object;
use crate::message::names::{
    CHANGE_TYPE, CREATE_TIME, EVENT, FROM_USER_NAME, INFO_TYPE, MSG_ID, MSG_TYPE, TO_USER_NAME, bot,
};
use crate::platform::Family;

/// Their texts; empty where the message has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RoutingFields<'a> {
    pub(crate) to: Cow<'a, str>,
    pub(crate) from: Cow<'a, str>,
    pub(crate) time: Cow<'a, str>,
    pub(crate) kind: Cow<'a, str>,
    /// Of an event only.
    pub(crate) event: Cow<'a, str>,
    /// Where there is no `kind`.
    pub(crate) info: Cow<'a, str>,
    /// What changed, of an event or an info of WeCom.
    pub(crate) change: Cow<'a, str>,
    pub(crate) id: Cow<'a, str>,
    /// Of a bot, what an answer names: the stream that is asked for, the card that was clicked, else the message.
    pub(crate) subject: Cow<'a, str>,
}

impl<'a> RoutingFields<'a> {
    pub(crate) fn of(message: &Object<'a>, family: Family) -> Self {
        if family == Family::Bot {
            return Self::of_bot(message);
        }
        let mut fields = Self::default();
        for (name, value) in &message.0 {
            if let Some(slot) = fields.slot(name)
                && let Some(text) = value.text()
            {
                slot.clone_from(text);
            }
        }
        if fields.kind != "event" {
            fields.event = Cow::default();
        } else if fields.event == "complaint callback" {
            // JSON writes this event with a blank.
            fields.event = "complaint_callback".into();
        }
        if !fields.kind.is_empty() {
            fields.info = Cow::default();
        }
        fields
    }

    fn of_bot(message: &Object<'a>) -> Self {
        let text = |path: &[&str]| message.text_at(path).cloned().unwrap_or_default();
        let kind = text(&[bot::MSG_TYPE]);
        let event = if kind == "event" { text(&bot::EVENT_TYPE) } else { Cow::default() };
        let id = text(&[bot::MSG_ID]);
        let subject = match (kind.as_ref(), event.as_ref()) {
            (bot::STREAM, _) => text(&[bot::STREAM, bot::ID]),
            ("event", bot::CARD_EVENT) => text(&[bot::EVENT, bot::CARD_EVENT, bot::TASK_ID]),
            _ => id.clone(),
        };
        Self {
            to: text(&[bot::BOT_ID]),
            from: text(&bot::USER_ID),
            time: text(&[bot::CREATE_TIME]),
            kind,
            event,
            id,
            subject,
            ..Self::default()
        }
    }

    fn slot(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        Some(match name {
            TO_USER_NAME => &mut self.to,
            FROM_USER_NAME => &mut self.from,
            CREATE_TIME => &mut self.time,
            MSG_TYPE => &mut self.kind,
            EVENT => &mut self.event,
            INFO_TYPE => &mut self.info,
            CHANGE_TYPE => &mut self.change,
            MSG_ID => &mut self.id,
            _ => return None,
        })
    }
}
