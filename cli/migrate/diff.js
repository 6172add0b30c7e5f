'use strict';

const { edited } = require('./edits.js');

/** What a diff says below the last line of a file that does not end it. */
const UNENDED = '\\ No newline at end of file';

/**
 * A unified diff without lines around, which `git apply --unidiff-zero` takes. It shows nothing but what changes: the
 * lines around might hold a secret.
 * @param {string} file
 * @param {string} text
 * @param {import('./edits.js').Edit[]} edits
 */
function diffOf(file, text, edits) {
  const hunks = /** @type {string[]} */ ([]);
  let shift = 0;
  for (const group of groupsOf(text, edits)) {
    const [from, to] = [lineStart(text, group[0].from), lineEnd(text, group[group.length - 1].to)];
    const inner = group.map((edit) => ({ from: edit.from - from, to: edit.to - from, text: edit.text }));
    const [before, after] = [text.slice(from, to), edited(text.slice(from, to), inner)].map((one) =>
      one.split('\n'),
    );
    const same = alike(before, after);
    const [old, fresh] = [before.slice(same.first, same.last), after.slice(same.first, same.last)];
    const line = text.slice(0, from).split('\n').length + same.first;
    const open = to === text.length && same.last === undefined ? [UNENDED] : [];
    hunks.push(`@@ -${range(line, old)} +${range(line + shift, fresh)} @@`);
    hunks.push(...old.map((one) => `-${one}`), ...open, ...fresh.map((one) => `+${one}`), ...open);
    shift += fresh.length - old.length;
  }
  return [`--- ${quoted(`a/${file}`)}`, `+++ ${quoted(`b/${file}`)}`, ...hunks].join('\n');
}

/** A path as Git writes it: in quotes where it has what a line of a diff cannot. @param {string} name */
function quoted(name) {
  // oxlint-disable-next-line no-control-regex -- a name may have them
  if (!/["\\\u0000-\u001f\u007f]/.test(name)) return name;
  const octal = (/** @type {string} */ one) => `\\${one.charCodeAt(0).toString(8).padStart(3, '0')}`;
  // oxlint-disable-next-line no-control-regex
  return `"${name.replaceAll(/["\\]/g, '\\$&').replaceAll(/[\u0000-\u001f\u007f]/g, octal)}"`;
}

/** How many lines at the beginning are the same, and at the end, the latter below 0. @param {string[]} a @param {string[]} b */
function alike(a, b) {
  const most = Math.min(a.length, b.length);
  let first = 0;
  while (first < most && a[first] === b[first]) first++;
  let last = 0;
  while (last < most - first && a.at(-1 - last) === b.at(-1 - last)) last++;
  return { first, last: last === 0 ? undefined : -last };
}

/** Of no line it names the one before. @param {number} line @param {string[]} lines */
function range(line, lines) {
  return `${lines.length === 0 ? line - 1 : line},${lines.length}`;
}

/** Edits of the same lines together. @param {string} text @param {import('./edits.js').Edit[]} edits */
function groupsOf(text, edits) {
  const groups = /** @type {import('./edits.js').Edit[][]} */ ([]);
  for (const edit of edits) {
    const last = groups.at(-1)?.at(-1);
    if (last && lineStart(text, edit.from) <= lineEnd(text, last.to) + 1)
      groups[groups.length - 1].push(edit);
    else groups.push([edit]);
  }
  return groups;
}

/** @param {string} text @param {number} at */
function lineStart(text, at) {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** @param {string} text @param {number} at */
function lineEnd(text, at) {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

module.exports = { diffOf };
