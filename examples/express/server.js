'use strict';

// The smallest app: WeChat's console accepts its URL. Run it with `npm start`.

const { createHash } = require('node:crypto');
const { wechatPush, express } = load();

const host = '127.0.0.1';
const port = Number(process.env.PORT ?? 3000);
const token = process.env.PUSH_TOKEN ?? 'mytoken';

main().catch((error) => fail(explain(error)));

async function main() {
  const app = express();
  app.use('/checkPushMsg', wechatPush.messagePush({ token }));

  const server = await listen(app);
  process.once('SIGINT', () => stop(server));
  process.once('SIGTERM', () => stop(server));
  await handshake(server.address().port);
}

/** Sends itself what WeChat sends when the URL is entered in the console. */
async function handshake(actualPort) {
  const origin = `http://${host}:${actualPort}`;
  const target = `/checkPushMsg?${signedQuery('4375120948345356249')}`;
  const response = await fetch(origin + target);
  console.log(`listening on ${origin}/checkPushMsg, Token ${token}`);
  console.log(`\nGET ${target}`);
  console.log(`${response.status} ${response.headers.get('content-type')}: ${await response.text()}`);
  console.log(`\nTry it by hand, the right way and the wrong way:`);
  console.log(`  curl '${origin}${target}'`);
  console.log(`  curl '${origin}${target.replace(/nonce=\d/, 'nonce=x')}'`);
  console.log('\nCtrl-C ends it.');
}

function signedQuery(echostr) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = '1514711492';
  const signature = createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex');
  return new URLSearchParams({ signature, echostr, timestamp, nonce });
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
