'use strict';

// Writes the reasons of core/src/rejection.rs into index.d.ts; with --check it only says whether they are up to date.

const fs = require('node:fs');
const path = require('node:path');
const { readReasons } = require('./reasons.js');
const { format, root, writeOrCheck } = require('./write-generated.js');

const target = 'index.d.ts';

main();

async function main() {
  writeOrCheck(target, await withReasons(), 'core/src/rejection.rs');
}

/** The text of the file with the reasons of today in its union. */
async function withReasons() {
  const text = fs.readFileSync(path.join(root, target), 'utf8');
  const union = readReasons().map(({ name }) => `'${name}'`);
  const type = `export type RejectionReason = ${union.join(' | ')};`;
  if (!/export type RejectionReason =/.test(text)) throw new Error(`${target}: there is no RejectionReason`);
  return format(text.replace(/export type RejectionReason =[^;]*;/, type), target);
}
