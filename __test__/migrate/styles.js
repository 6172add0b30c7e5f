'use strict';

// The signature in as many styles as people write it in: each way to name the parts, to sort, to join, to hash and to
// compare, with each other.

const crypto = require('node:crypto');
const wechatPush = require('../..');

/** Where the parts come from: parameters of the function, the lines before, and the names of the four. */
const PARTS = [
  ['(query, token)', 'const { signature, timestamp, nonce } = query;', 'signature timestamp nonce'],
  [
    '(query, token)',
    'var signature = query.signature, timestamp = query.timestamp, nonce = query.nonce;',
    'signature timestamp nonce',
  ],
  ['(query, token)', '', 'query.signature query.timestamp query.nonce'],
  ['({ signature, timestamp, nonce }, token)', '', 'signature timestamp nonce'],
  ['(q, token)', 'const { signature: sign, timestamp: timeStamp, nonce } = q;', 'sign timeStamp nonce'],
].map(([parameters, before, names]) => {
  const [signature, timestamp, nonce] = names.split(' ');
  return { parameters, before, signature, timestamp, nonce };
});

/** How the three are sorted and joined into `text`. */
const TEXTS = [
  (list) => `const text = ${list}.sort().join('');`,
  (list) => `const list = ${list};\n  list.sort();\n  const text = list.join('');`,
  (list) => `let sorted = ${list}.toSorted();\n  let text = sorted.join("");`,
  (list) => `var text = ${list}.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join('');`,
  (list) => `const [a, b, c] = ${list}.sort();\n  const text = \`\${a}\${b}\${c}\`;`,
  (list) => `const l = ${list}.sort();\n  const text = l[0] + l[1] + l[2];`,
  (list) => `const l = ${list}.sort();\n  const text = l[0].concat(l[1], l[2]);`,
  (list) => `const text = ${list}.sort().reduce((all, one) => all + one);`,
  (list) =>
    `const l = new Array();\n  for (const one of ${list}) l.push(one);\n  l.sort();\n  let text = '';\n  l.forEach((one) => { text += one; });`,
  (list) => `const text = _.sortBy(${list}).join('');`,
];

/** How it is hashed into `hash`. */
const HASHES = [
  () => `const hash = crypto.createHash('sha1').update(text).digest('hex');`,
  () =>
    `const sha = crypto.createHash('sha1');\n  sha.update(text, 'utf8');\n  const hash = sha.digest('hex');`,
  () => `const hash = crypto.createHash('SHA1').update(Buffer.from(text)).digest().toString('hex');`,
  () => `const hash = sha1(text);`,
  () => `const hash = CryptoJS.SHA1(text).toString();`,
  () => `const hash = crypto.hash('sha1', text);`,
];

/** What is returned. */
const COMPARES = [
  (signature) => `return hash === ${signature};`,
  (signature) => `return ${signature} == hash;`,
  (signature) => `if (hash !== ${signature}) {\n    return false;\n  }\n  return true;`,
  (signature) => `return hash === ${signature} ? true : false;`,
  (signature) => `return Buffer.from(hash).equals(Buffer.from(String(${signature})));`,
];

/** How the function is written. */
const FUNCTIONS = [
  (parameters, body) => `function check${parameters} {\n  ${body}\n}\n`,
  (parameters, body) => `const check = ${parameters} => {\n  ${body}\n};\n`,
  (parameters, body) =>
    `class Bot {\n  check${parameters} {\n  ${body}\n  }\n}\nconst check = (...all) => new Bot().check(...all);\n`,
];

/** Each way of one choice with each of the others that it may depend on. */
function all() {
  const codes = [];
  for (const { parameters, before, signature, timestamp, nonce } of PARTS)
    for (const [order, text] of TEXTS.entries())
      for (const hash of HASHES)
        for (const compare of COMPARES)
          for (const [form, write] of FUNCTIONS.entries()) {
            // Not each with each: the form and the order of the list take turns.
            if ((order + form) % 3 !== 0) continue;
            const parts = order % 2 ? [nonce, 'token', timestamp] : ['token', timestamp, nonce];
            const lines = [before, text(`[${parts.join(', ')}]`), hash(), compare(signature)].filter(Boolean);
            const body = lines.join('\n  ');
            const code = `const crypto = require('crypto');\nconst sha1 = require('sha1');\n${write(parameters, body)}`;
            codes.push({ code, file: 'bot.js', run });
            if (form === 0) codes.push({ code: code.replaceAll(';\n', '\n'), file: 'bot.cjs', run });
          }
  return codes;
}

/** The function of such a code, which needs what its packages give, for the Token `sesame`. */
function run(code) {
  const hex = (text) => crypto.createHash('sha1').update(text).digest('hex');
  const modules = {
    crypto: { ...crypto, hash: (_, text) => hex(text) },
    sha1: hex,
    'wechat-push': wechatPush,
  };
  const _ = { sortBy: (list) => list.toSorted() };
  const CryptoJS = { SHA1: (text) => ({ toString: () => hex(text) }) };
  const made = new Function('require', '_', 'CryptoJS', `${code}\nreturn check;`);
  const check = made((name) => modules[name], _, CryptoJS);
  return (query) => check(query, 'sesame');
}

/** Queries that are signed, by the Token or another, and such as are not. */
function queries(token) {
  const sign = (one, timestamp, nonce) =>
    crypto.createHash('sha1').update([one, timestamp, nonce].sort().join('')).digest('hex');
  const signed = [
    ['1764000000', '42'],
    ['0', 'zzz'],
    ['1764000000', 'sesame'],
    ['', ''],
  ].map(([timestamp, nonce]) => ({ signature: sign(token, timestamp, nonce), timestamp, nonce }));
  const [first] = signed;
  return [
    ...signed,
    { ...first, nonce: '43' },
    { ...first, timestamp: '1764000001' },
    { ...first, signature: sign('another', first.timestamp, first.nonce) },
    { ...first, signature: first.signature.toUpperCase() },
    { ...first, signature: '' },
    { ...first, more: 'x' },
  ];
}

module.exports = { all, queries };
