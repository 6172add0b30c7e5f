'use strict';

module.exports = {
  keys: 'for the cookies of nobody',
  // The adapter reads the body by itself, and a push has no token against forged requests.
  bodyParser: { ignore: '/wx' },
  security: { csrf: { ignore: '/wx' } },
  logger: { level: 'NONE', consoleLevel: 'NONE' },
};
