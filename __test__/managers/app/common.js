'use strict';

const answers = require('./answers.js');

answers(require('wechat-push'), require('wechat-push/testing'));
