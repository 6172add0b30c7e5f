'use strict';

/** The name of the addon file, here for the running platform: `wechat-push.linux-x64-gnu.node`. */
function addonFile(platform = platformName()) {
  return `wechat-push.${platform}.node`;
}

/** `darwin-arm64`, `win32-x64`, `linux-x64-gnu`, `linux-x64-musl`, … */
function platformName() {
  const name = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' ? `${name}-${libc()}` : name;
}

/** That which the running process was linked with; only Node says so, and the others come for glibc alone. */
function libc() {
  const report = /** @type {any} */ (process.report);
  if (typeof report?.getReport !== 'function') return 'gnu';
  const { excludeNetwork } = report;
  // Without this the report looks up host names, which can take seconds.
  report.excludeNetwork = true;
  const { glibcVersionRuntime } = report.getReport().header;
  report.excludeNetwork = excludeNetwork;
  return glibcVersionRuntime ? 'gnu' : 'musl';
}

module.exports = { addonFile, platformName };
