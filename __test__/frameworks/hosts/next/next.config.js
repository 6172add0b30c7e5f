'use strict';

// Out of the bundle, where it would run as WebAssembly, the addon runs.
module.exports = { serverExternalPackages: ['wechat-push'] };
