'use strict';

// The smallest app: WeChat's console accepts its URL, and it answers text messages. Run it with `npm start`.

const path = require('node:path');

const { wechatPush, testing, express } = load();

const host = '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);
const account = {
  token: process.env.WECHAT_PUSH_TOKEN ?? 'mytoken',
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
  const gateway = testing.createGateway(account);
  const asked = await handshake(gateway, url);
  await textMessage(gateway, url);
  console.log('\nTalk to it in a browser:');
  console.log(`  ${playLine(url)}`);
  console.log('\nTry it by hand, the right way and the wrong way:');
  console.log(`  curl '${asked}'`);
  console.log(`  curl '${asked.replace(/nonce=\d/, 'nonce=x')}'`);
  console.log('\nCtrl-C ends it.');
}

/** Sends itself what WeChat sends when the URL is entered in the console. */
async function handshake(gateway, url) {
  const { url: asked, status, headers, body } = await gateway.handshake(url);
  console.log(`\nGET ${pathOf(asked)}\n${status} ${headers['content-type']}: ${body}`);
  return asked;
}

/** Sends itself what WeChat posts when a user writes to the account. */
async function textMessage(gateway, url) {
  const { attempts, reply } = await gateway.push(url, { MsgType: 'text', Content: '你好' });
  const { request, status, headers, body } = attempts.at(-1);
  console.log(`\nPOST ${pathOf(request.url)}\n${request.body}`);
  console.log(`\n${status} ${headers['content-type']}: ${body}`);
  console.log('\nwhich the user sees as', reply);
}

/** What serves a page that talks to it. */
function playLine(url) {
  const command = path.join(
    path.dirname(require.resolve('wechat-push/package.json')),
    'cli',
    'wechat-push.js',
  );
  const { token, appId, encodingAESKey } = account;
  const options = `--token ${token} --app-id ${appId} --encoding-aes-key ${encodingAESKey}`;
  return `node ${path.relative('', command)} play ${url} ${options}`;
}

function pathOf(url) {
  const { pathname, search } = new URL(url);
  return pathname + search;
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
  if (error.code === 'ERR_WECHAT_PUSH_OPTIONS') return `${error.message}; it comes from WECHAT_PUSH_TOKEN`;
  return error.message;
}

function load() {
  try {
    return {
      wechatPush: require('wechat-push'),
      testing: require('wechat-push/testing'),
      express: require('express'),
    };
  } catch (error) {
    return fail(error.message.split('\n')[0]);
  }
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
