'use strict';

const { binaryOf } = require('../../binary-of.js');

module.exports = () => binaryOf('bun', '@oven', /^bun-/, 'bin/bun');
