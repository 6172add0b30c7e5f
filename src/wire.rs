//! The one format of what crosses between Rust and JavaScript. `lib/wire.js` is the other side; both are
//! tested against `__test__/wire/*.json`.
//!
//! Most of it is a letter that says what follows, and a text. Joined strings are cheaper than objects made
//! through Node-API: taking one apart costs 70 ns, making the object would cost more than the push.

use std::borrow::Cow;

use wechat_push_core::document::{Format, Object, Value};
use wechat_push_core::envelope::Parts;
use wechat_push_core::gateway::{AnswerFlaw, PushError, WeChatRequest};
use wechat_push_core::{
    Explanation, Handshake, Language, LongTexts, Message, Objection, Rejection, ReplyAddress,
    ReplyError, Takes, Trusted, UsedKeys, Verdict, signature,
};

/// V8 makes a longer text faster by itself than as a part of the JSON, where it would also be in memory twice.
pub(crate) const LONG_TEXTS: LongTexts = LongTexts { over: 16 * 1024, mark: '\u{1f}' };

/// Between the parts of a message, none of which has control characters.
const PART: char = '\u{1f}';
/// Between the parts of a reply address, for the same reason.
const ADDRESS_PART: char = '\u{1e}';

/// `H`; the number of the Token that signed; where it must be remembered, the signature, 40 characters; of WeCom the
/// separator of addresses and whom it is for; a separator and the echostr. Or what [`rejection`] writes.
pub(crate) fn handshake(received: &Result<Handshake, Rejection>, out: &mut String) {
    match received {
        Ok(handshake) => write_handshake(handshake, out),
        Err(refused) => out.push_str(&rejection(refused)),
    }
}

fn write_handshake(handshake: &Handshake, out: &mut String) {
    let Handshake { echostr, token, signature, receive_id } = handshake;
    out.push('H');
    out.push(digit(Some(*token)));
    out.push_str(signature.as_deref().unwrap_or_default());
    if let Some(receive_id) = receive_id {
        out.push(ADDRESS_PART);
        out.push_str(receive_id);
    }
    out.push(PART);
    out.push_str(echostr);
}

/// A message as JSON, which begins with `{`, and behind it, each after a separator, its id, its reply address,
/// and its authentication: the signature and the hash of the body, each 40 characters, or nothing; or what
/// [`rejection`] writes. The long texts of a message cross beside that.
pub(crate) fn message(received: &Result<Message, Rejection>, out: &mut String) {
    match received {
        Ok(message) => write_message(message, out),
        Err(refused) => out.push_str(&rejection(refused)),
    }
}

/// What [`message`] writes, or [`handshake`] of a look at the path, with what it wants to hear as the echostr.
pub(crate) fn trusted(received: &Result<Trusted, Rejection>, out: &mut String) {
    match received {
        Ok(Trusted::Message(message)) => write_message(message, out),
        Ok(Trusted::Check(answer)) => {
            let echostr = (*answer).into();
            write_handshake(
                &Handshake { echostr, token: 0, signature: None, receive_id: None },
                out,
            );
        }
        Err(refused) => out.push_str(&rejection(refused)),
    }
}

/// `R` and `{"reason":…,"code":…,"status":…,"detail":…}`
pub(crate) fn rejection(rejection: &Rejection) -> String {
    let json = Object(vec![
        ("reason".into(), text(rejection.reason())),
        ("code".into(), number_or_null(rejection.code())),
        ("status".into(), Value::Literal(rejection.status().to_string().into())),
        ("detail".into(), text(&rejection.to_string())),
    ]);
    ["R", &json.to_json(256)].concat()
}

fn write_message(message: &Message, out: &mut String) {
    out.reserve(message.json().len() + 256);
    out.push_str(message.json());
    out.push(PART);
    message.write_id(out);
    out.push(PART);
    write_address(&message.reply_address(), message.token(), message.key(), out);
    out.push(PART);
    if let Some(authentication) = message.authentication() {
        out.push_str(authentication.signature);
        out.push_str(signature::as_text(&authentication.body_hash));
    }
}

/// `x` for XML, `j` for JSON, `l` for JSON whose envelope is spelt in lower case; the number of the
/// key that opened the push, a character from `1`, or `0` for plaintext; what the push takes as its answer, a letter of
/// [`TAKES`]; the number of the key that encrypts the reply, or `0` for none; that of the Token that signed; then the user,
/// the account and the nonce, of WeCom the `receiveid`, and of a bot of it what a reply names.
fn write_address(address: &ReplyAddress, token: usize, key: Option<usize>, out: &mut String) {
    let is_it = |(format, spelling, _): &&(Format, usize, char)| {
        (*format, *spelling) == (address.format, address.spelling)
    };
    out.push(FORMATS.iter().find(is_it).map_or('x', |(.., letter)| *letter));
    out.push(digit(key));
    out.push(
        TAKES.iter().find(|(takes, _)| *takes == address.takes).map_or('a', |(_, letter)| *letter),
    );
    out.push(digit(address.used.map(|used| used.key)));
    out.push(digit(Some(token)));
    for part in [&address.user, &address.account, &address.nonce] {
        out.push(ADDRESS_PART);
        out.push_str(part);
    }
    if let Some(receive_id) = &address.receive_id {
        out.push(ADDRESS_PART);
        out.push_str(receive_id);
    }
    if !address.subject.is_empty() {
        out.push(ADDRESS_PART);
        out.push_str(&address.subject);
    }
}

/// The formats, and the spellings of their envelopes.
const FORMATS: [(Format, usize, char); 3] =
    [(Format::Xml, 0, 'x'), (Format::Json, 0, 'j'), (Format::Json, 1, 'l')];

const TAKES: [(Takes, char); 7] = [
    (Takes::Reply, 'r'),
    (Takes::Any, 'a'),
    (Takes::Update, 'u'),
    (Takes::Welcome, 'w'),
    (Takes::Stream, 's'),
    (Takes::Data, 'd'),
    (Takes::Nothing, 'n'),
];

/// What [`write_address`] wrote; nothing of anything else.
pub(crate) fn reply_address(text: &str) -> Option<ReplyAddress<'_>> {
    let mut parts = text.split(ADDRESS_PART);
    let mut flags = parts.next()?.chars();
    let letter = flags.next()?;
    let (format, spelling, _) = *FORMATS.iter().find(|(.., one)| *one == letter)?;
    let encrypted = number(flags.next()?)? > 0;
    let takes = flags.next()?;
    let (takes, _) = *TAKES.iter().find(|(_, letter)| *letter == takes)?;
    let (key, token) = (number(flags.next()?)?, number(flags.next()?)?);
    let used = match (key.checked_sub(1), token.checked_sub(1)) {
        (Some(key), Some(token)) => Some(UsedKeys { key, token }),
        _ => None,
    };
    let mut next = || parts.next().map(Cow::from);
    Some(ReplyAddress {
        format,
        takes,
        encrypted,
        used,
        user: next()?,
        account: next()?,
        nonce: next()?,
        spelling,
        receive_id: next(),
        subject: next().unwrap_or_default(),
    })
}

fn digit(index: Option<usize>) -> char {
    let number = index.and_then(|index| u32::try_from(index + 1).ok()).unwrap_or_default();
    char::from_u32('0' as u32 + number).unwrap_or('0')
}

fn number(digit: char) -> Option<usize> {
    (digit as usize).checked_sub('0' as usize)
}

/// What goes now, and what becomes of the rest: `T` and `success`, `X` and XML, `J` and JSON, `j` and JSON that its user
/// may not see; `N` and `{"objection":{…},"format":…,"body":…,"first":…,"rest":…}` where that is not the value as it is,
/// with the format as a letter from above, `first` and `rest` null where the value is not split; or `E` and why nothing
/// can be written.
pub(crate) fn verdict(verdict: Result<Verdict, ReplyError>) -> String {
    let Verdict { reply, is_doubtful, objection: found, split } = match verdict {
        Ok(verdict) => verdict,
        Err(error) => return failure(&error.to_string()),
    };
    let letter = match reply.format {
        None => "T",
        Some(Format::Xml) => "X",
        Some(Format::Json) if is_doubtful => "j",
        Some(Format::Json) => "J",
    };
    let Some(found) = found else { return [letter, &reply.body].concat() };
    let room = reply.body.len() * 2 + 2048;
    let part = |json: Option<String>| Value::Literal(json.unwrap_or_else(|| "null".into()).into());
    let (first, rest) = split.map_or((None, None), |split| (Some(split.first), Some(split.rest)));
    let json = Object(vec![
        ("objection".into(), Value::Literal(objection(&found).into())),
        ("format".into(), text(letter)),
        ("body".into(), Value::Text(reply.body.into())),
        ("first".into(), part(first)),
        ("rest".into(), part(rest)),
    ]);
    ["N", &json.to_json(room)].concat()
}

/// `{"rule":…,"outcome":…,"en":…,"zh":…}`
pub(crate) fn objection(objection: &Objection) -> String {
    Object(vec![
        ("rule".into(), text(objection.rule())),
        ("outcome".into(), text(objection.outcome().name())),
        ("en".into(), text(&objection.text(Language::English))),
        ("zh".into(), text(&objection.text(Language::Chinese))),
    ])
    .to_json(512)
}

/// `E` and why.
pub(crate) fn failure(why: &str) -> String {
    ["E", why].concat()
}

/// `{"message":…,"id":…,"random":…}`, the last in hexadecimal digits; or what [`rejection`] writes. A key that is none is
/// a [`failure`].
pub(crate) fn envelope(opened: Result<Parts, Rejection>) -> String {
    let Parts { random, message, receiver } = match opened {
        Ok(parts) => parts,
        Err(refused) => return rejection(&refused),
    };
    let room = message.len() * 2 + 256;
    let digits = random.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
    Object(vec![
        ("message".into(), Value::Text(message.into())),
        ("id".into(), Value::Text(receiver.into())),
        ("random".into(), Value::Text(digits.into())),
    ])
    .to_json(room)
}

/// `S` and the text of `Encrypt`; or a [`failure`].
pub(crate) fn sealed(encrypt: &str) -> String {
    ["S", encrypt].concat()
}

/// `{"query":{…},"headers":{…},"body":"…","message":{…}}`, of a handshake with `"echo":"…"`, or `E` and why the message cannot be pushed.
pub(crate) fn request(request: Result<WeChatRequest, PushError>) -> String {
    let request = match request {
        Ok(request) => request,
        Err(error) => return failure(&error.to_string()),
    };
    let room = request.body.len() * 2 + 1024;
    let mut fields = vec![
        ("query".into(), Value::Object(request.query)),
        ("headers".into(), Value::Object(request.headers)),
        ("body".into(), Value::Text(request.body.into())),
        ("message".into(), Value::Literal(request.message.into())),
    ];
    fields.extend(request.echo.map(|echo| ("echo".into(), Value::Text(echo.into()))));
    Object(fields).to_json(room)
}

/// The reply in an answer as JSON, `N` for none, or what [`flaw`] writes.
pub(crate) fn answer(answer: Result<Option<String>, AnswerFlaw>) -> String {
    match answer {
        Ok(reply) => reply.unwrap_or_else(|| "N".into()),
        Err(found) => flaw(&found),
    }
}

/// `F` and `{"reason":…,"detail":…}`, with `"zh":…` where there is a sentence in Chinese, too.
pub(crate) fn flaw(flaw: &AnswerFlaw) -> String {
    let mut fields =
        vec![("reason".into(), text(flaw.reason())), ("detail".into(), text(&flaw.to_string()))];
    fields.extend(flaw.in_chinese().map(|sentence| ("zh".into(), text(&sentence))));
    ["F", &Object(fields).to_json(256)].concat()
}

/// `{"ok":…,"reason":…,"code":…,"detail":…,"hints":[…]}`
pub(crate) fn explanation(explanation: &Explanation, language: Language) -> String {
    let hints = explanation.hints.iter().map(|hint| text(&wechat_push_core::say(hint, language)));
    Object(vec![
        ("ok".into(), Value::Literal(explanation.reason.is_none().to_string().into())),
        ("reason".into(), explanation.reason.map_or(Value::Literal("null".into()), text)),
        ("code".into(), number_or_null(explanation.code)),
        ("detail".into(), text(&explanation.detail)),
        ("hints".into(), Value::List(hints.collect())),
    ])
    .to_json(1024)
}

fn text(text: &str) -> Value<'static> {
    Value::Text(text.to_owned().into())
}

fn number_or_null(number: Option<i32>) -> Value<'static> {
    Value::Literal(number.map_or("null".into(), |number| number.to_string()).into())
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use wechat_push_core::gateway::{self, ENTROPY};
    use wechat_push_core::{
        Account, AccountOptions, Body, ExplainRequest, HandlerValue, NamedAccount, Scratch,
        receive_handshake, receive_message, receive_trusting,
    };

    use super::*;
    use crate::functions::{open_envelope, seal_envelope};

    fn cases(json: &str) -> Vec<Value> {
        serde_json::from_str(json).unwrap()
    }

    fn account(case: &Value) -> Account {
        Account::new(options(case)).unwrap()
    }

    fn options(case: &Value) -> AccountOptions {
        let text = |name: &str| case["account"][name].as_str().map(ToOwned::to_owned);
        let texts = |name: &str| {
            let list = case["account"][name].as_array().into_iter().flatten();
            text(name).into_iter().chain(list.map(|one| one.as_str().unwrap().to_owned())).collect()
        };
        AccountOptions {
            tokens: texts("token"),
            encoding_aes_keys: texts("encodingAESKey"),
            app_id: text("appId"),
            receive_ids: text("receiveId").map(|id| vec![id]),
            mode: text("mode"),
            platform: text("platform"),
            trust: text("trust"),
            tolerance: 300,
            body_limit: 1 << 20,
        }
    }

    fn format(case: &Value) -> Format {
        if case["format"] == "json" { Format::Json } else { Format::Xml }
    }

    #[test]
    fn outcomes_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/outcomes.json")) {
            let text = |name: &str| case["request"][name].as_str().unwrap_or_default();
            let (account, url) = (account(&case), text("url"));
            let mut wire = String::new();
            if text("method") == "GET" {
                handshake(&receive_handshake(&account, url), &mut wire);
                assert_eq!(wire, case["wire"].as_str().unwrap(), "{case}");
                continue;
            }
            let body = Body::Bytes(text("body").as_bytes());
            let now = case["request"]["now"].as_u64().unwrap_or_default();
            let longest =
                case["longestText"].as_u64().and_then(|bytes| usize::try_from(bytes).ok());
            let over = longest.unwrap_or(LONG_TEXTS.over);
            let mut scratch = Scratch::with_long_texts(LongTexts { over, ..LONG_TEXTS });
            if let Some(vouched) = case["request"]["vouched"].as_bool() {
                trusted(
                    &receive_trusting(&account, url, body, now, vouched, &mut scratch),
                    &mut wire,
                );
                assert_eq!(wire, case["wire"].as_str().unwrap(), "{case}");
                continue;
            }
            let received = receive_message(&account, url, body, now, &mut scratch);
            message(&received, &mut wire);
            assert_eq!(wire, case["wire"].as_str().unwrap(), "{case}");
            if let Ok(message) = received {
                let long_texts: Value = message.long_texts().iter().map(AsRef::as_ref).collect();
                assert_eq!(long_texts, case["longTexts"], "{case}");
            }
        }
    }

    #[test]
    fn replies_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/replies.json")) {
            let value = case["json"].as_str().map(HandlerValue::Json);
            let value = value.unwrap_or_else(|| HandlerValue::Text(case["text"].as_str().unwrap()));
            let address = reply_address(case["address"].as_str().unwrap()).unwrap();
            let made = wechat_push_core::reply(&account(&case), &address, value, 1, [0; 16]);
            assert_eq!(verdict(made), case["wire"].as_str().unwrap(), "{case}");
        }
    }

    #[test]
    fn objections_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/objections.json")) {
            let named = Objection::named(case["rule"].as_str().unwrap()).unwrap();
            assert_eq!(objection(&named), case["wire"].as_str().unwrap(), "{case}");
        }
    }

    #[test]
    fn rejections_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/rejections.json")) {
            let limit = usize::try_from(case["limit"].as_u64().unwrap()).unwrap();
            let named = Rejection::named(case["reason"].as_str().unwrap(), limit).unwrap();
            assert_eq!(rejection(&named), case["wire"].as_str().unwrap(), "{case}");
        }
    }

    #[test]
    fn requests_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/requests.json")) {
            let (account, random) = (account(&case), [0x5a; ENTROPY]);
            let now = case["now"].as_u64().unwrap();
            let made = match case["message"].as_str() {
                Some(message) => gateway::push(&account, message, format(&case), now, random),
                None => Ok(gateway::handshake(&account, now, random)),
            };
            assert_eq!(request(made), case["wire"].as_str().unwrap(), "{case}");
        }
    }

    #[test]
    fn answers_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/answers.json")) {
            let text = |name: &str| case[name].as_str().unwrap();
            let (body, message) = (text("body").as_bytes(), Object::of_json(text("message")));
            let read =
                gateway::read_answer(&account(&case), body, format(&case), &message.unwrap(), "");
            assert_eq!(answer(read), text("wire"), "{case}");
        }
    }

    #[test]
    fn envelopes_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/envelopes.json")) {
            let text = |name: &str| case[name].as_str().unwrap();
            let opened = open_envelope(text("encodingAESKey"), text("encrypt"));
            assert_eq!(opened, text("wire"), "{case}");
        }
        for case in cases(include_str!("../__test__/wire/sealed.json")) {
            let text = |name: &str| case[name].as_str().unwrap();
            let digits = text("random");
            let random: Vec<u8> = (0..digits.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
                .collect();
            let (key, message, id) = (text("encodingAESKey"), text("message"), text("id"));
            let sealed = seal_envelope(key, message, id, Some(&random));
            assert_eq!(sealed, text("wire"), "{case}");
        }
    }

    #[test]
    fn flaws_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/flaws.json")) {
            let text = |name: &str| case[name].as_str();
            let checked = if let Some(echostr) = text("echostr") {
                gateway::check_echo(text("body").unwrap().as_bytes(), echostr)
            } else {
                let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
                gateway::check_answer(status, text("contentEncoding"), text("location"))
            };
            assert_eq!(checked.err().as_ref().map(flaw).as_deref(), text("wire"), "{case}");
        }
    }

    #[test]
    fn explanations_are_written_as_the_fixtures_say() {
        for case in cases(include_str!("../__test__/wire/explanations.json")) {
            let text = case["request"]["text"].as_str().unwrap();
            let method = case["request"]["method"].as_str();
            let request = ExplainRequest { method, text, body: None, now: None };
            let account =
                NamedAccount { name: "mine".into(), options: options(&case), wrong: None };
            let made = wechat_push_core::explain(request, &[account]);
            let chinese = case["lang"] == "zh";
            let language = if chinese { Language::Chinese } else { Language::English };
            assert_eq!(explanation(&made, language), case["wire"].as_str().unwrap(), "{case}");
        }
    }

    #[test]
    fn an_address_that_is_not_whole_is_none() {
        let whole = "x1r11\u{1e}o1\u{1e}gh_1\u{1e}15";
        let mut written = String::new();
        write_address(&reply_address(whole).unwrap(), 0, Some(0), &mut written);
        assert_eq!(written, whole);
        for end in 0..whole.rfind(ADDRESS_PART).unwrap() {
            assert_eq!(reply_address(&whole[..end]), None, "{end}");
        }
        for odd in [
            "X",
            "gibberish",
            "\u{1e}\u{1e}\u{1e}",
            "x1r1 \u{1e}\u{1e}\u{1e}",
            "x111\u{1e}\u{1e}\u{1e}",
        ] {
            assert_eq!(reply_address(odd), None, "{odd:?}");
        }
    }
}
