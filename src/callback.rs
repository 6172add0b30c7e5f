//! Plain Node-API callbacks, for the calls that see every request: the macro's argument handling
//! costs as much as the work itself. All unsafe code of the project is in this file.

#![allow(unsafe_code)]

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::rc::Rc;
use std::slice;

use napi::bindgen_prelude::*;
use napi::sys;

const MAX_ARGS: usize = 4;
/// UTF-16 units that the texts of one call may have together before they are read the slow way.
const FAST_UNITS: usize = 1024;

/// What a call returns to JavaScript.
pub(crate) enum Answer {
    Bool(bool),
    Text(String),
    Undefined,
}

/// One call from JavaScript.
pub(crate) struct Call {
    env: sys::napi_env,
    args: [sys::napi_value; MAX_ARGS],
}

type Body<T> = fn(&T, &Call) -> Answer;

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

impl Call {
    /// Reads the first `N` arguments as UTF-8 and hands them to `body`; `Undefined` when one is no
    /// string. Lone surrogates become U+FFFD, as in Node's own `Buffer.from`.
    pub(crate) fn with_texts<const N: usize>(
        &self,
        body: impl FnOnce([&[u8]; N]) -> Answer,
    ) -> Answer {
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
        if all >= 0x80 {
            return self.with_long_texts(body);
        }
        // SAFETY: the loop has written the first `at` bytes.
        let bytes = unsafe { slice::from_raw_parts(bytes.as_ptr().cast::<u8>(), at) };
        let mut from = 0;
        body(ends.map(|end| &bytes[std::mem::replace(&mut from, end)..end]))
    }

    #[cold]
    fn with_long_texts<const N: usize>(&self, body: impl FnOnce([&[u8]; N]) -> Answer) -> Answer {
        let mut texts = [const { String::new() }; N];
        for (arg, text) in self.args.iter().zip(&mut texts) {
            // SAFETY: `arg` is a live value of `env` for the length of this call.
            let Ok(read) = (unsafe { String::from_napi_value(self.env, *arg) }) else {
                return Answer::Undefined;
            };
            *text = read;
        }
        body(std::array::from_fn(|i| texts[i].as_bytes()))
    }
}

/// What Node calls.
///
/// # Safety
/// Only as the callback of a function made by [`function`] with the same `T`.
unsafe extern "C" fn run<T>(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    let mut call = Call { env, args: [ptr::null_mut(); MAX_ARGS] };
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
    let answer = catch_unwind(AssertUnwindSafe(|| (callback.body)(&callback.data, &call)));
    match answer {
        Ok(answer) => value(env, &answer),
        Err(_) => throw(env),
    }
}

fn value(env: sys::napi_env, answer: &Answer) -> sys::napi_value {
    let mut value = ptr::null_mut();
    // SAFETY: `env` is live, the text is valid for its length; on failure `value` stays null, which
    // Node takes as undefined.
    unsafe {
        match answer {
            Answer::Bool(yes) => sys::napi_get_boolean(env, *yes, &raw mut value),
            Answer::Text(text) => sys::napi_create_string_utf8(
                env,
                text.as_ptr().cast(),
                text.len().cast_signed(),
                &raw mut value,
            ),
            Answer::Undefined => sys::Status::napi_ok,
        };
    }
    value
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
