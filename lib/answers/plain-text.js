'use strict';

const { wrongOption } = require('../errors.js');
const { formula } = require('./formula.js');
const { inline } = require('./inline.js');

const FENCE = /^ {0,12}(?:(`{3,})[^`]*|(~{3,}).*)$/;
const HEADING = /^ {0,3}#{1,6}[ \t]+(.*)$/;
const UNDERLINE = /^ {0,3}(?:=+|-{2,})[ \t]*$/;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const BULLET = /^([ \t]*)[-*+][ \t]+(?:\[([ xX])\][ \t]+)?(.*)$/;
const QUOTE = /^ {0,3}((?:>[ \t]*)+)(.*)$/;
const TABLE_RULE = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$/;
/** The lines between which a formula stands. */
const FORMULAS = new Map([
  ['$$', '$$'],
  ['\\[', '\\]'],
]);

/** Documented in answers.d.ts. @type {typeof import('../../answers').plainText} */
function plainText(markdown) {
  if (typeof markdown !== 'string') throw wrongOption('plainText(markdown)', 'must be a string');
  const lines = markdown.split(/\r\n?|\n/);
  /** @type {string[]} */
  const shown = [];
  for (let at = 0; at < lines.length;) {
    const read = block(lines, at);
    for (const one of read.shown) {
      // One blank line is enough, but in code.
      if (one !== '' || read.isCode || shown.at(-1) !== '') shown.push(one);
    }
    at = read.end;
  }
  return shown.join('\n').replace(/^\n+/, '').trimEnd();
}

/**
 * What begins with a line: what is shown of it, and where the next begins.
 * @param {string[]} lines
 * @param {number} at
 * @returns {{ shown: string[], end: number, isCode?: boolean }}
 */
function block(lines, at) {
  const line = lines[at];
  const [, backticks, fence = backticks] = FENCE.exec(line) ?? [];
  if (fence) return code(lines, at, fence);
  const closing = FORMULAS.get(line.trim());
  if (closing) return displayed(lines, at, closing);
  if (line.includes('|') && isTableRule(lines[at + 1])) return table(lines, at);
  const next = lines[at + 1];
  if (line.trim() !== '' && next !== undefined && UNDERLINE.test(next) && !isMarked(line)) {
    return { shown: ['', inline(line.trim()), ''], end: at + 2 };
  }
  return { shown: single(line), end: at + 1 };
}

/** @param {string} line @returns {string[]} */
function single(line) {
  const [, heading] = HEADING.exec(line) ?? [];
  if (heading !== undefined) return ['', inline(withoutEnd(heading)), ''];
  if (RULE.test(line)) return ['———'];
  const [, indent, task, item] = BULLET.exec(line) ?? [];
  if (item !== undefined) return [`${indent}${bullet(task)} ${inline(item)}`];
  const [, marks, quoted] = QUOTE.exec(line) ?? [];
  if (quoted !== undefined) return [`${marks.trimEnd()} ${single(quoted).join('')}`];
  // Two blanks or a backslash at its end break a line, as WeChat does without.
  return [inline(/(?<!\\)\\$/.test(line) ? line.slice(0, -1) : line.trimEnd())];
}

/** A heading without what may close it. @param {string} heading */
function withoutEnd(heading) {
  const text = heading.trimEnd();
  let end = text.length;
  while (text[end - 1] === '#') end--;
  return end === 0 || /\s/.test(text[end - 1]) ? text.slice(0, end).trimEnd() : text;
}

/** Whether a line is more than text, so that no underline makes it a heading. @param {string} line */
function isMarked(line) {
  return HEADING.test(line) || RULE.test(line) || BULLET.test(line) || QUOTE.test(line);
}

/** @param {string | undefined} task */
function bullet(task) {
  if (task === undefined) return '•';
  return task === ' ' ? '☐' : '☑';
}

/**
 * A block of code, as it stands; to the end where it is not closed.
 * @param {string[]} lines
 * @param {number} at
 * @param {string} fence
 */
function code(lines, at, fence) {
  const isClosing = (/** @type {string} */ line) => {
    const marks = line.trim();
    return marks.length >= fence.length && marks === fence[0].repeat(marks.length);
  };
  const { inside, end } = until(lines, at, isClosing);
  return { shown: inside, end, isCode: true };
}

/**
 * @param {string[]} lines
 * @param {number} at
 * @param {string} closing
 */
function displayed(lines, at, closing) {
  const { inside, end } = until(lines, at, (line) => line.trim() === closing);
  return { shown: formula(inside.join('\n')).split('\n'), end };
}

/**
 * The lines behind one, to that which closes them.
 * @param {string[]} lines
 * @param {number} at
 * @param {(line: string) => boolean} isClosing
 */
function until(lines, at, isClosing) {
  let end = at + 1;
  while (end < lines.length && !isClosing(lines[end])) end++;
  return { inside: lines.slice(at + 1, end), end: end + 1 };
}

/** @param {string | undefined} line */
function isTableRule(line) {
  return line !== undefined && line.includes('|') && TABLE_RULE.test(line.trim());
}

/**
 * A table, too wide for a phone: of two columns a line for each row, of more one for each of its cells.
 * @param {string[]} lines
 * @param {number} at
 */
function table(lines, at) {
  const head = cells(lines[at]);
  let end = at + 2;
  while (end < lines.length && lines[end].includes('|')) end++;
  const rows = lines.slice(at + 2, end).map(cells);
  const shown =
    head.length > 2 ? rows.map((row) => wideRow(head, row)) : [head, ...rows].map((row) => row.join(': '));
  return { shown: ['', ...shown, ''], end };
}

/**
 * @param {string[]} head
 * @param {string[]} row
 */
function wideRow(head, [first, ...others]) {
  const named = others.map((cell, index) => (head[index + 1] ? `${head[index + 1]}: ${cell}` : cell));
  return [`• ${first}`, ...named.filter((_, index) => others[index] !== '').map((cell) => `  ${cell}`)].join(
    '\n',
  );
}

/** @param {string} line */
function cells(line) {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => inline(cell.trim()));
}

module.exports = { plainText };
