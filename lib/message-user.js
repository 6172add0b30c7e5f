'use strict';

const { bot, nobody, said, sender, users } = require('./known-fields.js');
const { isOfBot, keysOf } = require('./route.js');

/** By which a bot is called in a group, before what it is told, or behind it. No push says what the bot's name is. */
const MENTION = /^\s*@\S+|\s@\S+\s*$/u;

/** What the user said, as a handler is told; undefined where nothing was said. @param {any} message */
function textOf(message) {
  const places = isBots(message) ? bot.said : said;
  const place = places.get(routeOf(message));
  const text = place === undefined ? undefined : textAt(message, place);
  return isBots(message) && message.chattype === 'group' ? withoutMention(text) : text;
}

/** Who caused the push; undefined where no user did. @param {any} message */
function userOf(message) {
  if (isBots(message)) return textAt(message, bot.sender);
  const place = users.get(routeOf(message)) ?? sender;
  const user = textAt(message, place);
  return user === nobody ? undefined : user;
}

/** @param {any} message */
function isBots(message) {
  return message?.MsgType === undefined && isOfBot(message ?? {});
}

/** @param {string | undefined} text */
function withoutMention(text) {
  const told = text?.replace(MENTION, '').trim();
  return told === '' ? undefined : told;
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
  const found = place.split('.').reduce(valueIn, message);
  const text = Array.isArray(found) ? found.filter((one) => typeof one === 'string').join('\n') : found;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/**
 * Of a list, what its items have.
 * @param {any} within
 * @param {string} name
 */
function valueIn(within, name) {
  return Array.isArray(within) ? within.map((one) => one?.[name]) : within?.[name];
}

module.exports = { routeOf, textAt, textOf, userOf };
