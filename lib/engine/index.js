'use strict';

// Picks what runs the Rust core. Today that is the addon; another engine is one more file that exports the same.
module.exports = require('./addon.js');
