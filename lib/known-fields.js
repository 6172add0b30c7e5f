'use strict';

// Generated from core/messages.json by scripts/generate-messages.js.

/** Where a push has what its user said. @type {Map<string, string>} */
const said = new Map([
  ['text', 'Content'],
  ['voice', 'Recognition'],
]);

/** Where a push names its user, if not in `sender`; nowhere, if that is empty. @type {Map<string, string>} */
const users = new Map([
  ['device_text', 'OpenID'],
  ['device_event', 'OpenID'],
  ['event.guide_qrcode_scan_event', 'GuideScanEvent.openid'],
  ['event.MASSSENDJOBFINISH', ''],
  ['event.user_info_modified', 'OpenID'],
  ['event.user_authorization_revoke', 'OpenID'],
  ['event.user_authorization_cancellation', 'OpenID'],
  ['event.wxalive_follow_notify', 'FollowNotify.user_openid'],
  ['event.xpay_goods_deliver_notify', 'OpenId'],
  ['event.xpay_coin_pay_notify', 'OpenId'],
  ['event.xpay_refund_notify', 'OpenId'],
  ['event.xpay_complaint_notify', 'OpenId'],
  ['event.xpay_apple_subscribe_signing_result_notify', 'OpenId'],
  ['event.minigame_deliver_goods', 'MiniGame.ToUserOpenid'],
  ['event.complaint_callback', 'BussiCallBackInfo.open_id'],
  ['event.open_product_order_analyze', 'order_info.openid'],
  ['event.miniprogram_sharer_bind_status_change', 'openid'],
  ['event.miniprogram_sharer_action', 'openid'],
  ['event.channels_ec_sharer_change', 'openid'],
]);

/** Where a push has a ticket, whose it is, and when it was made. @type {Map<string, { is: string, of: string, time: string }>} */
const tickets = new Map([
  ['info.component_verify_ticket', { is: 'ComponentVerifyTicket', of: 'AppId', time: 'CreateTime' }],
]);

/** Where every other push of a user names it. */
const sender = 'FromUserName';

/** What stands there when nobody sent it (WeCom). */
const nobody = 'sys';

module.exports = { nobody, said, sender, tickets, users };
