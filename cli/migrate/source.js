'use strict';

const jsTokens = require('js-tokens');

const OPENING = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const CLOSING = new Set([')', ']', '}']);
const BLANK = /^(?:WhiteSpace|LineTerminatorSequence|.*Comment)$/;

/** What stands before the brackets of a block that is no function. */
const STATEMENTS = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await']);
/** What begins a statement, where the one before it has no semicolon. */
const BEGINNINGS = new Set(
  'async await case class const default do export for function if import let module return switch throw try var while'.split(
    ' ',
  ),
);
/** The longest type that a function may say to return, and the longest arrow function without braces, in tokens. */
const LONGEST_TYPE = 40;
const LONGEST_EXPRESSION = 300;

/**
 * @typedef {{ type: string, value: string, start: number, line: number }} Token
 * @typedef {{ name: string | null, from: number, to: number, body: number, parent: Scope | null }} Scope a function, by
 *   the places of its tokens: its header's first or, where that is not looked at, its body's, and its last
 *
 * `isBalanced` where every bracket has its other one, and nothing is left open.
 * @typedef {{ tokens: Token[], partners: number[], scopes: Scope[], isBalanced: boolean }} Source
 */

/**
 * A file of JavaScript or TypeScript as tokens, without blanks and comments: which bracket belongs to which, and where
 * the functions are. It is for finding things in, and takes what no compiler would.
 * @param {string} text
 * @param {boolean} [jsx]
 * @returns {Source}
 */
function readSource(text, jsx = false) {
  const tokens = tokensOf(text, jsx);
  const partners = partnersOf(tokens);
  const isBalanced = tokens.every(({ type, value }, at) => {
    const isLone = type === 'Punctuator' && isBracket(value) && partners[at] === -1;
    return type !== 'Invalid' && !isLone;
  });
  return { tokens, partners, scopes: scopesOf(tokens, partners), isBalanced };
}

/**
 * The innermost function around a token, or null.
 * @param {Source} source
 * @param {number} at
 */
function scopeAt({ scopes }, at) {
  let found = /** @type {Scope | null} */ (null);
  for (const scope of scopes) {
    if (scope.from > at) break;
    if (at <= scope.to) found = scope;
  }
  return found;
}

/** The text in quotes, or null. @param {Token | undefined} token */
function textOf(token) {
  if (token?.type !== 'StringLiteral' && token?.type !== 'NoSubstitutionTemplate') return null;
  return token.value.slice(1, -1);
}

/**
 * @param {string} text
 * @param {boolean} jsx
 */
function tokensOf(text, jsx) {
  const tokens = /** @type {Token[]} */ ([]);
  let [start, line] = [0, 1];
  const options = /** @type {{ jsx: true }} */ ({ jsx });
  for (const token of jsTokens(text, options)) {
    const { value } = token;
    const type =
      'closed' in token && !token.closed ? 'Invalid' : token.type.replace('JSXPunctuator', 'Punctuator');
    if (!BLANK.test(token.type)) tokens.push({ type, value, start, line });
    start += value.length;
    if (type !== 'IdentifierName' && type !== 'Punctuator') line += linesIn(value);
  }
  return tokens;
}

/** @param {string} text */
function linesIn(text) {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** @param {string} value */
function isBracket(value) {
  return OPENING.has(value) || CLOSING.has(value);
}

/** For each bracket the place of its other one; -1 where there is none. @param {Token[]} tokens */
function partnersOf(tokens) {
  const partners = Array.from(tokens, () => -1);
  const open = /** @type {number[]} */ ([]);
  tokens.forEach(({ type, value }, at) => {
    if (type !== 'Punctuator') return;
    if (OPENING.has(value)) return open.push(at);
    // What closes something else is taken for a mistake and passed over.
    if (!CLOSING.has(value) || open.length === 0) return;
    const last = open[open.length - 1];
    if (OPENING.get(tokens[last].value) !== value) return;
    open.pop();
    partners[last] = at;
    partners[at] = last;
  });
  return partners;
}

/**
 * @param {Token[]} tokens
 * @param {number[]} partners
 */
function scopesOf(tokens, partners) {
  const scopes = /** @type {Scope[]} */ ([]);
  const around = /** @type {Scope[]} */ ([]);
  for (let at = 0; at < tokens.length; at++) {
    const found = bodyAt(tokens, partners, at);
    if (!found) continue;
    while (around.length > 0 && around[around.length - 1].to < at) around.pop();
    const scope = { ...found, parent: around.at(-1) ?? null };
    scopes.push(scope);
    around.push(scope);
  }
  return scopes;
}

/**
 * The function whose body begins here, or undefined.
 * @param {Token[]} tokens
 * @param {number[]} partners
 * @param {number} at
 */
function bodyAt(tokens, partners, at) {
  const { type, value } = tokens[at];
  if (type !== 'Punctuator') return undefined;
  if (value === '=>') return arrowAt(tokens, partners, at);
  if (value !== '{' || partners[at] === -1) return undefined;
  const end = headerEnd(tokens, at);
  if (end === -1 || partners[end] === -1) return undefined;
  const first = partners[end];
  if (first > 0 && STATEMENTS.has(tokens[first - 1].value)) return undefined;
  return { name: nameBefore(tokens, first), from: at, body: at, to: partners[at] };
}

/**
 * @param {Token[]} tokens
 * @param {number[]} partners
 * @param {number} at
 */
function arrowAt(tokens, partners, at) {
  const body = at + 1;
  if (body >= tokens.length) return undefined;
  const block = tokens[body].value === '{' && partners[body] !== -1;
  const to = block ? partners[body] : expressionEnd(tokens, partners, body);
  const header = headerEnd(tokens, at);
  const end = header === -1 ? at - 1 : header;
  const first = tokens[end]?.value === ')' && partners[end] !== -1 ? partners[end] : end;
  return { name: nameBefore(tokens, first), from: at, body, to };
}

/** Where the parameters end before a body, also where a type stands between. @param {Token[]} tokens @param {number} at */
function headerEnd(tokens, at) {
  if (tokens[at - 1]?.value === ')') return at - 1;
  for (let back = at - 1; back > 0 && at - back < LONGEST_TYPE; back--) {
    const { type, value } = tokens[back];
    if (value === ':' && tokens[back - 1].value === ')') return back - 1;
    if (type !== 'IdentifierName' && type !== 'StringLiteral' && !/^(?:[.<>|&,[\]]|>>)$/.test(value))
      return -1;
  }
  return -1;
}

/** The name that a function has by its header, or is given. @param {Token[]} tokens @param {number} first */
function nameBefore(tokens, first) {
  let at = first - 1;
  while (['async', 'function', '*'].includes(tokens[at]?.value)) at--;
  const isGiven = ['=', ':'].includes(tokens[at]?.value);
  const token = tokens[isGiven ? at - 1 : at];
  return token?.type === 'IdentifierName' && !BEGINNINGS.has(token.value) ? token.value : null;
}

/**
 * @param {Token[]} tokens
 * @param {number[]} partners
 * @param {number} from
 */
function expressionEnd(tokens, partners, from) {
  const most = Math.min(tokens.length, from + LONGEST_EXPRESSION);
  for (let at = from; at < most; at++) {
    const { value, line } = tokens[at];
    if (value === ',' || value === ';' || CLOSING.has(value)) return at - 1;
    if (at > from && line > tokens[at - 1].line && BEGINNINGS.has(value)) return at - 1;
    if (partners[at] > at) at = partners[at];
  }
  return most - 1;
}

module.exports = { readSource, scopeAt, textOf };
