'use strict';

const { nearest } = require('./nearest.js');
const { former, named } = require('./route-names.js');

/** Routes of two names of one thing, either way: a handler under one gets the other's pushes. */
const competingRoutes = Object.entries(former).flatMap(([one, other]) => [
  [one, other],
  [other, one],
]);

const general = ['event', 'info', 'default'];
const known = new Set([...general, ...named, ...Object.keys(former)]);

/** The known routes by their letters, those of events and infos also without the prefix. */
const byLetters = new Map([
  ...[...known].map((route) => /** @type {const} */ ([letters(route.replace(/^.*\./, '')), route])),
  ...[...known].map((route) => /** @type {const} */ ([letters(route), route])),
]);

/**
 * The route that was probably meant by a key which is none that is known: what differs in case, punctuation,
 * the prefix, or one letter. More would take names that WeChat is yet to invent for mistakes.
 * @param {string} key
 */
function meantRoute(key) {
  if (known.has(key)) return undefined;
  const given = letters(key);
  return byLetters.get(given) ?? byLetters.get(nearest(given, [...byLetters.keys()], () => 1) ?? '');
}

/** @param {string} route */
function letters(route) {
  return route.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

module.exports = { competingRoutes, meantRoute };
