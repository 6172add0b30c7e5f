#!/usr/bin/env bash
# The workflows by their schema, and by what zizmor knows of their security; neither needs a network once installed.
# Where PyPI cannot be reached they are skipped, in words.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=target/workflow-linters

node scripts/check-version.js
if ! python3 -m venv "$tools"; then
  echo 'test:workflows: skipped, there is no Python with venv'
  exit 0
fi
if ! said=$("$tools/bin/pip" --disable-pip-version-check --quiet install --requirement .github/linters.txt 2>&1); then
  echo "$said"
  # A version that is not there is a mistake; no version at all is a registry out of reach.
  grep -q 'from versions: none' <<<"$said" || exit 1
  echo 'test:workflows: skipped, PyPI cannot be reached'
  exit 0
fi

"$tools/bin/check-jsonschema" --builtin-schema vendor.github-workflows .github/workflows/*.yml
"$tools/bin/check-jsonschema" --builtin-schema vendor.dependabot .github/dependabot.yml
"$tools/bin/zizmor" --offline --no-progress --persona pedantic .github
