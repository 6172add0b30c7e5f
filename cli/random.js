'use strict';

const { randomInt } = require('node:crypto');

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** A Token, as long as WeChat's console takes. */
function randomToken() {
  return random(32);
}

/** An EncodingAESKey, in the letters and digits that WeChat's console takes. */
function randomEncodingAesKey() {
  return random(43);
}

/** @param {number} length */
function random(length) {
  return Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

module.exports = { randomEncodingAesKey, randomToken };
