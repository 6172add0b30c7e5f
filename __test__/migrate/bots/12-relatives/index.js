const { OfficialAccount } = require('node-easywechat');
const crypto = require('crypto');

const app = new OfficialAccount({ app_id: process.env.APPID, secret: process.env.SECRET, token: process.env.TOKEN });
const server = app.getServer();
server.with(async (message) => `You said: ${message.Content}`);

/** What wx.config of a web page wants: no push, and nothing to move over. */
exports.pageSignature = (ticket, noncestr, timestamp, url) => {
  const fields = { jsapi_ticket: ticket, noncestr, timestamp, url };
  const text = Object.keys(fields).sort().map((name) => `${name}=${fields[name]}`).join('&');
  return crypto.createHash('sha1').update(text).digest('hex');
};

exports.serve = async (request) => server.serve(request);
