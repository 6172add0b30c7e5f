'use strict';

module.exports = {
  keys: 'for the cookies of your app',
  security: { csrf: { ignore: '/checkPushMsg' } }, // a push has no token of a form
  bodyParser: { ignore: '/checkPushMsg' }, // it is read by wechat-push
};
