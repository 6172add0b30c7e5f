'use strict';

/** The glibc of RHEL 7: older ones run no Node that is still in use. */
const GLIBC = '2.17';
/** Stripped by the linker, as there is no other tool, without libraries that nothing uses, and nameless. */
const MACOS = ['-s', '-dead_strip_dylibs', '-install_name,@rpath/wechat-push.node'].map(
  (flag) => `-Clink-arg=-Wl,${flag}`,
);

/**
 * What build-platforms.js builds: `zig` is the target with its oldest glibc, `flags` are for rustc. Those for Linux are
 * for musl, too.
 * @type {Record<string, { target: string, zig?: string, flags?: string[], isMacos?: boolean, isWindows?: boolean }>}
 */
const TARGETS = {
  'linux-x64': { target: 'x86_64-unknown-linux-gnu', zig: `x86_64-unknown-linux-gnu.${GLIBC}` },
  'linux-arm64': { target: 'aarch64-unknown-linux-gnu', zig: `aarch64-unknown-linux-gnu.${GLIBC}` },
  'darwin-x64': { target: 'x86_64-apple-darwin', flags: MACOS, isMacos: true },
  'darwin-arm64': { target: 'aarch64-apple-darwin', flags: MACOS, isMacos: true },
  'win32-x64': { target: 'x86_64-pc-windows-gnullvm', isWindows: true },
};

module.exports = { GLIBC, TARGETS };
