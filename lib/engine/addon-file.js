'use strict';

const path = require('node:path');
const { engineFailed } = require('../errors.js');
const { addonFile, machineName } = require('./machine.js');
const { isCutShort } = require('./elf.js');
const { version } = require('../../package.json');

const ROOT = path.join(__dirname, '..', '..');

/**
 * The addon for this machine.
 * @returns {import('./addon.js').Addon}
 */
function loadAddon() {
  const platform = machineName();
  const file = path.join(ROOT, addonFile(platform));
  try {
    if (isCutShort(file)) throw new Error('the file is cut short');
    const addon = requireAddon(platform, file);
    const built = addon.version?.() ?? 'an older version';
    if (built !== version) throw new Error(`it was built for ${built} of wechat-push, not ${version}`);
    return addon;
  } catch (/** @type {any} */ cause) {
    const isMissing = cause?.code === 'MODULE_NOT_FOUND';
    const why = isMissing ? 'there is no such file' : String(cause?.message ?? cause).split('\n')[0];
    throw engineFailed(`the addon for ${platform} does not load from ${file}: ${why}`, { isMissing, cause });
  }
}

/**
 * Tools that pack an app follow these, as each names its file.
 * @param {string} platform
 * @param {string} file for a platform that is none of ours, where somebody has built it
 */
function requireAddon(platform, file) {
  switch (platform) {
    case 'linux-x64':
      return require('../../wechat-push.linux-x64.node');
    case 'linux-arm64':
      return require('../../wechat-push.linux-arm64.node');
    case 'darwin-x64':
      return require('../../wechat-push.darwin-x64.node');
    case 'darwin-arm64':
      return require('../../wechat-push.darwin-arm64.node');
    case 'win32-x64':
      return require('../../wechat-push.win32-x64.node');
    default:
      return /** @type {any} */ (module).require(file);
  }
}

module.exports = { loadAddon };
