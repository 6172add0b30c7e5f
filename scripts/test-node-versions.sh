#!/usr/bin/env bash
# The JavaScript tests on the other supported versions of Node, where npx has them or can get them; the addon is
# the same for all, by Node-API.
set -euo pipefail
cd "$(dirname "$0")/.."

for version in 22 24; do
  run=(npx --yes --package "node@$version" -- node)
  if found=$(timeout 300 "${run[@]}" --version); then
    echo "test:node-versions: Node $found"
    "${run[@]}" node_modules/jest/bin/jest.js "$@"
  else
    echo "test:node-versions: skipped Node $version, npx is missing or cannot get it"
  fi
done
