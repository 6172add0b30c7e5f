'use strict';

// Starts the bots and talks to them as WeChat and WeCom do: `npm install && npm start`. The model (fake-model.js) and
// WeChat's API are servers of this machine, so that no account is needed. It takes half a minute.

const { spawn } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const net = require('node:net');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { createApiServer, createGateway } = require('wechat-push/testing');
const { startModel } = require('./fake-model.js');

const account = {
  token: 'mytoken',
  appId: 'wx0123456789abcdef',
  encodingAESKey: 'ThisKeyIsForTheDemoOnlyPleaseMakeYourOwn123',
};
/** A bot of WeCom has no AppID. */
const { appId: _, ...ofWeCom } = account;
const wecomBot = { ...ofWeCom, platform: 'wecom-bot' };

/** WeCom asks more often: it does not say how often. */
const REFRESHED_AFTER = 9000;

const QUESTION = '为什么天是蓝的？';

const isChinese = (process.env.LC_ALL || process.env.LANG || '').startsWith('zh');
const words = isChinese
  ? {
      officialAccount: '公众号，只用被动回复：',
      miniProgram: '小程序，用客服消息：',
      wecomBot: '企业微信智能机器人，用流式消息：',
      refreshes: '（企业微信询问最新内容）',
      finished: '（回答完毕）',
      user: '用户：',
      bot: '机器人：',
      enters: '（用户进入会话）',
      typing: '（用户看到“对方正在输入”）',
      hangsUp: '（微信断开连接，重新推送）',
      success: '（向微信返回 success）',
      seconds: '秒',
      bytes: '字节',
    }
  : {
      officialAccount: 'official account, by passive replies alone:',
      miniProgram: 'mini program, by customer-service messages:',
      wecomBot: 'bot of WeCom, by a stream:',
      refreshes: '(WeCom asks for what there is)',
      finished: '(the answer is finished)',
      user: 'user: ',
      bot: 'bot: ',
      enters: '(the user enters the conversation)',
      typing: '(the user sees that one is typing)',
      hangsUp: '(WeChat hangs up and pushes again)',
      success: '(WeChat is told success)',
      seconds: 's',
      bytes: 'bytes',
    };

main();

async function main() {
  const [model, api] = await Promise.all([startModel(), createApiServer()]);
  const env = {
    ...process.env,
    WECHAT_PUSH_TOKEN: account.token,
    WECHAT_PUSH_APP_ID: account.appId,
    WECHAT_PUSH_ENCODING_AES_KEY: account.encodingAESKey,
    WECHAT_APP_SECRET: randomBytes(16).toString('hex'),
    WECHAT_PUSH_API_URL: api.url,
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: 'none is needed',
    MODEL: 'fake-model',
  };
  const bots = [
    await startBot('official-account.js', env),
    await startBot('mini-program.js', env),
    await startBot('wecom-bot.js', env, wecomBot),
  ];
  try {
    const [first, second, third] = bots;
    const talks = await Promise.all([
      talkToOfficialAccount(first.url),
      talkToMiniProgram(second.url, api),
      talkToBot(third.url),
    ]);
    console.log(talks.join('\n\n'));
  } finally {
    for (const { child } of bots) child.kill();
    model.close();
    await api.close();
  }
}

/** Starts a program on a free port; resolves when it passes WeChat's check. */
async function startBot(file, env, checkedAs = account) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/checkPushMsg`;
  const child = spawn(process.execPath, [path.join(__dirname, file)], {
    env: { ...env, PORT: port },
    stdio: 'inherit',
  });
  const gateway = createGateway(checkedAs);
  while (!(await gateway.handshake(url)).ok) {
    if (child.exitCode !== null) throw new Error(`${file} ended`);
    await sleep(100);
  }
  return { url, child };
}

/** An official account: answers are passive replies. */
async function talkToOfficialAccount(url) {
  const { say, lines } = talk(words.officialAccount);
  const gateway = createGateway(account);
  for (const Content of [QUESTION, '继续']) {
    say(words.user, Content);
    const asked = performance.now();
    const { reply, attempts } = await gateway.push(url, {
      MsgType: 'text',
      FromUserName: 'oReader',
      Content,
    });
    let passed = asked;
    for (const { timedOut, duration } of attempts) {
      passed += duration;
      if (timedOut) say(words.hangsUp, '', passed);
    }
    say(words.bot, reply.Content);
  }
  return lines.join('\n');
}

/** A mini program: answers are messages that the bot sends by WeChat's API. */
async function talkToMiniProgram(url, api) {
  const { say, lines } = talk(words.miniProgram);
  const gateway = createGateway({ ...account, format: 'json' });
  const push = async (message) => {
    const pushed = gateway.push(url, { FromUserName: 'oVisitor', ...message });
    // WeChat knows of a message before it pushes it.
    api.pushed({ FromUserName: 'oVisitor', CreateTime: Date.now() / 1000, ...message });
    return pushed;
  };
  const ask = (Content) => {
    say(words.user, Content);
    return push({ MsgType: 'text', Content });
  };
  let told = 0;
  async function seen(count, whenTyping = () => {}) {
    const until = told + count;
    for (let wasTyping = false; told < until; await sleep(20)) {
      if (!wasTyping && api.isTyping('oVisitor')) whenTyping((wasTyping = true));
      for (const { text } of api.messages.slice(told)) say(words.bot, text);
      told = api.messages.length;
    }
  }

  say(words.enters);
  await push({ MsgType: 'event', Event: 'user_enter_tempsession', SessionFrom: 'index' });
  await seen(1);
  ask(QUESTION).then(() => say(words.success));
  await seen(2, () => say(words.typing));
  await ask('我刚才问了什么？');
  await seen(1);
  return lines.join('\n');
}

/** A bot of WeCom: its answer grows. */
async function talkToBot(url) {
  const { say, lines } = talk(words.wecomBot);
  const gateway = createGateway(wecomBot);
  const about = { chattype: 'single', from: { userid: 'zhangsan' } };
  const push = async (message) => (await gateway.push(url, { ...about, ...message })).reply;

  say(words.enters);
  const welcome = await push({ msgtype: 'event', event: { eventtype: 'enter_chat' } });
  say(words.bot, welcome.text.content);
  say(words.user, QUESTION);
  let { stream } = await push({ msgtype: 'text', text: { content: QUESTION } });
  say(words.bot, stream.content || '…');
  while (!stream.finish) {
    await sleep(REFRESHED_AFTER);
    ({ stream } = await push({ msgtype: 'stream', stream: { id: stream.id } }));
    say(words.refreshes);
    say(words.bot, stream.content);
  }
  say(words.finished);
  return lines.join('\n');
}

/** What happened, and after how many seconds. */
function talk(title) {
  const began = performance.now();
  const lines = [title];
  const say = (what, text = '', at = performance.now()) => {
    const seconds = Math.round((at - began) / 1000);
    lines.push(`${String(seconds).padStart(4)} ${words.seconds}  ${what}${shortened(text)}`);
  };
  return { say, lines };
}

/** Of a long text the beginning, the end and the length. */
function shortened(text) {
  if (text.length < 60) return text;
  const [last, ending] = text.endsWith('）') ? text.split('\n').slice(-2) : [text];
  const shown = [`${text.slice(0, 12)}…${last.slice(-12)}`, ending].filter(Boolean).join(' ⏎ ');
  return `${shown} [${Buffer.byteLength(text).toLocaleString('en')} ${words.bytes}]`;
}

async function freePort() {
  const server = net.createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return String(port);
}
