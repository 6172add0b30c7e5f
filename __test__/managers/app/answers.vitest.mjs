import * as wechatPush from 'wechat-push';
import * as testing from 'wechat-push/testing';
import answers from './answers.js';

test('it answers under vitest', () => expect(answers(wechatPush, testing)).resolves.toBe(true));
