'use strict';

const { messagePush } = require('wechat-push');
const { PATH, answering, serveAt } = require('./place.js');

/**
 * Express and its like.
 * @param {any} makeApp
 * @param {import('./conformance.js').Adapter['headerOf']} [headerOf]
 */
function ofExpress(makeApp, headerOf) {
  const start = (middleware, next, onError = () => {}) => {
    const app = makeApp().use(PATH, middleware).use(PATH, next);
    app.use((req, res) => req.pipe(res));
    return serveAt(
      app.use((error, req, res, last) => {
        onError(error);
        if (res.headersSent) last(error);
        else answering(res)(500, '');
      }),
    );
  };
  return {
    async serve(options, handler, onError) {
      const middleware = messagePush(options, handler);
      return start(middleware, (req, res) => res.end('the next middleware'), onError);
    },
    async withoutHandler(options, app, onError) {
      return start(messagePush(options), (req, res) => app(req.wechat, answering(res)), onError);
    },
    headerOf,
    hasErrors: true,
    hasPaths: true,
  };
}

module.exports = { ofExpress };
