'use strict';

const { scopeAt, textOf } = require('./source.js');

/** What sorts, as a method or a function. */
const SORTS = new Set(['sort', 'toSorted', 'sortBy', 'orderBy']);
const COMPARES = new Set(['===', '==', '!==', '!=']);
const COMPARERS = new Set([
  'equals',
  'timingSafeEqual',
  'compare',
  'isEqual',
  'localeCompare',
  'safeCompare',
]);

const SHA1 = /sha_?1(?!\d)/i;
const SHA1_NAME = /^(?:rsa-)?sha-?1$/i;
/** What is signed, and what with. */
const PARTS = {
  timestamp: /time_?stamp/i,
  nonce: /nonce(?!_?str)/i,
  signature: /signature|^sign$/i,
  token: /(?<!access_?|refresh_?|csrf_?)token/i,
  sealed: /msg_?signature|encrypt|cipher/i,
};
/** Those of them that a plaintext signature has, too. */
const NAMED = ['timestamp', 'nonce', 'signature', 'token'];
/** The signatures of web pages and cards, and those of others, which are made alike. */
const OTHERS = /jsapi_?ticket|nonce_?str|api_?ticket|card_?(?:id|ext)|secret_?key|pay_?sign/i;
const WECHAT = /wechat|weixin|wecom|echostr|\bwx/i;
const SEALS = /encoding_?aes_?key|msg_?signature|echostr/i;
const KEY = /aes_?key/i;

/** What messages are encrypted by. */
const MESSAGES = 'aes-256-cbc';

/** So many in a file are looked at, each in functions of at most so many tokens. */
const MOST = 100;
const LONGEST = 20_000;

/**
 * A place where a signature of WeChat is made by hand, or one of its messages decrypted: at a token, and how sure that is.
 * @typedef {object} Made
 * @property {'signature' | 'msg_signature' | 'decryption'} kind
 * @property {number} at
 * @property {boolean} sure
 * @property {import('./source.js').Scope | null} scope
 */

/**
 * What a file does by hand: sorts, joins, hashes by SHA-1 and compares, in whatever way that is written.
 * @param {import('./source.js').Source} source
 * @param {string} text
 * @returns {Made[]}
 */
function signaturesIn(source, text) {
  if (!PARTS.nonce.test(text) && !SHA1.test(text) && !text.includes('createDecipher')) return [];
  const { tokens } = source;
  const helpers = helpersOf(source);
  const isWeChat = WECHAT.test(text);
  const made = /** @type {Made[]} */ ([]);
  const anchors = (/** @type {(at: number) => boolean} */ test) => {
    const found = [];
    for (let at = 0; at < tokens.length && found.length < MOST; at++) if (test(at)) found.push(at);
    return found;
  };
  for (const at of anchors((one) => isSort(tokens, one))) keep(sortedAt(source, at, helpers));
  for (const at of anchors((one) => isHash(tokens, one, helpers)))
    if (isWeChat) keep(unsortedAt(source, at, helpers));
  if (SEALS.test(text) || (isWeChat && KEY.test(text)))
    for (const at of anchors((one) => isDecipher(tokens, one))) keep(decipheredAt(source, at));
  return made.toSorted((a, b) => a.at - b.at);

  /** One for each function. @param {Made | null} found */
  function keep(found) {
    const isKnown = made.some(({ kind, scope }) => {
      return scope === found?.scope && (kind === 'decryption') === (found?.kind === 'decryption');
    });
    if (found && !isKnown) made.push(found);
  }
}

/**
 * What is sorted is a signature's parts, if the function around it says so by its names, and it or one around it hashes.
 * @param {import('./source.js').Source} source
 * @param {number} at
 * @param {Set<string>} helpers
 * @returns {Made | null}
 */
function sortedAt(source, at, helpers) {
  const scope = scopeAt(source, at);
  const near = evidenceOf(source, scope, at, helpers);
  if (near.isOther || (!near.hashes && !NAMED.some((name) => near.parts.has(name)))) return null;
  const names = new Set(near.parts);
  let { hashes } = near;
  for (let outer = scope; outer && !hashes; outer = outer.parent) {
    const seen = evidenceOf(source, outer.parent, at, helpers);
    ({ hashes } = seen);
    // Of the whole file the names say nothing.
    if (outer.parent) for (const name of seen.parts) names.add(name);
  }
  const isFull =
    names.has('timestamp') && names.has('nonce') && (names.has('token') || names.has('signature'));
  const some = NAMED.filter((name) => names.has(name));
  const isLikely = hashes ? some.length > 1 || (near.compares && near.three) : isFull;
  if (!isLikely) return null;
  const kind = names.has('sealed') ? 'msg_signature' : 'signature';
  return { kind, at, sure: isFull && hashes, scope };
}

/**
 * A hash of the right names, where no sort is seen.
 * @param {import('./source.js').Source} source
 * @param {number} at
 * @param {Set<string>} helpers
 * @returns {Made | null}
 */
function unsortedAt(source, at, helpers) {
  const scope = scopeAt(source, at);
  if (!scope) return null;
  const { parts, isOther } = evidenceOf(source, scope, at, helpers);
  if (isOther || !['timestamp', 'nonce', 'token'].every((name) => parts.has(name))) return null;
  return { kind: parts.has('sealed') ? 'msg_signature' : 'signature', at, sure: false, scope };
}

/**
 * @param {import('./source.js').Source} source
 * @param {number} at
 * @returns {Made}
 */
function decipheredAt(source, at) {
  return { kind: 'decryption', at, sure: false, scope: scopeAt(source, at) };
}

/**
 * What a function contains, or the whole file.
 * @param {import('./source.js').Source} source
 * @param {import('./source.js').Scope | null} scope
 * @param {number} around the middle, of what is longer than that
 * @param {Set<string>} helpers
 */
function evidenceOf({ tokens, partners }, scope, around, helpers) {
  const parts = /** @type {Set<string>} */ (new Set());
  const seen = { parts, hashes: false, compares: false, three: false, isOther: false };
  const from = Math.max(headOf(scope, tokens, partners), around - LONGEST);
  const to = Math.min(scope?.to ?? tokens.length - 1, around + LONGEST);
  for (let at = from; at <= to; at++) {
    const { type, value } = tokens[at];
    if (type === 'Punctuator') {
      if (COMPARES.has(value)) seen.compares = true;
      if (value === '[' && isListOfThree(tokens, partners, at)) seen.three = true;
      continue;
    }
    const word = type === 'IdentifierName' || type === 'PrivateIdentifier' ? value : textOf(tokens[at]);
    if (word === null || word.length > 80) continue;
    if (COMPARERS.has(word)) seen.compares = true;
    if (isHash(tokens, at, helpers)) seen.hashes = true;
    if (OTHERS.test(word)) seen.isOther = true;
    for (const [name, pattern] of Object.entries(PARTS)) if (pattern.test(word)) parts.add(name);
  }
  return seen;
}

/** Where the parameters of a function begin. */
function headOf(
  /** @type {import('./source.js').Scope | null} */ scope,
  /** @type {import('./source.js').Token[]} */ tokens,
  /** @type {number[]} */ partners,
) {
  if (!scope) return 0;
  for (let at = scope.from - 1; at > 0 && scope.from - at < 40; at--) {
    if (tokens[at].value === ')' && partners[at] !== -1) return partners[at];
    if (tokens[at].value === ';' || tokens[at].value === '}') break;
  }
  return scope.from;
}

/**
 * The names of the functions of a file that only hash.
 * @param {import('./source.js').Source} source
 */
function helpersOf(source) {
  const { tokens } = source;
  const names = /** @type {Set<string>} */ (new Set());
  for (let at = 0, count = 0; at < tokens.length && count < MOST; at++) {
    if (!isHash(tokens, at, names)) continue;
    count++;
    const scope = scopeAt(source, at);
    if (!scope?.name || scope.to - scope.from > LONGEST) continue;
    const sorts = tokens.slice(scope.from, scope.to).some((_, index) => isSort(tokens, scope.from + index));
    if (!sorts) names.add(scope.name);
  }
  return names;
}

/**
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 */
function isSort(tokens, at) {
  const { type, value } = tokens[at];
  if (type !== 'IdentifierName' || !SORTS.has(value)) return false;
  return ['(', '?.', '.'].includes(tokens[at + 1]?.value) || ['.', '?.'].includes(tokens[at - 1]?.value);
}

/**
 * A function or an algorithm that is called SHA-1, or a helper that is.
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 * @param {Set<string>} helpers
 */
function isHash(tokens, at, helpers) {
  const { type, value } = tokens[at];
  if (type === 'IdentifierName') {
    if (helpers.has(value)) return tokens[at + 1]?.value === '(';
    return SHA1.test(value);
  }
  const text = textOf(tokens[at]);
  return text !== null && SHA1_NAME.test(text) && !isRequired(tokens, at);
}

/**
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 */
function isRequired(tokens, at) {
  return ['from', 'import'].includes(tokens[at - 1]?.value) || tokens[at - 2]?.value === 'require';
}

/**
 * @param {import('./source.js').Token[]} tokens
 * @param {number} at
 */
function isDecipher(tokens, at) {
  const { type, value } = tokens[at];
  if (type !== 'IdentifierName' || value !== 'createDecipheriv' || tokens[at + 1]?.value !== '(')
    return false;
  // Others are for what users' phones and payments send.
  return (textOf(tokens[at + 2]) ?? MESSAGES).toLowerCase() === MESSAGES;
}

/**
 * @param {import('./source.js').Token[]} tokens
 * @param {number[]} partners
 * @param {number} at
 */
function isListOfThree(tokens, partners, at) {
  const end = partners[at];
  if (end === -1 || end - at > 40) return false;
  let commas = 0;
  for (let inner = at + 1; inner < end; inner++) {
    if (tokens[inner].value === ',') commas++;
    if (partners[inner] > inner) inner = partners[inner];
  }
  return commas === 2 && tokens[end - 1].value !== ',';
}

module.exports = { signaturesIn };
