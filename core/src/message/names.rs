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
