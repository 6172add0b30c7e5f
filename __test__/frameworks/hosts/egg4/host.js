'use strict';

const { start } = require('egg');
const { conformance } = require('../../../conformance/conformance.js');
const { ofKoa } = require('../../../conformance/of-koa.js');
const { oldBot } = require('../../old-egg-bot.js');
const { oneApp } = require('../../one-app.js');

module.exports = async () => {
  const app = await start({ baseDir: __dirname });
  // On the other paths its protection against forged requests would answer.
  conformance('Egg 4', { ...ofKoa(oneApp(app)), hasPaths: false });
  oldBot('Egg 4', app);
};
