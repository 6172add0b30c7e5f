#!/usr/bin/env bash
# Licences, sources and doubles of every crate, by deny.toml; the registry's signatures of every npm package.
# What cannot be done here is skipped, in words.
set -euo pipefail
cd "$(dirname "$0")/.."
status=0

if cargo deny --version >/dev/null 2>&1; then
  cargo deny --locked check licenses bans sources || status=1
else
  echo 'test:supply: cargo deny is skipped, it is not installed (cargo install cargo-deny --locked)'
fi

if signatures=$(npm audit signatures --fetch-retries=0 --loglevel=error 2>&1); then
  echo "$signatures"
elif grep -q 'npm error network' <<<"$signatures"; then
  echo 'test:supply: npm audit signatures is skipped, the keys that sign cannot be reached'
else
  echo "$signatures"
  status=1
fi

exit $status
