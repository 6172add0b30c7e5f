'use strict';

// The package has native code, which no bundle can hold.
module.exports = { serverExternalPackages: ['wechat-push'] };
