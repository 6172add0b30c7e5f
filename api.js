'use strict';

const { accessToken } = require('./lib/api/access-token.js');
const { ApiError } = require('./lib/api/api-error.js');
const { appMessage } = require('./lib/api/app-message.js');
const { customerService } = require('./lib/api/customer-service.js');
const { responseUrl } = require('./lib/api/response-url.js');

module.exports = { ApiError, accessToken, appMessage, customerService, responseUrl };
