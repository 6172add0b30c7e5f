'use strict';

const { packages, uses } = require('./packages.json');
const { textOf } = require('./source.js');

const LOADS = new Set([
  'require',
  'resolve',
  'import',
  'mock',
  'unmock',
  'doMock',
  'requireActual',
  'importActual',
]);
const NAMES = Object.keys(packages);
/** The package that each of our modules stands in for. */
const COMPAT = new Map(
  Object.entries(packages).flatMap(([name, row]) => ('compat' in row ? [[row.compat, name]] : [])),
);

/**
 * A row of packages.json.
 * @typedef {{ en: string, zh: string }} Words
 * @typedef {{ packages: string[], member: string, objects?: string[], own?: boolean, call?: boolean, instead: Words }} Use
 */

/**
 * The places where a file loads one of the packages: by `require`, `import`, `export … from`, or for a mock. `isWhole`
 * where it is the package itself and no file of it, `isMoved` where it is ours in its place already.
 * @param {import('./source.js').Source} source
 */
function loadsIn({ tokens }) {
  return tokens.flatMap((token, at) => {
    const text = textOf(token);
    if (text === null || !isLoaded(tokens, at)) return [];
    const moved = COMPAT.get(text);
    const name = moved ?? NAMES.find((one) => text === one || text.startsWith(`${one}/`));
    if (name === undefined) return [];
    const isDeclared = tokens[at - 1].value === 'module';
    return [{ at, package: name, isWhole: text === name && !isDeclared, isMoved: moved !== undefined }];
  });
}

/**
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 */
function isLoaded(tokens, at) {
  const before = tokens[at - 1]?.value;
  if (before === 'from' || before === 'import') return true;
  if (before === 'module') return tokens[at - 2]?.value === 'declare';
  return before === '(' && LOADS.has(tokens[at - 2]?.value);
}

/**
 * The places where a file uses what one of the packages gives, by the names of it.
 * @param {import('./source.js').Source} source
 */
function usesIn({ tokens }) {
  return tokens.flatMap(({ type, value }, at) => {
    if (type !== 'IdentifierName') return [];
    const use = /** @type {Use[]} */ (uses).find((one) => one.member === value && fits(one, tokens, at));
    if (!use) return [];
    const object = tokens[at - 2];
    const owner = isMember(tokens, at) && object?.type === 'IdentifierName' ? `${object.value}.` : '';
    return [{ at, use, code: owner + value }];
  });
}

/**
 * @param {Use} use
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 */
function fits({ objects, own, call }, tokens, at) {
  if (call) return tokens[at + 1]?.value === '(' && tokens[at - 1]?.value !== 'function';
  if (!isMember(tokens, at)) return false;
  return own === true || objects === undefined || objects.includes(tokens[at - 2]?.value);
}

/**
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 */
function isMember(tokens, at) {
  return ['.', '?.'].includes(tokens[at - 1]?.value);
}

/**
 * The packages that a package.json wants, with the line of each.
 * @param {string} text
 */
function dependenciesIn(text) {
  const manifest = parsed(text);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  const wanted = new Set(kinds.flatMap((kind) => Object.keys(manifest?.[kind] ?? {})));
  return NAMES.filter((name) => wanted.has(name)).map((name) => {
    const at = text.search(new RegExp(`"${name}"\\s*:\\s*"`));
    return { package: name, line: text.slice(0, Math.max(at, 0)).split('\n').length };
  });
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

module.exports = { dependenciesIn, loadsIn, usesIn };
