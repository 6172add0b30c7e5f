'use strict';

/** The name of the addon file for the running platform: `wechat-push.linux-x64-gnu.node`. */
function addonFile() {
  return `wechat-push.${platformName()}.node`;
}

/** `darwin-arm64`, `win32-x64`, `linux-x64-gnu`, `linux-x64-musl`, … */
function platformName() {
  const name = `${process.platform}-${process.arch}`;
  return process.platform === 'linux' ? `${name}-${libc()}` : name;
}

function libc() {
  const report = /** @type {any} */ (process.report);
  const { excludeNetwork } = report;
  // Without this the report looks up host names, which can take seconds.
  report.excludeNetwork = true;
  const { glibcVersionRuntime } = report.getReport().header;
  report.excludeNetwork = excludeNetwork;
  return glibcVersionRuntime ? 'gnu' : 'musl';
}

module.exports = { addonFile, platformName };
