'use strict';

// The smallest app: WeChat's console accepts its URL, and it answers text messages. Run it with `npm start`.

const { wechatPush, express } = load();
// What WeChat's server does, as the tests have it.
const wechat = require('../../__test__/support/wechat.js');

const host = '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);
const account = {
  token: process.env.PUSH_TOKEN ?? 'mytoken',
  appId: 'wx0123456789abcdef',
  encodingAESKey: 'ThisKeyIsForTheDemoOnlyPleaseMakeYourOwn123',
};

main().catch((error) => fail(explain(error)));

async function main() {
  const app = express();
  app.use(
    '/checkPushMsg',
    wechatPush.messagePush(account, async (message) => {
      console.log('\nthe handler got', message);
      if (message.MsgType === 'text') return `你说：${message.Content}`;
    }),
  );

  const server = await listen(app);
  process.once('SIGINT', () => stop(server));
  process.once('SIGTERM', () => stop(server));
  const url = `http://${host}:${server.address().port}/checkPushMsg`;
  console.log(`listening on ${url}, Token ${account.token}, secure mode`);
  const query = await handshake(url);
  await textMessage(url);
  console.log('\nTry it by hand, the right way and the wrong way:');
  console.log(`  curl '${url}?${query}'`);
  console.log(`  curl '${url}?${query.replace(/nonce=\d/, 'nonce=x')}'`);
  console.log('\nCtrl-C ends it.');
}

/** Sends itself what WeChat sends when the URL is entered in the console. */
async function handshake(url) {
  const { url: target } = wechat.push({ account });
  const query = `${target.slice(target.indexOf('?') + 1)}&echostr=4375120948345356249`;
  const response = await fetch(`${url}?${query}`);
  console.log(`\nGET /checkPushMsg?${query}`);
  console.log(`${response.status} ${response.headers.get('content-type')}: ${await response.text()}`);
  return query;
}

/** Sends itself what WeChat posts when a user writes to the account. */
async function textMessage(url) {
  const message = { ...wechat.textMessage, Content: '你好' };
  const push = wechat.push({ account, message, encrypted: true, url: new URL(url).pathname });
  console.log(`\nPOST ${push.url}\n${push.body}`);
  const response = await wechat.post(new URL(url).origin, push);
  console.log(`\n${response.status} ${response.type}: ${response.text}`);
  console.log(`\nwhich WeChat decrypts to\n${wechat.openReply(response.text, account)}`);
}

function listen(app) {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host);
    server.once('listening', () => resolve(server)).once('error', reject);
  });
}

function stop(server) {
  server.close(() => process.exit(0));
  server.closeAllConnections();
}

function explain(error) {
  if (error.code === 'EADDRINUSE') return `port ${port} is taken; choose another one: PORT=3001 npm start`;
  if (error.code === 'ERR_SOCKET_BAD_PORT')
    return `PORT must be a number from 0 to 65535, not ${process.env.PORT}`;
  if (error.code === 'ERR_WECHAT_PUSH_OPTIONS') return `${error.message}; it comes from PUSH_TOKEN`;
  return error.message;
}

function load() {
  try {
    return { wechatPush: require('wechat-push'), express: require('express') };
  } catch (error) {
    return fail(error.message.split('\n')[0]);
  }
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
