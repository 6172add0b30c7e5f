'use strict';

const { plainText } = require('./lib/answers/plain-text.js');

module.exports = { plainText };
