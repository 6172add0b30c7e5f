//! Links the addon the way Node expects; WebAssembly needs nothing of that, nor does Windows, where the Node-API is
//! found at load time.

use std::env::var;

fn main() {
    let is = |name: &str, value: &str| var(name).as_deref() == Ok(value);
    if !is("CARGO_CFG_TARGET_ARCH", "wasm32") && !is("CARGO_CFG_TARGET_OS", "windows") {
        napi_build::setup();
    }
}
