'use strict';

const { loaderOf } = require('./elf.js');

/** The name of the addon file, here for the machine that it runs on: `wechat-push.linux-x64-gnu.node`. */
function addonFile(machine = machineName()) {
  return `wechat-push.${machine}.node`;
}

/** `darwin-arm64`, `win32-x64`, `linux-x64-gnu`, `linux-x64-musl`, … */
function machineName() {
  const name = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' ? `${name}-${libc()}` : name;
}

/** That which the running program was linked with: its loader says so, else Node does. */
function libc() {
  const report = /** @type {any} */ (process.report);
  // The runtimes without it come for glibc alone.
  if (typeof report?.getReport !== 'function') return 'gnu';
  const loader = loaderOf(process.execPath);
  if (loader) return loader.includes('ld-musl') ? 'musl' : 'gnu';
  const { excludeNetwork } = report;
  // Without this the report looks up host names, which can take seconds.
  report.excludeNetwork = true;
  const { glibcVersionRuntime } = report.getReport().header;
  report.excludeNetwork = excludeNetwork;
  return glibcVersionRuntime ? 'gnu' : 'musl';
}

module.exports = { addonFile, machineName };
