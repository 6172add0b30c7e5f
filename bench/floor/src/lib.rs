//! The floors of the benchmark: what every receiver of secure XML pushes has to do, and a call that does nothing.

#[allow(dead_code, reason = "the floor crosses as the addon does, but less")]
#[path = "../../../src/callback.rs"]
mod callback;
#[allow(dead_code, reason = "the same")]
#[path = "../../../src/call.rs"]
mod call;

use std::cell::RefCell;
use std::hint::black_box;
use std::ops::Range;
use std::rc::Rc;

use call::Call;
use callback::{JsValue, NodeCall, function};
use napi::bindgen_prelude::*;
use napi_derive::napi;
use quick_xml::Reader;
use quick_xml::events::Event;
use wechat_push_core::envelope::{Key, Opened};
use wechat_push_core::signature;

/// Where these stand in the URLs of `bench/requests.js`.
const TIMESTAMP: Range<usize> = 65..75;
const NONCE: Range<usize> = 82..92;
const SIGNATURE_FROM_END: usize = 40;

struct Floor {
    token: String,
    key: Key,
    app_id: String,
    json: String,
    decrypted: RefCell<Vec<u8>>,
}

/// `floor(token, encodingAESKey, appId, json)`: a function `(url, body)` that checks the signature, decrypts the
/// body, reads the XML of both, and returns `json`; undefined of a push that is none.
#[napi(catch_unwind)]
pub fn floor(
    env: &Env,
    token: String,
    encoding_aes_key: String,
    app_id: String,
    json: String,
) -> Result<Unknown<'_>> {
    let key = Key::new(&encoding_aes_key).map_err(Error::from_reason)?;
    let floor = Floor { token, key, app_id, json, decrypted: RefCell::default() };
    function(env, "push", Rc::new(floor), push)
}

/// `emptyCall()`: a function that does nothing, which is what crossing into Rust costs by itself.
#[napi(catch_unwind)]
pub fn empty_call(env: &Env) -> Result<Unknown<'_>> {
    function(env, "nothing", Rc::new(()), |(), _| JsValue::UNDEFINED)
}

fn push(floor: &Floor, call: &NodeCall) -> JsValue {
    call.with_texts(|[url]| {
        let body = call.bytes(1);
        let read = &mut *floor.decrypted.borrow_mut();
        if is_read(floor, url, &body, read) { call.text(&floor.json) } else { JsValue::UNDEFINED }
    })
}

fn is_read(floor: &Floor, url: &str, body: &[u8], decrypted: &mut Vec<u8>) -> bool {
    let encrypt = last_cdata(body);
    let [token, timestamp, nonce] = [&floor.token, &url[TIMESTAMP], &url[NONCE]].map(str::as_bytes);
    let signed = &url.as_bytes()[url.len() - SIGNATURE_FROM_END..];
    if !signature::matches(signed, [token, timestamp, nonce, encrypt]) {
        return false;
    }
    let Ok(encrypt) = str::from_utf8(encrypt) else { return false };
    match floor.key.open_into(encrypt, decrypted) {
        Ok(Opened { message, receiver }) => {
            decrypted[receiver] == *floor.app_id.as_bytes()
                && !last_cdata(&decrypted[message]).is_empty()
        }
        Err(_) => false,
    }
}

/// Reads every event of the XML.
fn last_cdata(xml: &[u8]) -> &[u8] {
    let mut reader = Reader::from_reader(xml);
    let (mut last, mut at) = (0..0, 0);
    loop {
        let event = black_box(reader.read_event());
        let end = usize::try_from(reader.buffer_position()).unwrap_or_default();
        match event {
            Ok(Event::CData(_)) => last = at + "<![CDATA[".len()..end - "]]>".len(),
            Ok(Event::Eof) => return &xml[last],
            Ok(_) => {}
            Err(_) => return &[],
        }
        at = end;
    }
}
