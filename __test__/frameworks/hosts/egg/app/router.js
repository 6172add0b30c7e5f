'use strict';

module.exports = (app) => {
  app.all('/wx/old', 'home.wechat');
  // Every other request goes to what the test serves.
  app.all(/.*/, (ctx, next) => app.served(ctx, next));
};
