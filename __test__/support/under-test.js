'use strict';

const path = require('node:path');

/** Where the package stands that these tests load as `wechat-push`: this clone, or the one installed beside them. */
const folder = path.dirname(require.resolve('wechat-push/package.json'));

/** A module that only the package itself has. @param {string} file */
function inside(file) {
  return require(path.join(folder, file));
}

module.exports = { folder, inside };
