'use strict';

// The platform's calls of WeChat's API, as far as the release test needs them. Keep the ticket in a database: a new one
// comes every ten minutes only, and serves for twelve hours.

const API = process.env.WECHAT_API ?? 'https://api.weixin.qq.com';

const component_appid = process.env.WECHAT_PUSH_APP_ID;
const component_appsecret = process.env.WECHAT_COMPONENT_SECRET;

let component_verify_ticket = '';
let known = { token: '', until: 0 };

/** @param {string} ticket */
function keepTicket(ticket) {
  component_verify_ticket = ticket;
}

/**
 * Sends a text as the account that an authorisation code is of.
 * @param {string} authorization_code
 * @param {string} touser
 * @param {string} content
 */
async function sendAs(authorization_code, touser, content) {
  const query = `component_access_token=${await componentToken()}`;
  const { authorization_info } = await post(`/cgi-bin/component/api_query_auth?${query}`, {
    component_appid,
    authorization_code,
  });
  const token = authorization_info.authorizer_access_token;
  await post(`/cgi-bin/message/custom/send?access_token=${token}`, {
    touser,
    msgtype: 'text',
    text: { content },
  });
}

async function componentToken() {
  if (Date.now() < known.until) return known.token;
  const answer = await post('/cgi-bin/component/api_component_token', {
    component_appid,
    component_appsecret,
    component_verify_ticket,
  });
  known = {
    token: answer.component_access_token,
    until: Date.now() + (answer.expires_in - 60) * 1000,
  };
  return known.token;
}

async function post(path, body) {
  const response = await fetch(API + path, { method: 'POST', body: JSON.stringify(body) });
  const answer = await response.json();
  if (answer.errcode) throw new Error(`${path.split('?')[0]}: ${answer.errcode} ${answer.errmsg}`);
  return answer;
}

module.exports = { keepTicket, sendAs };
