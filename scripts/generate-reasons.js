'use strict';

// Writes the lists of names that the core has into index.d.ts; with --check it only says whether they are up to date.

const fs = require('node:fs');
const path = require('node:path');
const { readReasons } = require('./reasons.js');
const { format, root, writeOrCheck } = require('./write-generated.js');

const target = 'index.d.ts';

/** By the name of a type, what stands in it. */
const unions = {
  RejectionReason: () => readReasons().map(({ name }) => name),
  ReplyRule: replyRules,
  PushPlatform: platforms,
  PushTrust: trusts,
};

main();

async function main() {
  let text = fs.readFileSync(path.join(root, target), 'utf8');
  for (const [type, read] of Object.entries(unions)) text = withUnion(text, type, read());
  writeOrCheck(target, await format(text, target), 'core');
}

function withUnion(text, type, names) {
  const found = new RegExp(`export type ${type} =[^;]*;`);
  if (!found.test(text)) throw new Error(`${target}: there is no ${type}`);
  if (names.length === 0) throw new Error(`there is nothing for ${type}`);
  return text.replace(found, `export type ${type} = ${names.map((name) => `'${name}'`).join(' | ')};`);
}

/** Those of core/hints.json against which a reply can be. */
function replyRules() {
  const { replies } = JSON.parse(fs.readFileSync(path.join(root, 'core/hints.json'), 'utf8'));
  return Object.keys(replies).filter((rule) => replies[rule].outcome !== 'doubtful');
}

/** The names in core/src/platform.rs. */
function platforms() {
  return namesIn('core/src/platform.rs', /\bname: Some\("([\w-]+)"\)/g);
}

/** The names in core/src/trust.rs. */
function trusts() {
  return namesIn('core/src/trust.rs', /\bname: "([\w-]+)"/g);
}

/**
 * @param {string} file
 * @param {RegExp} name
 */
function namesIn(file, name) {
  const source = fs.readFileSync(path.join(root, file), 'utf8');
  return Array.from(source.matchAll(name), ([, one]) => one);
}
