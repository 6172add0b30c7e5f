'use strict';

const { nearest } = require('./nearest.js');
const { bot, former, named, wecom } = require('./route-names.js');

/** Routes of two names of one thing, either way: a handler under one gets the other's pushes. */
const competingRoutes = Object.entries(former).flatMap(([one, other]) => [
  [one, other],
  [other, one],
]);

const general = ['event', 'info', 'default'];
const known = new Set([...general, ...named, ...Object.keys(former)]);
const knownOfWeCom = new Set([...wecom, ...bot]);

/**
 * The known routes by their letters, those of events and infos also without the prefix; WeChat's go before WeCom's.
 * Made at the first use, as it takes longer than all else that the package does when it is loaded.
 */
const byLetters = once(() => new Map([...lettersOf(knownOfWeCom), ...lettersOf(known)]));

/** The events that WeChat and WeCom spell in another case, either way: `event.CLICK` and `event.click`. */
const spelledOtherwise = once(() => {
  const bySmallLetters = new Map(named.map((route) => [route.toLowerCase(), route]));
  const pairs = wecom.map((route) => [route, bySmallLetters.get(route.toLowerCase())]);
  const different = pairs.filter(([route, other]) => other !== undefined && other !== route);
  return new Map(
    different.flatMap(([one, other]) => [
      [one, other],
      [other, one],
    ]),
  );
});

/**
 * How the other of the two spells an event.
 * @param {string} route
 * @returns {string | undefined}
 */
function otherCase(route) {
  return spelledOtherwise().get(route);
}

/**
 * The route that was probably meant by a key which is none that is known: what differs in case, punctuation,
 * the prefix, or one letter. More would take names that WeChat is yet to invent for mistakes.
 * @param {string} key
 * @param {boolean} [mayBeWeCom] whether the account may be one of WeCom
 */
function meantRoute(key, mayBeWeCom = false) {
  if (known.has(key) || (mayBeWeCom && knownOfWeCom.has(key))) return undefined;
  const given = letters(key);
  const routes = byLetters();
  return routes.get(given) ?? routes.get(nearest(given, [...routes.keys()], () => 1) ?? '');
}

/** @param {Set<string>} routes @returns {[string, string][]} */
function lettersOf(routes) {
  const all = [...routes];
  const bare = all.map((route) => letters(route.replace(/^(event|info)\./, '')));
  return [...bare, ...all.map(letters)].map((text, i) => [text, all[i % all.length]]);
}

/** @param {string} route */
function letters(route) {
  return route.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/**
 * @template T
 * @param {() => T} make
 */
function once(make) {
  /** @type {T | undefined} */
  let made;
  return () => (made ??= make());
}

module.exports = { competingRoutes, meantRoute, otherCase };
