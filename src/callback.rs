//! Plain Node-API callbacks, for the calls that see every request: the macro's argument handling
//! costs as much as the work itself. All unsafe code is in this file.

#![allow(unsafe_code)]

use std::borrow::Cow;
use std::cell::RefCell;
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;
use std::slice;
use std::sync::atomic::{AtomicU8, Ordering};

use encoding_rs::mem::convert_str_to_utf16;
use napi::bindgen_prelude::*;
use napi::sys;

use crate::call::Call;

const MAX_ARGS: usize = 5;
/// UTF-16 units that the texts of one call may have together before they are read the slow way.
const FAST_UNITS: usize = 1024;
/// UTF-16 units that stay allocated between calls, at the most.
const KEPT_UNITS: usize = 1 << 20;
/// The bytes of a piece of a long text: strings of that size have their place in the memory that V8
/// uses over and over, while one of a megabyte is mapped into it and out again.
const PIECE: usize = 32 * 1024;

thread_local! {
    static UNITS: RefCell<Vec<u16>> = const { RefCell::new(vec![]) };
}

/// What a call returns to JavaScript; null is undefined.
pub(crate) struct JsValue(sys::napi_value);

/// One call from JavaScript.
pub(crate) struct NodeCall {
    env: sys::napi_env,
    args: [sys::napi_value; MAX_ARGS],
}

type Body<T> = fn(&T, &NodeCall) -> JsValue;

struct Callback<T> {
    data: Rc<T>,
    body: Body<T>,
}

/// Makes a JavaScript function that runs `body` over `data` and keeps `data` alive.
pub(crate) fn function<'env, T: 'static>(
    env: &'env Env,
    name: &str,
    data: Rc<T>,
    body: Body<T>,
) -> Result<Unknown<'env>> {
    let callback = Box::into_raw(Box::new(Callback { data, body })).cast::<c_void>();
    let mut value = ptr::null_mut();
    // SAFETY: `env` is live; `callback` is freed once, by the finalizer, after the function is gone.
    let status = unsafe {
        sys::napi_create_function(
            env.raw(),
            name.as_ptr().cast(),
            name.len().cast_signed(),
            Some(run::<T>),
            callback,
            &raw mut value,
        )
    };
    check_status!(status)?;
    // SAFETY: `value` is the function made above, and `drop_callback::<T>` matches what `callback` is.
    let status = unsafe {
        sys::napi_add_finalizer(
            env.raw(),
            value,
            callback,
            Some(drop_callback::<T>),
            ptr::null_mut(),
            ptr::null_mut(),
        )
    };
    check_status!(status)?;
    // SAFETY: `value` is a live value of `env`.
    Ok(unsafe { Unknown::from_raw_unchecked(env.raw(), value) })
}

impl JsValue {
    pub(crate) const UNDEFINED: Self = Self(ptr::null_mut());
}

impl NodeCall {
    /// A boolean to return.
    pub(crate) fn boolean(&self, yes: bool) -> JsValue {
        let mut value = ptr::null_mut();
        // SAFETY: `env` is live; on failure `value` stays null.
        unsafe { sys::napi_get_boolean(self.env, yes, &raw mut value) };
        JsValue(value)
    }

    /// The same call without its first argument.
    pub(crate) fn rest(&self) -> Self {
        let [_, a, b, c, d] = self.args;
        Self { env: self.env, args: [a, b, c, d, ptr::null_mut()] }
    }

    #[cold]
    fn with_long_texts<const N: usize>(&self, body: impl FnOnce([&str; N]) -> JsValue) -> JsValue {
        let mut texts = [const { String::new() }; N];
        for (arg, text) in self.args.iter().zip(&mut texts) {
            let Some(read) = text_of(self.env, *arg) else { return JsValue::UNDEFINED };
            *text = read;
        }
        body(std::array::from_fn(|i| texts[i].as_str()))
    }
}

impl Call for NodeCall {
    type Value = JsValue;

    fn text(&self, text: &str) -> JsValue {
        JsValue(string(self.env, text))
    }

    /// A long text as an array of its pieces.
    fn texts(&self, text: &str, long_texts: &[Cow<str>]) -> JsValue {
        if long_texts.is_empty() {
            return self.text(text);
        }
        // All strings first: to fill an array may run JavaScript, where the app has changed arrays.
        let text = vec![string(self.env, text)];
        let in_pieces = |text| pieces(text).map(|piece| string(self.env, piece)).collect();
        let long_texts = long_texts.iter().map(|text| in_pieces(text));
        let values: Vec<Vec<_>> = std::iter::once(text).chain(long_texts).collect();
        let items = values.iter().map(|pieces| match pieces.as_slice() {
            [whole] => *whole,
            _ => array(self.env, pieces.iter().copied()),
        });
        JsValue(array(self.env, items))
    }

    fn with_texts<const N: usize>(&self, body: impl FnOnce([&str; N]) -> JsValue) -> JsValue {
        const { assert!(N <= MAX_ARGS) }
        let mut units = [MaybeUninit::<u16>::uninit(); FAST_UNITS];
        let mut ends = [0; N];
        let mut at = 0;
        for (arg, end) in self.args.iter().zip(&mut ends) {
            let mut length = 0;
            let free = &mut units[at..];
            // SAFETY: the buffer has `free.len()` units; Node writes fewer and says how many.
            let status = unsafe {
                sys::napi_get_value_string_utf16(
                    self.env,
                    *arg,
                    free.as_mut_ptr().cast(),
                    free.len(),
                    &raw mut length,
                )
            };
            // A text that fills the buffer may have been cut off.
            if status != sys::Status::napi_ok || length + 1 >= free.len() {
                return self.with_long_texts(body);
            }
            at += length;
            *end = at;
        }
        // SAFETY: Node has written the first `at` units.
        let units = unsafe { slice::from_raw_parts(units.as_ptr().cast::<u16>(), at) };
        let mut bytes = [MaybeUninit::uninit(); FAST_UNITS];
        let mut all = 0;
        for (byte, unit) in bytes.iter_mut().zip(units) {
            all |= *unit;
            byte.write(unit.to_le_bytes()[0]);
        }
        let mut from = 0;
        let ranges = ends.map(|end| std::mem::replace(&mut from, end)..end);
        if all >= 0x80 {
            let texts = ranges.map(|range| String::from_utf16_lossy(&units[range]));
            return body(std::array::from_fn(|i| texts[i].as_str()));
        }
        // SAFETY: the loop has written the first `at` bytes, each of which is ASCII.
        let text = unsafe {
            str::from_utf8_unchecked(slice::from_raw_parts(bytes.as_ptr().cast::<u8>(), at))
        };
        body(ranges.map(|range| &text[range]))
    }

    fn bytes(&self, index: usize) -> Cow<'_, [u8]> {
        let arg = self.args[index];
        // SAFETY: `args` are live values of `env`, and no JavaScript of this thread runs during the call,
        // so nothing frees or moves the memory.
        let bytes = unsafe { bytes_of(self.env, arg) };
        bytes.unwrap_or_else(|| text_of(self.env, arg).unwrap_or_default().into_bytes().into())
    }

    fn number(&self, index: usize) -> f64 {
        let mut number = 0.0;
        // SAFETY: `args` are live values of `env`; on failure `number` stays what it is.
        unsafe { sys::napi_get_value_double(self.env, self.args[index], &raw mut number) };
        number
    }

    fn flag(&self, index: usize) -> bool {
        let mut flag = false;
        // SAFETY: `args` are live values of `env`; on failure `flag` stays what it is.
        unsafe { sys::napi_get_value_bool(self.env, self.args[index], &raw mut flag) };
        flag
    }
}

/// A copy of the bytes of a `Uint8Array`, for functions that the macro exports.
pub struct Bytes(pub(crate) Vec<u8>);

impl TypeName for Bytes {
    fn type_name() -> &'static str {
        "Uint8Array"
    }

    fn value_type() -> ValueType {
        ValueType::Object
    }
}

impl ValidateNapiValue for Bytes {}

impl FromNapiValue for Bytes {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        // SAFETY: the macro gives a live value of `env`, and the bytes are copied at once.
        let bytes = unsafe { bytes_of(env, value) };
        let wrong = || Error::new(Status::InvalidArg, "Expect value to be a Uint8Array");
        bytes.map(|bytes| Self(bytes.into_owned())).ok_or_else(wrong)
    }
}

/// The memory of a `Uint8Array`, or a copy where another thread may write to it; nothing of anything else.
///
/// # Safety
/// `value` is a live value of `env`, and no JavaScript of this thread runs while the bytes are used.
unsafe fn bytes_of<'a>(env: sys::napi_env, value: sys::napi_value) -> Option<Cow<'a, [u8]>> {
    let mut kind = 0;
    let mut length = 0;
    let mut data = ptr::null_mut();
    let mut buffer = ptr::null_mut();
    let mut is_own = false;
    // SAFETY: the contract above; Node looks at the type of the value before anything else.
    unsafe {
        let status = sys::napi_get_typedarray_info(
            env,
            value,
            &raw mut kind,
            &raw mut length,
            &raw mut data,
            &raw mut buffer,
            ptr::null_mut(),
        );
        if status != sys::Status::napi_ok || kind != sys::TypedarrayType::uint8_array {
            return None;
        }
        // Node's word for whether it is an ArrayBuffer, which a SharedArrayBuffer is not.
        sys::napi_is_arraybuffer(env, buffer, &raw mut is_own);
    }
    if length == 0 || data.is_null() {
        return Some(Cow::Borrowed(&[]));
    }
    if is_own {
        // SAFETY: only this thread can reach the `length` bytes at `data`, and the contract keeps it from it.
        return Some(unsafe { slice::from_raw_parts(data.cast::<u8>(), length) }.into());
    }
    // SAFETY: the `length` bytes at `data` stay where they are, for shared memory is never taken away; what
    // other threads write there is read as atomics.
    let shared = unsafe { slice::from_raw_parts(data.cast::<AtomicU8>(), length) };
    Some(Cow::Owned(shared.iter().map(|byte| byte.load(Ordering::Relaxed)).collect()))
}

/// What Node calls.
///
/// # Safety
/// Only as the callback of a function made by [`function`] with the same `T`.
unsafe extern "C" fn run<T>(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    let mut call = NodeCall { env, args: [ptr::null_mut(); MAX_ARGS] };
    let mut count = MAX_ARGS;
    let mut data = ptr::null_mut();
    // SAFETY: `args` has room for `count` values; Node fills those that were not given with undefined.
    let status = unsafe {
        sys::napi_get_cb_info(
            env,
            info,
            &raw mut count,
            call.args.as_mut_ptr(),
            ptr::null_mut(),
            &raw mut data,
        )
    };
    if status != sys::Status::napi_ok {
        return ptr::null_mut();
    }
    // SAFETY: `data` is the `Callback<T>` that `function` made; the running function keeps it alive.
    let callback = unsafe { &*data.cast::<Callback<T>>() };
    catch_unwind(AssertUnwindSafe(|| (callback.body)(&callback.data, &call).0))
        .unwrap_or_else(|_| throw(env))
}

fn array(env: sys::napi_env, items: impl Iterator<Item = sys::napi_value>) -> sys::napi_value {
    let mut array = ptr::null_mut();
    // SAFETY: `env` is live and each item is a live value of it; Node refuses a null.
    unsafe {
        sys::napi_create_array(env, &raw mut array);
        for (item, index) in items.zip(0..) {
            sys::napi_set_element(env, array, index, item);
        }
    }
    array
}

fn pieces(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let mut length = PIECE.min(text.len());
        while !text.is_char_boundary(length) {
            length -= 1;
        }
        let (piece, rest) = text.split_at(length);
        text = rest;
        (length > 0).then_some(piece)
    })
}

/// Makes a JavaScript string. V8 copies Latin-1 and UTF-16, while it decodes UTF-8 unit by unit.
fn string(env: sys::napi_env, text: &str) -> sys::napi_value {
    let mut value = ptr::null_mut();
    if text.is_ascii() {
        let length = text.len().cast_signed();
        // SAFETY: `env` is live and `text` is valid for its length; on failure `value` stays null.
        unsafe {
            sys::napi_create_string_latin1(env, text.as_ptr().cast(), length, &raw mut value)
        };
        return value;
    }
    UNITS.with_borrow_mut(|units| {
        if units.len() < text.len() {
            units.resize(text.len(), 0);
        }
        let length = convert_str_to_utf16(text, units).cast_signed();
        // SAFETY: `env` is live and `units` is valid for `length`; on failure `value` stays null.
        unsafe { sys::napi_create_string_utf16(env, units.as_ptr(), length, &raw mut value) };
        if units.len() > KEPT_UNITS {
            *units = vec![];
        }
    });
    value
}

/// A string as UTF-8; nothing of anything else, which is not looked at: napi-rs would run its `toJSON`
/// to have something to complain about.
fn text_of(env: sys::napi_env, value: sys::napi_value) -> Option<String> {
    let mut length = 0;
    // SAFETY: `value` is a live value of `env`; without a buffer, Node tells the length.
    let status =
        unsafe { sys::napi_get_value_string_utf8(env, value, ptr::null_mut(), 0, &raw mut length) };
    if status != sys::Status::napi_ok {
        return None;
    }
    // Node ends what it writes with a NUL.
    let mut bytes = vec![0_u8; length + 1];
    let room = bytes.len();
    // SAFETY: `bytes` has `room` bytes, of which Node says how many it has written.
    unsafe {
        sys::napi_get_value_string_utf8(
            env,
            value,
            bytes.as_mut_ptr().cast(),
            room,
            &raw mut length,
        );
    }
    bytes.truncate(length);
    String::from_utf8(bytes).ok()
}

fn throw(env: sys::napi_env) -> sys::napi_value {
    let message = c"wechat-push failed inside; please report how to reach this";
    // SAFETY: `env` is live and both strings end with NUL.
    unsafe { sys::napi_throw_error(env, c"ERR_WECHAT_PUSH_INTERNAL".as_ptr(), message.as_ptr()) };
    ptr::null_mut()
}

/// # Safety
/// `data` is a `Callback<T>` made by [`function`], and nothing uses it any more.
unsafe extern "C" fn drop_callback<T>(_env: sys::napi_env, data: *mut c_void, _hint: *mut c_void) {
    // SAFETY: the contract above.
    drop(unsafe { Box::from_raw(data.cast::<Callback<T>>()) });
}
