'use strict';

// Every request goes to what the test serves.
module.exports = (app) => app.all(/.*/, (ctx, next) => app.served(ctx, next));
