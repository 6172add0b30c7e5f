'use strict';

const { inTurn } = require('./lib/answers/in-turn.js');
const { nextMessage } = require('./lib/answers/next-message.js');
const { plainText } = require('./lib/answers/plain-text.js');

module.exports = { inTurn, nextMessage, plainText };
