//! The names of fields that the protocol itself reads.

pub(crate) const TO_USER_NAME: &str = "ToUserName";
pub(crate) const FROM_USER_NAME: &str = "FromUserName";
pub(crate) const CREATE_TIME: &str = "CreateTime";
pub(crate) const MSG_TYPE: &str = "MsgType";
pub(crate) const EVENT: &str = "Event";
pub(crate) const CHANGE_TYPE: &str = "ChangeType";
pub(crate) const INFO_TYPE: &str = "InfoType";
pub(crate) const MSG_ID: &str = "MsgId";
pub(crate) const MSG_ID_OF_EVENTS: &str = "MsgID";
pub(crate) const APP_ID: &str = "AppId";
pub(crate) const SUITE_ID: &str = "SuiteId";
pub(crate) const SERVICE_CORP_ID: &str = "ServiceCorpId";
pub(crate) const TIME_STAMP: &str = "TimeStamp";
pub(crate) const AGENT_ID: &str = "AgentID";

/// Those of a bot of WeCom.
pub(crate) mod bot {
    pub(crate) const MSG_ID: &str = "msgid";
    pub(crate) const MSG_TYPE: &str = "msgtype";
    pub(crate) const BOT_ID: &str = "aibotid";
    pub(crate) const FROM: &str = "from";
    pub(crate) const USER_ID: [&str; 2] = [FROM, "userid"];
    pub(crate) const RESPONSE_URL: &str = "response_url";
    pub(crate) const CREATE_TIME: &str = "create_time";
    pub(crate) const EVENT: &str = "event";
    pub(crate) const EVENT_TYPE: [&str; 2] = [EVENT, "eventtype"];
    pub(crate) const CARD_EVENT: &str = "template_card_event";
    pub(crate) const STREAM: &str = "stream";
    pub(crate) const ID: &str = "id";
    pub(crate) const TASK_ID: &str = "task_id";
    /// Of a reply, in the place of its type: it updates a card.
    pub(crate) const RESPONSE_TYPE: &str = "response_type";
    pub(crate) const CARD: &str = "template_card";
}
