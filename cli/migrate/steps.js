'use strict';

const { textOf } = require('./source.js');

/**
 * What an expression is on the way to a signature: a path of the code, such as `query.nonce`; a list of three of them;
 * those joined, given to a hash, and in hex.
 * @typedef {{ kind: 'path', path: string }} Path
 * @typedef {{ kind: 'list' | 'joined' | 'hash' | 'hex', parts: string[] | null, sorted?: boolean }} Made
 * @typedef {Path | Made} Value
 */

const ANGLES = new Map([
  ['<', 1],
  ['>', -1],
  ['>>', -2],
]);
const UTF8 = /^utf-?8$/i;
const DECLARES = new Set(['const', 'let', 'var']);

/**
 * Reads the steps by which a signature is made, and knows what each name is after them. What it does not know, it takes
 * for none.
 * @param {import('./source.js').Source} source
 */
function createSteps({ tokens, partners }) {
  const values = /** @type {Map<string, Value>} */ (new Map());
  const sha1Names = sha1NamesIn(tokens);
  return { values, take, valueOf };

  /**
   * Takes a statement, if it is such a step.
   * @param {number} from
   * @param {number} last behind its last token
   * @returns {string[] | undefined} the names that it declares
   */
  function take(from, last) {
    const to = tokens[last - 1].value === ';' ? last - 1 : last;
    const { value } = tokens[from];
    if (DECLARES.has(value)) return declared(from + 1, to);
    if (tokens[from + 1]?.value === '=' && values.has(value)) return assigned(value, from + 2, to);
    const isCall = tokens[from + 1]?.value === '.' && ['sort', 'update'].includes(tokens[from + 2]?.value);
    return isCall && values.has(value) && valueOf(from, to) ? [] : undefined;
  }

  /** `text = sha1(text)`. @param {string} name @param {number} from @param {number} to */
  function assigned(name, from, to) {
    const value = valueOf(from, to);
    if (!value || value.kind === 'path') return undefined;
    values.set(name, value);
    return [];
  }

  /** @param {number} first @param {number} last */
  function declared(first, last) {
    const names = /** @type {string[]} */ ([]);
    for (const [from, to] of listed(first, last)) {
      const end = tokens[from].value === '{' ? partners[from] : from;
      const equals = equalsAfter(end + 1, to);
      const value = equals === undefined ? undefined : valueOf(equals + 1, uncast(equals + 1, to));
      const named = value && (end === from ? [[tokens[from].value, value]] : fieldsOf(from, end, value));
      if (!named) return undefined;
      for (const [name, one] of /** @type {[string, Value][]} */ (named)) {
        values.set(name, one);
        names.push(name);
      }
    }
    return names;
  }

  /** The names of `{ a, b: c }`. @param {number} open @param {number} close @param {Value} value */
  function fieldsOf(open, close, value) {
    if (value.kind !== 'path') return undefined;
    const fields = Array.from(listed(open + 1, close), ([from, to]) => {
      const isPlain = to - from === 1 || (to - from === 3 && tokens[from + 1].value === ':');
      const [key, name] = [tokens[from], tokens[to - 1]];
      if (!isPlain || key.type !== 'IdentifierName' || name.type !== 'IdentifierName') return undefined;
      return [name.value, { kind: 'path', path: `${value.path}.${key.value}` }];
    });
    return fields.includes(undefined) ? undefined : fields;
  }

  /** Where the value begins, behind a type that may stand there. @param {number} from @param {number} to */
  function equalsAfter(from, to) {
    if (tokens[from]?.value !== '=' && tokens[from]?.value !== ':') return undefined;
    for (let at = from; at < to; at++) if (tokens[at].value === '=') return at;
    return undefined;
  }

  /** Without `as Type` at its end. @param {number} from @param {number} to */
  function uncast(from, to) {
    for (let at = from + 1; at < to; at++) {
      if (partners[at] > at) at = partners[at];
      else if (tokens[at].value === 'as' && tokens[at - 1].value !== '.') return at;
    }
    return to;
  }

  /** The parts between commas. @param {number} first @param {number} last @returns {Generator<[number, number]>} */
  function* listed(first, last) {
    let from = first;
    // Of types, such as Record<string, string>: no step compares by these.
    let angles = 0;
    for (let at = first; at < last; at++) {
      if (partners[at] > at) at = partners[at];
      angles = Math.max(0, angles + (ANGLES.get(tokens[at].value) ?? 0));
      if (tokens[at].value !== ',' || angles > 0) continue;
      yield [from, at];
      from = at + 1;
    }
    if (from < last) yield [from, last];
  }

  /**
   * What stands between two places, if all of it is known.
   * @param {number} from
   * @param {number} to
   * @returns {Value | undefined}
   */
  function valueOf(from, to) {
    let known = from < to ? begun(from) : undefined;
    while (known && known.next < to) {
      const open = known.next + 2;
      const end = partners[open];
      const isCall =
        tokens[known.next].value === '.' && tokens[open]?.value === '(' && end > open && end < to;
      const value = isCall ? called(known.value, tokens[open - 1].value, open + 1, end) : undefined;
      known = value && { value, next: end + 1 };
    }
    return known?.next === to ? known.value : undefined;
  }

  /** The beginning of an expression. @param {number} from @returns {{ value: Value, next: number } | undefined} */
  function begun(from) {
    if (tokens[from].value === '[') return listAt(from);
    if (tokens[from].type !== 'IdentifierName') return undefined;
    const value = values.get(tokens[from].value);
    if (value && value.kind !== 'path') return { value, next: from + 1 };
    const { names, end } = pathAt(from);
    const callee = names.join('.');
    if (tokens[end]?.value === '(') {
      const [open, close] = [end, partners[end]];
      if (close < open) return undefined;
      const isSha1 = close === open + 2 && /^sha1$/i.test(textOf(tokens[open + 1]) ?? '');
      if (/^(?:crypto\.)?createHash$/.test(callee)) {
        return isSha1 ? { value: { kind: 'hash', parts: null }, next: close + 1 } : undefined;
      }
      const given = sha1Names.has(callee) ? valueOf(open + 1, close) : undefined;
      if (given?.kind === 'joined') return { value: { kind: 'hex', parts: given.parts }, next: close + 1 };
      return undefined;
    }
    const path = [value?.path ?? tokens[from].value, ...names.slice(1)].join('.');
    return { value: { kind: 'path', path }, next: end };
  }

  /** @param {number} open @returns {{ value: Value, next: number } | undefined} */
  function listAt(open) {
    const items = [...listed(open + 1, partners[open])];
    // Paths only: what is nested deeper would be read as deep.
    const paths = items
      .filter(([from]) => tokens[from].type === 'IdentifierName')
      .map(([from, to]) => valueOf(from, to));
    const parts = paths.flatMap((one) => (one?.kind === 'path' ? [one.path] : []));
    if (items.length !== 3 || parts.length !== 3) return undefined;
    return { value: { kind: 'list', parts }, next: partners[open] + 1 };
  }

  /** The names of `a.b['c']`, without a method that is called, unless that is how it begins. @param {number} from */
  function pathAt(from) {
    const names = [tokens[from].value];
    let at = from + 1;
    for (;;) {
      const isDotted = ['.', '?.'].includes(tokens[at]?.value) && tokens[at + 1]?.type === 'IdentifierName';
      const isMethod = tokens[at + 2]?.value === '(' && tokens[at + 1].value !== 'createHash';
      const field = tokens[at]?.value === '[' && partners[at] === at + 2 ? textOf(tokens[at + 1]) : null;
      if (isDotted && !isMethod) {
        names.push(tokens[at + 1].value);
        at += 2;
      } else if (field !== null && /^[A-Za-z_$][\w$]*$/.test(field)) {
        names.push(field);
        at += 3;
      } else return { names, end: at };
    }
  }

  /**
   * What a method makes of it.
   * @param {Value} value
   * @param {string} method
   * @param {number} from its first argument
   * @param {number} to
   * @returns {Value | undefined}
   */
  function called(value, method, from, to) {
    const isEmpty = from === to;
    const given = to - from === 1 ? textOf(tokens[from]) : null;
    if (value.kind === 'list') {
      // The list itself is another after that, under whatever name.
      if (method === 'sort' && isEmpty) return Object.assign(value, { sorted: true });
      if (method === 'toSorted' && isEmpty) return { ...value, sorted: true };
      return method === 'join' && given === '' && value.sorted
        ? { kind: 'joined', parts: value.parts }
        : undefined;
    }
    if (value.kind === 'joined') return method === 'toString' && isEmpty ? value : undefined;
    if (value.kind === 'hex')
      return ['toLowerCase', 'toString'].includes(method) && isEmpty ? value : undefined;
    if (value.kind !== 'hash') return undefined;
    if (method === 'update' && value.parts === null) return updated(value, from, to);
    return method === 'digest' && given === 'hex' && value.parts
      ? { kind: 'hex', parts: value.parts }
      : undefined;
  }

  /** @param {Made} hash @param {number} from @param {number} to */
  function updated(hash, from, to) {
    const [what, encoding, more] = [...listed(from, to)];
    const isText = !more && (!encoding || UTF8.test(textOf(tokens[encoding[0]]) ?? ''));
    const joined = what && isText ? valueOf(...what) : undefined;
    return joined?.kind === 'joined' ? Object.assign(hash, { parts: joined.parts }) : undefined;
  }
}

/** What the packages `sha1` and `js-sha1`, which give it in hex, are called. @param {import('./source.js').Token[]} tokens */
function sha1NamesIn(tokens) {
  const names = /** @type {Set<string>} */ (new Set());
  tokens.forEach((token, at) => {
    if (!/^(?:js-)?sha1$/.test(textOf(token) ?? '')) return;
    const before = tokens.slice(Math.max(0, at - 4), at).map(({ value }) => value);
    if (before.slice(1).join(' ') === '= require (') names.add(before[0]);
    if (before.at(-1) === 'from' && before.at(-3) === 'import') names.add(before[before.length - 2]);
  });
  return names;
}

module.exports = { createSteps };
