'use strict';

const compose = require('koa-compose');

/**
 * One app of a framework on Koa as the apps of Koa that the tests make: what they use is what `app.served` calls.
 * @param {any} app
 */
function oneApp(app) {
  return class {
    #all = [];

    use(middleware) {
      this.#all.push(middleware);
    }

    callback() {
      app.served = compose(this.#all);
      return app.callback();
    }
  };
}

module.exports = { oneApp };
