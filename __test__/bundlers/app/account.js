'use strict';

exports.account = {
  token: 'AAAAA',
  encodingAESKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appId: 'wx0123456789abcdef',
};
exports.reply = ({ Content }) => `${Content}！`;
