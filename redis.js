'use strict';

const { redisStore } = require('./lib/stores/redis.js');

module.exports = { redisStore };
