//! Any JSON value: the text of one, or what the bytes choose.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Number, Value};

const DEPTH: usize = 6;

/// Names that the protocol treats in its own way, and some that XML cannot have.
const NAMES: [&str; 25] = [
    "ToUserName",
    "FromUserName",
    "CreateTime",
    "MsgType",
    "Event",
    "MsgId",
    "MsgID",
    "AppId",
    "InfoType",
    "Encrypt",
    "Content",
    "item",
    "List",
    "detail",
    "fail_idx",
    "SubscribeMsgPopupEvent",
    "BussiCallBackInfo",
    "history",
    "a",
    "xml",
    "__proto__",
    "\u{fffd}",
    "a b",
    "",
    "1",
];

/// Texts that mean something somewhere on the way.
const TEXTS: [&str; 20] = [
    "text",
    "event",
    "success",
    "subscribe_msg_popup_event",
    "complaint callback",
    "complaint_callback",
    "minigame_coin_deliver_completed",
    "1714036504",
    "18446744073709551615",
    "0",
    "]]>",
    "<![CDATA[",
    "&lt;&#10;",
    "<a>b</a>",
    "\u{1f}0",
    "\r\n",
    " x ",
    "\u{fffe}",
    "\u{fffd}",
    "\\\"",
];

/// Reads the text of a JSON object, list or string; from other bytes it makes a value.
pub fn read_json(bytes: &[u8]) -> Option<Value> {
    match bytes.first()? {
        b'{' | b'[' | b'"' => serde_json::from_slice(bytes).ok(),
        _ => value(&mut Unstructured::new(bytes), 0).ok(),
    }
}

fn value(u: &mut Unstructured, depth: usize) -> Result<Value> {
    Ok(match u.int_in_range(0..=if depth < DEPTH { 9 } else { 5 })? {
        0 => Value::Null,
        1 => u.arbitrary::<bool>()?.into(),
        2 => u.arbitrary::<i64>()?.into(),
        3 => Number::from_f64(u.arbitrary()?).map_or(Value::Null, Value::Number),
        4 | 5 => text(u, &TEXTS)?.into(),
        6 => {
            let mut items = vec![];
            while !u.is_empty() && u.ratio(2, 3)? {
                items.push(value(u, depth + 1)?);
            }
            items.into()
        }
        _ => {
            let mut fields = Map::new();
            while !u.is_empty() && u.ratio(4, 5)? {
                fields.insert(text(u, &NAMES)?, value(u, depth + 1)?);
            }
            fields.into()
        }
    })
}

fn text(u: &mut Unstructured, known: &[&str]) -> Result<String> {
    if u.ratio(2, 3)? { u.choose(known).map(ToString::to_string) } else { u.arbitrary() }
}
