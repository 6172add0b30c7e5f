'use strict';

// What the codes of WeChat's API mean, and what to do. The whole list:
// https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
// https://developer.work.weixin.qq.com/document/path/90313

/** @type {Record<number, { en: string, zh: string }>} */
const WECHAT = {
  [-1]: { en: 'WeChat is busy; try again', zh: '微信系统繁忙，请稍后重试' },
  40001: {
    en: 'the access token was replaced, or the AppSecret is wrong',
    zh: 'access_token 已被替换，或 AppSecret 有误',
  },
  40003: {
    en: 'not an openid of this account, or the user does not follow it',
    zh: '不是该账号的 openid，或用户未关注',
  },
  40007: {
    en: 'the media id is not of this account, or has expired',
    zh: 'media_id 不属于该账号，或已过期',
  },
  40013: { en: 'the AppID is wrong', zh: 'AppID 有误' },
  40014: { en: 'the access token is wrong', zh: 'access_token 无效' },
  40125: { en: 'the AppSecret is wrong, or was reset in the console', zh: 'AppSecret 有误，或已在后台重置' },
  40164: {
    en: "this server's IP is not on the account's whitelist; add it in the console (IP 白名单)",
    zh: '服务器 IP 不在该账号的 IP 白名单中，请到后台添加',
  },
  41001: { en: 'the access token is missing', zh: '缺少 access_token' },
  42001: { en: 'the access token has expired', zh: 'access_token 已过期' },
  43004: { en: 'the user does not follow the account', zh: '用户未关注该账号' },
  43101: {
    en: 'the user refused the message, or has not agreed to one more',
    zh: '用户拒收，或订阅次数已用完',
  },
  45002: { en: 'the text has more than 2,048 bytes', zh: '文本超过 2,048 字节' },
  45008: { en: 'a news message takes one article', zh: '图文消息只能有一篇' },
  45009: { en: 'the quota of calls for today is used up', zh: '接口调用次数已达今日上限' },
  45011: { en: 'too many calls in this minute', zh: '接口调用过于频繁（每分钟上限）' },
  45015: {
    en: 'the user has not written for too long: 48 hours, or a minute after an event',
    zh: '已超过回复时限：用户发消息后 48 小时，事件后 1 分钟',
  },
  45047: {
    en: "more messages than the user's last message or event allows",
    zh: '超过用户上一条消息或事件允许的下发条数',
  },
  45072: {
    en: 'the command is neither Typing nor CancelTyping',
    zh: 'command 只能是 Typing 或 CancelTyping',
  },
  45080: {
    en: "the typing indicator works within 30 seconds of the user's message",
    zh: '只能在用户发消息后 30 秒内显示“正在输入”',
  },
  45081: { en: 'the typing indicator is already shown', zh: '“正在输入”状态已经在显示' },
  48001: {
    en: 'the account has no right to this interface; an official account has to be verified (认证)',
    zh: '没有该接口的权限；公众号需要先认证',
  },
  50002: { en: 'the account is restricted', zh: '账号受到限制' },
  61451: { en: 'a parameter is wrong', zh: '参数有误' },
};

/** Where WeCom means something else, or has a code of its own. @type {typeof WECHAT} */
const WECOM = {
  40001: { en: 'the secret of the application is wrong', zh: '应用的 Secret 有误' },
  40003: { en: 'not a member of this company', zh: '不是该企业的成员' },
  40013: { en: 'the CorpID is wrong', zh: '企业 ID（CorpID）有误' },
  40056: { en: 'the AgentID is wrong', zh: 'AgentID 有误' },
  40058: { en: 'a parameter is wrong', zh: '参数有误' },
  45009: { en: 'too many calls', zh: '接口调用超过限制' },
  45033: { en: 'too many calls at once', zh: '接口并发调用超过限制' },
  60011: { en: 'the application has no right to this', zh: '应用没有相应的权限' },
  60020: {
    en: "this server's IP is not among the trusted IPs of the application (企业可信IP)",
    zh: '服务器 IP 不在应用的“企业可信IP”中',
  },
  81013: {
    en: 'the member is not in the visible range of the application (可见范围)',
    zh: '成员不在应用的可见范围内',
  },
  301002: { en: 'the AgentID does not belong to this secret', zh: 'AgentID 与 Secret 不属于同一个应用' },
};

const UNKNOWN = { en: 'WeChat refused the call', zh: '微信拒绝了这次调用' };

/** @param {number} errcode @param {boolean} [isWeCom] */
function wordsOf(errcode, isWeCom) {
  return (isWeCom && WECOM[errcode]) || WECHAT[errcode] || UNKNOWN;
}

module.exports = { wordsOf };
