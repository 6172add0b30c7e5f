'use strict';

/** The findings of `doctor` that only other platforms than an account of WeChat give rise to. */
module.exports = [
  'check_refused',
  'late_check',
  'not_decrypted',
  'not_the_plaintext',
  'path_answer',
  'path_refused',
  'port_unsure',
  'reply_receive_id',
  'reply_nonce',
  'second_card',
  'speaks_bot',
  'speaks_wechat',
  'speaks_wecom',
  'stream_goes_on',
  'xml_reply',
];
