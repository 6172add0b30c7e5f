'use strict';

const { scopeAt } = require('./source.js');
const { createSteps } = require('./steps.js');

/**
 * @typedef {{ from: number, to: number, names: string[] }} Step a statement, by its first token and behind its last, and
 *   what it declares
 * @typedef {{ from: number, to: number, call: string, paths: string[] }} Comparison the same, what stands there then, and
 *   what is signed and compared
 */

const ASSIGNS = /^(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=|\+\+|--)$/;
/** What comes before a name that is new in a block. */
const DECLARES = new Set(['const', 'let', 'var', 'function', 'class', 'catch']);
const COMPARES = new Map([
  ['===', ''],
  ['==', ''],
  ['!==', '!'],
  ['!=', '!'],
]);

/** Of a longer function, in tokens, nobody says at a glance that all of it is understood. */
const LONGEST = 5000;

/**
 * The edits by which a function asks `checkPush` where it made the signature by hand; null unless every step of that is
 * understood: a list of three, sorted as it is, joined by nothing, SHA-1 in hex, compared with the signature. What else
 * the function does stays, and what was only for the signature goes.
 * @param {import('./source.js').Source} source
 * @param {string} text
 * @param {import('./source.js').Scope | null} scope
 * @returns {import('./edits.js').Edit[] | null}
 */
function rewriteOf(source, text, scope) {
  const { tokens, isBalanced } = source;
  if (!scope || !isBalanced || tokens[scope.body].value !== '{') return null;
  if (scope.to - scope.body > LONGEST) return null;
  const { values, take, valueOf } = createSteps(source);
  const steps = /** @type {Step[]} */ ([]);
  const starts = /** @type {Set<number>} */ (new Set());
  for (const [from, to] of statementsOf(source, scope)) {
    starts.add(from);
    const names = take(from, to);
    if (names) steps.push({ from, to, names });
  }
  const comparison = comparisonIn(source, scope, valueOf);
  if (!comparison) return null;
  if (!isLeftAlone(source, scope, { values, steps, starts, comparison })) return null;
  const { from, to, call } = comparison;
  const replaced = {
    from: tokens[from].start,
    to: tokens[to - 1].start + tokens[to - 1].value.length,
    text: call,
  };
  const removed = needlessOf(source, scope, steps, comparison).map((step) => removalOf(source, text, step));
  return [...removed, replaced].toSorted((a, b) => a.from - b.from);
}

/**
 * The statements of a function, by their first token and behind their last.
 * @param {import('./source.js').Source} source
 * @param {import('./source.js').Scope} scope
 * @returns {Generator<[number, number]>}
 */
function* statementsOf({ tokens, partners }, { body, to }) {
  let from = body + 1;
  for (let at = body + 1; at < to; at++) {
    if (partners[at] > at) at = partners[at];
    if (tokens[at].value !== ';' && at + 1 !== to && !isBetweenLines(tokens[at], tokens[at + 1])) continue;
    yield [from, at + 1];
    from = at + 1;
  }
}

/** Whether a statement without a semicolon ends there. @param {import('./source.js').Token} before @param {import('./source.js').Token} after */
function isBetweenLines(before, after) {
  const isDone = before.type !== 'Punctuator' || [')', ']', '}', '>', '!'].includes(before.value);
  return after.line > before.line && isDone && after.type === 'IdentifierName';
}

/**
 * The comparison of what is hashed with the signature, if there is one only.
 * @param {import('./source.js').Source} source
 * @param {import('./source.js').Scope} scope
 * @param {(from: number, to: number) => import('./steps.js').Value | undefined} valueOf
 * @returns {Comparison | null}
 */
function comparisonIn(source, scope, valueOf) {
  const found = [];
  for (let at = scope.body; at < scope.to; at++) {
    const negation = COMPARES.get(source.tokens[at].value);
    if (negation === undefined) continue;
    // In a function within, a name may be another's.
    const isNear = scopeAt(source, at) === scope;
    const [from, to] = [operandBefore(source, at), operandAfter(source, at)];
    if (from === undefined || to === undefined) continue;
    const sides = [valueOf(from, at), valueOf(at + 1, to)];
    const [hex, path] = sides[0]?.kind === 'hex' ? sides : sides.toReversed();
    if (hex?.kind !== 'hex') continue;
    const paths = [...(hex.parts ?? []), path?.kind === 'path' ? path.path : ''];
    const call = isNear ? callOf(paths.slice(0, -1), paths[paths.length - 1]) : null;
    found.push({ from, to, call: call && negation + call, paths });
  }
  const [only] = found;
  return found.length === 1 && only.call !== null ? { ...only, call: only.call } : null;
}

/** Where the expression begins that ends before an operator. @param {import('./source.js').Source} source @param {number} operator */
function operandBefore({ tokens, partners }, operator) {
  let at = operator;
  for (;;) {
    const last = tokens[at - 1];
    if (last.value === ')' || last.value === ']') {
      at = partners[at - 1];
      const name = tokens[at - 1];
      if (name.type === 'IdentifierName' && !['return', 'if'].includes(name.value)) at--;
      else if (tokens[at].value !== '[') return undefined;
    } else if (last.type === 'IdentifierName') at--;
    else return undefined;
    if (!['.', '?.'].includes(tokens[at - 1].value)) return at;
    at--;
  }
}

/** Behind the expression that begins after an operator. @param {import('./source.js').Source} source @param {number} operator */
function operandAfter({ tokens, partners }, operator) {
  let at = operator + 1;
  if (tokens[at].value === '[') at = partners[at] + 1;
  else if (tokens[at].type === 'IdentifierName') at++;
  else return undefined;
  for (;;) {
    if (tokens[at].value === '(' || tokens[at].value === '[') at = partners[at] + 1;
    else if (['.', '?.'].includes(tokens[at].value) && tokens[at + 1].type === 'IdentifierName') at += 2;
    else return at;
  }
}

/**
 * Whether nothing else touches what is made on the way, and no name of it stands for something else, or is given another
 * value, anywhere in the function.
 * @param {import('./source.js').Source} source
 * @param {import('./source.js').Scope} scope
 * @param {{ values: Map<string, import('./steps.js').Value>, steps: Step[], starts: Set<number>, comparison: Comparison }} read
 */
function isLeftAlone({ tokens, partners }, { body, to }, { values, steps, starts, comparison }) {
  const signed = new Set(comparison.paths.flatMap((one) => one.split('.')));
  const declared = steps.flatMap((step) => step.names);
  if (new Set(declared).size < declared.length) return false;
  // What changes a value comes before it is compared.
  if (steps.some((step) => step.names.length === 0 && step.to > comparison.from)) return false;
  for (let at = body; at < to; at++) {
    if (tokens[at].type !== 'IdentifierName' || isWithin([comparison, ...steps], at)) continue;
    const { value: name } = tokens[at];
    // In a block within, a name may be another's.
    const isOther = (/** @type {string} */ one) => values.has(one) || (signed.has(one) && !starts.has(at));
    if (DECLARES.has(name) && namesIn(tokens, partners, at + 1).some(isOther)) return false;
    const value = isProperty(tokens, at) ? undefined : values.get(name);
    if (value && value.kind !== 'path') return false;
    const isGiven = ASSIGNS.test(tokens[at + 1].value) || ['++', '--'].includes(tokens[at - 1].value);
    const isDeclared = DECLARES.has(tokens[at - 1].value);
    if (isGiven && !isDeclared && (value || signed.has(name))) return false;
  }
  return true;
}

/** The names of a pattern, or the one, that is declared. @param {import('./source.js').Token[]} tokens @param {number[]} partners @param {number} at */
function namesIn(tokens, partners, at) {
  const end = partners[at] > at ? partners[at] : at;
  return tokens.slice(at, end + 1).map(({ value }) => value);
}

/**
 * The steps that nothing needs any more.
 * @param {import('./source.js').Source} source
 * @param {import('./source.js').Scope} scope
 * @param {Step[]} steps
 * @param {Comparison} comparison
 */
function needlessOf({ tokens }, scope, steps, comparison) {
  const gone = /** @type {Set<Step>} */ (new Set());
  const called = new Set(comparison.call.match(/(?<![.\w$])[\w$]+/g));
  for (const step of steps.toReversed()) if (!step.names.some((name) => isUsed(name, step))) gone.add(step);
  return steps.filter((step) => gone.has(step));

  /** @param {string} name @param {Step} own */
  function isUsed(name, own) {
    if (called.has(name)) return true;
    for (let at = scope.body; at < scope.to; at++) {
      if (tokens[at].value !== name || isProperty(tokens, at)) continue;
      if (!isWithin([comparison, own, ...gone], at)) return true;
    }
    return false;
  }
}

/** @param {Iterable<{ from: number, to: number }>} places @param {number} at */
function isWithin(places, at) {
  for (const { from, to } of places) if (at >= from && at < to) return true;
  return false;
}

/** @param {import('./source.js').Token[]} tokens @param {number} at */
function isProperty(tokens, at) {
  return ['.', '?.'].includes(tokens[at - 1].value);
}

/**
 * Removes a statement with the comments before it: from behind what stands before, or its line.
 * @param {import('./source.js').Source} source
 * @param {string} text
 * @param {Step} step
 */
function removalOf({ tokens }, text, { from, to }) {
  const end = behind(tokens[from - 1]);
  const line = text.indexOf('\n', end);
  const start = line !== -1 && line < tokens[from].start ? line : end;
  const last = behind(tokens[to - 1]);
  const comment = /^[ \t]*\/\/[^\r\n]*/.exec(text.slice(last, last + 500))?.[0] ?? '';
  return { from: text[start - 1] === '\r' ? start - 1 : start, to: last + comment.length, text: '' };
}

/** @param {import('./source.js').Token} token */
function behind({ start, value }) {
  return start + value.length;
}

/**
 * The call of checkPush, if it is clear which part is which.
 * @param {string[]} parts
 * @param {string} signature
 */
function callOf(parts, signature) {
  const last = (/** @type {string} */ path) => path.split('.').at(-1) ?? '';
  const timestamp = parts.filter((part) => /time_?stamp/i.test(last(part)));
  const nonce = parts.filter((part) => /^_?nonce$/i.test(last(part)));
  const rest = parts.filter((part) => !timestamp.includes(part) && !nonce.includes(part));
  if (timestamp.length !== 1 || nonce.length !== 1 || rest.length !== 1) return null;
  if (!/signature|^sign$/i.test(last(signature)) || /msg_?signature/i.test(last(signature))) return null;
  if (/encrypt|echostr/i.test(last(rest[0]))) return null;
  const given = { signature, timestamp: timestamp[0], nonce: nonce[0] };
  const query = signature.slice(0, -'.signature'.length);
  const isQuery = Object.entries(given).every(([name, path]) => path === `${query}.${name}`);
  const fields = Object.entries(given).map(([name, path]) => (name === path ? name : `${name}: ${path}`));
  return `checkPush(${isQuery ? query : `{ ${fields.join(', ')} }`}, ${rest[0]})`;
}

module.exports = { rewriteOf };
