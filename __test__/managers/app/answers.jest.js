'use strict';

const wechatPush = require('wechat-push');
const testing = require('wechat-push/testing');
const answers = require('./answers.js');

test('it answers under jest', () => expect(answers(wechatPush, testing)).resolves.toBe(true));
