'use strict';

const { digest } = require('../engine/index.js');

/** 132 bits of a hash, which tell all pushes of all accounts apart, as text for every client. */
const CHARACTERS = 22;

/** What shows people whose key it is: no more, since each key is there a hundred thousand times. */
const SHOWN = 6;

/** What a push is called, behind the prefix: the end of the configured identity, and a hash of all. @param {string} id */
function pushKey(id) {
  return identityOf(id) + shortDigest(id);
}

/** Of a reply that does not stay as long as its push. @param {string} key of the push */
function replyKey(key) {
  return `${key}:reply`;
}

/** @param {string} signature */
function signatureKey(signature) {
  return identityOf(signature) + shortDigest(`signature:${signature}`);
}

/** @param {string} text */
function shortDigest(text) {
  return digest(text).slice(0, CHARACTERS);
}

/** The end of what stands before the first colon, with it; nothing where there is none. @param {string} id */
function identityOf(id) {
  const end = id.indexOf(':');
  return id.slice(Math.max(0, end - SHOWN), end + 1);
}

module.exports = { pushKey, replyKey, signatureKey };
