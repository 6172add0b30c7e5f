'use strict';

/** The name of the addon file, here for the machine that it runs on: `wechat-push.linux-x64.node`. */
function addonFile(machine = machineName()) {
  return `wechat-push.${machine}.node`;
}

/** `darwin-arm64`, `win32-x64`, `linux-x64`, …; of Linux one addon serves each C library. */
function machineName() {
  return `${process.platform}-${process.arch}`;
}

/** The C library of Linux, `glibc` or `musl`, for those who build an addon; undefined elsewhere. */
function libc() {
  const report = /** @type {any} */ (process.report);
  if (process.platform !== 'linux' || typeof report?.getReport !== 'function') return undefined;
  const { excludeNetwork } = report;
  // Without this the report looks up host names, which can take seconds.
  report.excludeNetwork = true;
  const { glibcVersionRuntime } = report.getReport().header;
  report.excludeNetwork = excludeNetwork;
  return glibcVersionRuntime ? 'glibc' : 'musl';
}

module.exports = { addonFile, libc, machineName };
