'use strict';

// What the full-network release test (全网发布检测) wants to hear:
// https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/operation/thirdparty/releases_instructions.html

/** Its official account and its mini program. Nobody authorises for them, so look for no authorisation of theirs. */
const TEST_ACCOUNTS = new Set(['gh_3c884a361561', 'gh_8dad206e9538']);

/**
 * A handler that answers the test, and leaves everything else to yours.
 * @param {{ sendAs: (code: string, user: string, text: string) => Promise<void> }} component
 * @param {import('wechat-push').PushHandler} handler
 * @returns {import('wechat-push').PushHandler}
 */
function withReleaseTest(component, handler) {
  return (message, context) => {
    if (!TEST_ACCOUNTS.has(String(message.ToUserName))) return handler(message, context);
    if (message.MsgType === 'event') return `${message.Event}from_callback`;
    const { text = '', user = '' } = context;
    if (text === 'TESTCOMPONENT_MSG_TYPE_TEXT') return `${text}_callback`;
    const [, code] = text.match(/^QUERY_AUTH_CODE:(.+)$/) ?? [];
    // Not waited for: the test wants the push to be answered first.
    if (code) sendLater(component, code, user);
  };
}

async function sendLater(component, code, user) {
  try {
    await component.sendAs(code, user, `${code}_from_api`);
  } catch (error) {
    console.error('the release test will fail:', error.message);
  }
}

module.exports = { withReleaseTest };
