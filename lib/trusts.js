'use strict';

const engine = require('./engine/index.js');

/** What the option `trust` can be, and the headers by which the pushes of each are known. */
const trusts = new Map(
  engine.trusts().map((one) => {
    const [name, ...headers] = one.split(' ');
    return [name, headers];
  }),
);

/** All of those headers, in lower case. */
const vouchingHeaders = [...trusts.values()].flat();

module.exports = { trusts, vouchingHeaders };
