'use strict';

const path = require('node:path');
const { moduleEdit } = require('./edits.js');
const { importEdit } = require('./imports.js');
const { rewriteOf } = require('./rewrite.js');
const { signaturesIn } = require('./signatures.js');
const { readSource } = require('./source.js');
const { dependenciesIn, loadsIn, usesIn } = require('./uses.js');

/**
 * One place in a file.
 * @typedef {object} Finding
 * @property {string} file
 * @property {number} line
 * @property {'dependency' | 'package' | 'use' | 'signature' | 'msg_signature' | 'decryption'} kind
 * @property {string | null} package
 * @property {string} code
 * @property {boolean} sure whether it is that, and does not only look like it
 * @property {boolean} moved whether it is ours already
 * @property {import('./edits.js').Edit[]} edits what `--write` makes of it
 * @property {import('./uses.js').Use | null} use
 */

/**
 * A finding by its token; what is not said of it is as for most.
 * @param {import('./source.js').Token} token
 * @param {Pick<Finding, 'file' | 'kind' | 'code'> & Partial<Finding>} said
 * @returns {Finding}
 */
function finding({ line }, { file, kind, code, ...rest }) {
  const { package: name = null, sure = true, moved = false, edits = [], use = null } = rest;
  return { file, line, kind, package: name, code, sure, moved, edits, use };
}

/**
 * What a file has to do with the packages, and does by hand; null where it cannot be read.
 * @param {string} file its path
 * @param {string} text
 */
function readFile(file, text) {
  if (path.basename(file) === 'package.json') return readManifest(file, text);
  try {
    return readCode(file, text);
  } catch (error) {
    // A literal, or a nesting, that no regular expression and no stack takes.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * @param {string} file
 * @param {string} text
 */
function readCode(file, text) {
  const source = sourceOf(file, text);
  const { tokens } = source;
  const findings = [
    ...loadsIn(source).map((one) => loaded(tokens, file, one)),
    ...usesIn(source).map(({ at, use, code }) => finding(tokens[at], { file, kind: 'use', code, use })),
    ...made(source, text, file),
  ];
  const edits = findings.flatMap((one) => one.edits).toSorted((a, b) => a.from - b.from || a.to - b.to);
  return {
    findings: findings.toSorted((a, b) => a.line - b.line),
    // Two functions need one import.
    edits: edits.filter((one, at) => one.from !== edits[at - 1]?.from || one.text !== edits[at - 1].text),
    words: tokens.flatMap(({ type, value }) => (type === 'IdentifierName' ? [value] : [])),
  };
}

/**
 * JSX stands in files of other names, too.
 * @param {string} file
 * @param {string} text
 */
function sourceOf(file, text) {
  const source = readSource(text, file.endsWith('x'));
  if (source.isBalanced || !file.endsWith('js')) return source;
  const withJsx = readSource(text, true);
  return withJsx.isBalanced ? withJsx : source;
}

/**
 * @param {import('./source.js').Token[]} tokens
 * @param {string} file
 * @param {{ at: number, package: string, isWhole: boolean, isMoved: boolean }} load
 */
function loaded(tokens, file, { at, package: name, isWhole, isMoved }) {
  const edit = isWhole && !isMoved ? moduleEdit(tokens[at], name) : null;
  const code = codeOf(tokens, at);
  return finding(tokens[at], {
    file,
    kind: 'package',
    package: name,
    code,
    moved: isMoved,
    edits: edit ? [edit] : [],
  });
}

/**
 * @param {import('./source.js').Source} source
 * @param {string} text
 * @param {string} file
 */
function made(source, text, file) {
  const found = signaturesIn(source, text);
  const rewritten = found.map(({ kind, sure, scope }) =>
    kind === 'signature' && sure ? rewriteOf(source, text, scope) : null,
  );
  const all = rewritten.flatMap((edits) => edits ?? []).toSorted((a, b) => a.from - b.from);
  // One function in another would be written twice.
  const isApart = all.every(({ from }, one) => one === 0 || from >= all[one - 1].to);
  const imported = all.length > 0 && isApart ? importEdit(source, text, file, all) : null;
  return found.map(({ at, kind, sure, scope }, one) => {
    const code = scope?.name ? `${scope.name}(…)` : `….${source.tokens[at].value}()`;
    const edits = rewritten[one] && imported ? [imported, ...rewritten[one]] : [];
    return finding(source.tokens[at], { file, kind, code, sure, edits });
  });
}

/**
 * @param {string} file
 * @param {string} text
 */
function readManifest(file, text) {
  const findings = dependenciesIn(text).map(({ package: name, line }) => {
    const token = { type: 'StringLiteral', value: name, start: 0, line };
    return finding(token, { file, kind: 'dependency', package: name, code: `"${name}"` });
  });
  return { findings, edits: [], words: [] };
}

/**
 * How a package is loaded, without what stands around it.
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 */
function codeOf(tokens, at) {
  const before = tokens[at - 1].value;
  const quoted = tokens[at].value;
  return before === '(' ? `${tokens[at - 2].value}(${quoted})` : `${before} ${quoted}`;
}

module.exports = { readFile };
