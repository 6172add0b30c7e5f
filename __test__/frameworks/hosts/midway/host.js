'use strict';

const { Bootstrap } = require('@midwayjs/bootstrap');
const { MidwayFrameworkService } = require('@midwayjs/core');
const koa = require('@midwayjs/koa');
const { conformance } = require('../../../conformance/conformance.js');
const { ofKoa } = require('../../../conformance/of-koa.js');
const { oneApp } = require('../../one-app.js');

module.exports = async () => {
  Bootstrap.configure({
    appDir: __dirname,
    baseDir: __dirname,
    imports: [koa],
    moduleLoadType: 'commonjs',
    globalConfig: { keys: 'for the cookies of nobody' },
    logger: false,
  });
  const container = await Bootstrap.run();
  const app = container.get(MidwayFrameworkService).getMainApp();
  const Routes = oneApp(app);
  app.useMiddleware((ctx, next) => app.served(ctx, next));
  conformance('Midway', ofKoa(Routes));
};
