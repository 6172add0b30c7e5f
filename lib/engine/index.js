'use strict';

// What runs the Rust core. By `imports` in package.json Node chooses itself, while bundlers, which cannot carry an
// addon, take WebAssembly.
module.exports = require('#engine');
