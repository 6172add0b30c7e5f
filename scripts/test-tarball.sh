#!/bin/sh
# Tries a whole tarball on this machine: the tests run on the files that it holds, nothing is built.
#   sh scripts/test-tarball.sh TARBALL [what jest shall run]
set -eu
tarball=$1
shift

npm ci --ignore-scripts
# The packed package.json has no scripts and no settings for tests.
tar -xzf "$tarball" --strip-components=1 --exclude=package/package.json
npx jest "$@"
WECHAT_PUSH_ENGINE=wasm npx jest conformance vectors
npm run test:install -- "$tarball" --whole
