#!/usr/bin/env bash
# Lets Miri interpret the unit tests of the Rust core: it sees undefined behaviour that a run does not show, here in
# the libraries, since the core has no `unsafe`. Skipped, in words, where nightly Rust or Miri is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
unset CARGO_TARGET_DIR

if ! cargo +nightly miri --version >/dev/null 2>&1; then
  echo 'test:miri: skipped, Miri is missing (rustup component add --toolchain nightly miri rust-src)'
  exit 0
fi

# These read tables of 200 kB or make regular expressions, which Miri takes many minutes for.
slow=(catalogue explain hints agrees_with_the_naive_reference)
# Proptest asks for the folder that it runs in, which Miri must allow.
export MIRIFLAGS=-Zmiri-disable-isolation PROPTEST_CASES=2
cargo +nightly miri test --package wechat-push-core --lib --locked --target-dir target/miri \
  -- "${slow[@]/#/--skip=}"
echo 'test:miri: Miri found nothing'
