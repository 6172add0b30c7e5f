#!/usr/bin/env bash
# The JavaScript tests on the other supported versions of Node; the addon is the same for all, by Node-API.
set -euo pipefail
cd "$(dirname "$0")/.."

for version in 22 24; do
  echo "test:node-versions: Node $version"
  npx --yes --package "node@$version" -- node node_modules/jest/bin/jest.js "$@"
done
