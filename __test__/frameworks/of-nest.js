'use strict';

const { messagePush } = require('wechat-push');
const fastify = require('wechat-push/fastify');
const { PATH, answering, serveAt } = require('../conformance/place.js');

/**
 * NestJS, of the version that `load` loads.
 * @param {(name: string) => Promise<any>} load
 */
async function ofNest(load) {
  const { NestFactory } = await load('@nestjs/core');
  const nest = await load('@nestjs/common');
  const { FastifyAdapter } = await load('@nestjs/platform-fastify');

  /** An app, set up by `mount`; its errors are told. */
  async function start(mount, controllers, onError, ...adapter) {
    class AppModule {}
    nest.Module({ controllers })(AppModule);
    const app = await NestFactory.create(AppModule, ...adapter, { logger: false });
    app.useGlobalFilters(filter(onError));
    await mount(app);
    await app.init();
    return app;
  }

  /** Every error gets to it. */
  function filter(onError) {
    class Filter {
      catch(error, host) {
        const response = host.switchToHttp().getResponse();
        onError(error);
        response.status(500).send('');
      }
    }
    nest.Catch()(Filter);
    return new Filter();
  }

  /** A controller whose route answers a push. */
  function controllerOf(app) {
    class Pushes {
      take(req, res) {
        app(req.wechat, answering(res));
      }
    }
    nest.Req()(Pushes.prototype, 'take', 0);
    nest.Res()(Pushes.prototype, 'take', 1);
    nest.All(PATH)(Pushes.prototype, 'take', Object.getOwnPropertyDescriptor(Pushes.prototype, 'take'));
    nest.Controller()(Pushes);
    return Pushes;
  }

  const serveExpress = async (middleware, controllers, onError) => {
    const app = await start((one) => one.use(PATH, middleware), controllers, onError);
    return serveAt(app.getHttpAdapter().getInstance());
  };
  const serveFastify = async (mount, onError) => {
    const app = await start(mount, [], onError, new FastifyAdapter());
    const instance = app.getHttpAdapter().getInstance();
    await instance.ready();
    return serveAt(instance.routing);
  };

  return {
    'on Express': {
      serve: async (options, handler, onError) => serveExpress(messagePush(options, handler), [], onError),
      withoutHandler: async (options, app, onError) =>
        serveExpress(messagePush(options), [controllerOf(app)], onError),
      hasErrors: true,
    },
    'on Fastify': {
      async serve(options, handler, onError) {
        const plugin = fastify.messagePush(options, handler);
        // The filters of Nest get the errors of what is registered once they are there.
        const mount = (app) => app.init().then(() => app.register(plugin, { prefix: PATH }));
        return serveFastify(mount, onError);
      },
      hasErrors: true,
    },
    'on Fastify, as middleware': {
      async serve(options, handler, onError) {
        const middleware = messagePush(options, handler);
        return serveFastify((app) => app.use(PATH, middleware), onError);
      },
      hasErrors: true,
    },
  };
}

module.exports = { ofNest };
