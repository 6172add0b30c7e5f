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
  ['event.change_contact.create_user', 'UserID'],
  ['event.change_contact.update_user', 'UserID'],
  ['event.change_contact.delete_user', 'UserID'],
  ['event.change_external_contact.add_external_contact', 'ExternalUserID'],
  ['event.change_external_contact.add_half_external_contact', 'ExternalUserID'],
  ['event.change_external_contact.edit_external_contact', 'ExternalUserID'],
  ['event.change_external_contact.del_external_contact', 'ExternalUserID'],
  ['event.change_external_contact.del_follow_user', 'ExternalUserID'],
  ['event.change_external_contact.transfer_fail', 'ExternalUserID'],
  ['event.change_external_contact.msg_audit_approved', 'ExternalUserID'],
  ['event.customer_acquisition.customer_start_chat', 'ExternalUserID'],
  ['event.customer_acquisition.del_follow_user', 'ExternalUserID'],
  ['info.change_contact.create_user', 'UserID'],
  ['info.change_contact.update_user', 'UserID'],
  ['info.change_contact.delete_user', 'UserID'],
  ['info.change_external_contact.add_external_contact', 'ExternalUserID'],
  ['info.change_external_contact.add_half_external_contact', 'ExternalUserID'],
  ['info.change_external_contact.edit_external_contact', 'ExternalUserID'],
  ['info.change_external_contact.del_external_contact', 'ExternalUserID'],
  ['info.change_external_contact.del_follow_user', 'ExternalUserID'],
  ['info.change_external_contact.transfer_fail', 'ExternalUserID'],
  ['info.change_external_contact.msg_audit_approved', 'ExternalUserID'],
  ['info.customer_acquisition.customer_start_chat', 'ExternalUserID'],
  ['info.customer_acquisition.del_follow_user', 'ExternalUserID'],
]);

/** Where a push has a ticket, whose it is, and when it was made. @type {Map<string, { is: string, of: string, time: string }>} */
const tickets = new Map([
  ['info.component_verify_ticket', { is: 'ComponentVerifyTicket', of: 'AppId', time: 'CreateTime' }],
  ['info.suite_ticket', { is: 'SuiteTicket', of: 'SuiteId', time: 'TimeStamp' }],
]);

/** Where every other push of a user names it. */
const sender = 'FromUserName';

/** What stands there when nobody sent it (WeCom). */
const nobody = 'sys';

/** The same of what bots are pushed. @type {{ said: Map<string, string>, sender: string }} */
const bot = {
  said: new Map([
    ['text', 'text.content'],
    ['mixed', 'mixed.msg_item.text.content'],
    ['voice', 'voice.content'],
  ]),
  sender: 'from.userid',
};

module.exports = { bot, nobody, said, sender, tickets, users };
