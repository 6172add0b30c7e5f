'use strict';

const test = require('node:test');
const wechatPush = require('wechat-push');
const testing = require('wechat-push/testing');
const answers = require('./answers.js');

test('it answers under node --test', () => answers(wechatPush, testing));
