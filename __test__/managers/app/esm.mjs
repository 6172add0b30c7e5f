import * as wechatPush from 'wechat-push';
import * as testing from 'wechat-push/testing';
import answers from './answers.js';

await answers(wechatPush, testing);
