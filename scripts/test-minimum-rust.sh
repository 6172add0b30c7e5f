#!/usr/bin/env bash
# Builds everything with the oldest Rust that Cargo.toml promises, where rustup has it or can get it.
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)

if cargo "+$version" --version 2>/dev/null ||
  timeout 300 rustup toolchain install "$version" --profile minimal --no-self-update; then
  cargo "+$version" build --workspace --locked --quiet --target-dir target/minimum-rust
  echo "test:minimum-rust: built with Rust $version"
else
  echo "test:minimum-rust: skipped, rustup is missing or cannot get Rust $version"
fi
