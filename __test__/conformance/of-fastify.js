'use strict';

const { messagePush } = require('wechat-push/fastify');
const { PATH, serveAt } = require('./place.js');

/** @param {any} makeApp */
function ofFastify(makeApp) {
  const start = async (register, onError) => {
    const app = makeApp();
    app.setErrorHandler((error, request, reply) => {
      onError(error);
      return reply.code(500).send('');
    });
    register(app);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => done(null, body));
    app.all('/*', (request, reply) => reply.send(request.body ?? ''));
    await app.ready();
    return serveAt(app.routing);
  };
  return {
    async serve(options, handler, onError) {
      const plugin = messagePush(options, handler);
      return start((app) => app.register(plugin, { prefix: PATH }), onError);
    },
    async withoutHandler(options, app, onError) {
      const plugin = messagePush(options);
      const routes = async (scope) => {
        scope.register(plugin);
        scope.all(PATH, (request, reply) => {
          app(request.wechat, (status, text) => reply.code(status).send(text));
        });
      };
      return start((root) => root.register(routes), onError);
    },
    hasErrors: true,
    hasPaths: true,
  };
}

module.exports = { ofFastify };
