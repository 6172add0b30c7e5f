#!/usr/bin/env bash
# Lets Miri interpret the tests of the Rust core: it sees undefined behaviour that a run does not show. Skipped,
# in words, where nightly Rust or Miri is missing. Arguments go to `cargo test`, such as the name of a test.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! cargo +nightly miri --version >/dev/null 2>&1; then
  echo 'test:miri: skipped, Miri is missing (rustup component add --toolchain nightly miri rust-src)'
  exit 0
fi

# Proptest reads the folder it runs in, and one case takes a second.
export MIRIFLAGS=-Zmiri-disable-isolation PROPTEST_CASES=2
cargo +nightly miri test --package wechat-push-core --lib --locked --target-dir target/miri "$@"
echo 'test:miri: Miri found nothing'
