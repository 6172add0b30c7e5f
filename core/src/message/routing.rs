//! The fields by which a message is told from others and answered.

use std::borrow::Cow;

use crate::message::names::{
    CREATE_TIME, EVENT, FROM_USER_NAME, INFO_TYPE, MSG_ID, MSG_TYPE, TO_USER_NAME,
};

/// Their texts; empty where the message has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct RoutingFields<'a> {
    pub(crate) to: Cow<'a, str>,
    pub(crate) from: Cow<'a, str>,
    pub(crate) time: Cow<'a, str>,
    pub(crate) kind: Cow<'a, str>,
    pub(crate) event: Cow<'a, str>,
    pub(crate) info: Cow<'a, str>,
    pub(crate) id: Cow<'a, str>,
}

impl<'a> RoutingFields<'a> {
    pub(crate) fn slot(&mut self, name: &str) -> Option<&mut Cow<'a, str>> {
        Some(match name {
            TO_USER_NAME => &mut self.to,
            FROM_USER_NAME => &mut self.from,
            CREATE_TIME => &mut self.time,
            MSG_TYPE => &mut self.kind,
            EVENT => &mut self.event,
            INFO_TYPE => &mut self.info,
            MSG_ID => &mut self.id,
            _ => return None,
        })
    }
}
