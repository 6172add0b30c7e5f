'use strict';

const { binaryOf } = require('../../binary-of.js');

module.exports = () => ({ ...binaryOf('deno', '@deno', /./, 'deno'), args: ['run', '--allow-all'] });
