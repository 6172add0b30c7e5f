#!/usr/bin/env bash
# Builds the addon with AddressSanitizer and lets the JavaScript tests run it: every function of the addon,
# with good and hostile input. Needs nightly Rust and the AddressSanitizer of gcc; says so where they are missing.
# Arguments are the tests to run; without any it is those that get most out of the addon.
set -euo pipefail
cd "$(dirname "$0")/.."
unset CARGO_TARGET_DIR

skip() {
  echo "test:asan: skipped, $1"
  exit 0
}

target=x86_64-unknown-linux-gnu
[ "$(uname -sm)" = 'Linux x86_64' ] || skip 'it runs on Linux x64 only'
cargo +nightly --version >/dev/null 2>&1 || skip 'nightly Rust is missing (rustup toolchain install nightly)'
runtime=$(gcc -print-file-name=libasan.so 2>/dev/null) || skip 'gcc is missing'
[ -f "$runtime" ] || skip "gcc's AddressSanitizer is missing (libasan)"

built=$PWD/target/asan
work=$built/package
reports=$built/reports
RUSTFLAGS=-Zsanitizer=address cargo +nightly build --quiet --locked --release --package wechat-push-node \
  --target $target --target-dir "$built" \
  --config 'profile.release.strip = "none"' --config 'profile.release.lto = "off"' \
  --config 'profile.release.debug = "line-tables-only"'

# The tests run in a copy, so that the addon of this folder stays what it is.
rm -rf "$work" "$reports"
mkdir -p "$work" "$reports"
git ls-files -z -- '*.js' '*.json' '*.ts' '*.mjs' '*.md' core | xargs -0 cp --parents -t "$work"
ln -s "$PWD/node_modules" "$work/node_modules"
cp "$built/$target/release/libwechat_push_node.so" "$work/wechat-push.linux-x64.node"

tests=("$@")
[ ${#tests[@]} -gt 0 ] || tests=(native check-push vectors messages hostile gateway explain handshake body-parsers)
cd "$work"
# V8 keeps memory until the end on purpose, and AddressSanitizer keeps what was freed, so leaks are for `npm run soak`.
export ASAN_OPTIONS="detect_leaks=0:log_path=$reports/asan"
status=0
LD_PRELOAD=$runtime node node_modules/jest/bin/jest.js --runInBand \
  --testTimeout 60000 --testNamePattern '^(?!.*frees its accounts)' "${tests[@]}" || status=$?
if compgen -G "$reports/asan*" >/dev/null; then
  cat "$reports"/asan*
  echo 'test:asan: AddressSanitizer found a fault'
  exit 1
fi
echo 'test:asan: AddressSanitizer found nothing'
[ $status -eq 0 ] || echo 'test:asan: but tests failed: on a busy machine they miss their deadlines, being three times slower'
exit $status
