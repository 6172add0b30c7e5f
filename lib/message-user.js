'use strict';

const { nobody, said, sender, users } = require('./known-fields.js');
const { keysOf } = require('./route.js');

/** What the user said, as a handler is told; undefined where nothing was said. @param {any} message */
function textOf(message) {
  const place = said.get(routeOf(message));
  return place === undefined ? undefined : textAt(message, place);
}

/** Who caused the push; undefined where no user did. @param {any} message */
function userOf(message) {
  const place = users.get(routeOf(message)) ?? sender;
  const user = textAt(message, place);
  return user === nobody ? undefined : user;
}

/** The most specific one. @param {any} message */
function routeOf(message) {
  return keysOf(message)[0] ?? '';
}

/**
 * What is at a place such as `MiniGame.OpenId`. A stranger may have sent anything there, and a handler may have
 * changed it.
 * @param {any} message
 * @param {string} place
 * @returns {string | undefined}
 */
function textAt(message, place) {
  const found = place.split('.').reduce((within, name) => within?.[name], message);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

module.exports = { routeOf, textAt, textOf, userOf };
