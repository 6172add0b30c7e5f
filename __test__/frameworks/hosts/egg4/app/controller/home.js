'use strict';

const wechat = require('wechat-push/compat/co-wechat');
const { secureConfig } = require('../../../../../support/old-bots.js');

// As the README of co-wechat has it.
module.exports = (app) => {
  class HomeController extends app.Controller {}
  HomeController.prototype.wechat = wechat({ ...secureConfig, mode: 'compat' }).middleware(
    async (message, ctx) => `${message.Content} by ${ctx.app.name}`,
  );
  return HomeController;
};
