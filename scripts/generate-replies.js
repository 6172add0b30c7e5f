'use strict';

// Writes docs/replies*.md from the rules in core/hints.json and from what the core answers; with --check it only says
// whether they are up to date.

const { createReceiver, reply } = require('..');
const { createGateway } = require('../testing.js');
const { replies: rules } = require('../core/hints.json');
const { platforms } = require('../lib/platforms.js');
const { format, writeOrCheck } = require('./write-generated.js');

const SOURCE = 'core/hints.json and core/src';

const pages = {
  en: {
    file: 'docs/replies.md',
    title: 'Replies',
    other: '[简体中文](replies.zh-CN.md)',
    intro: `Every reply is judged before it is sent: by \`messagePush\` and \`createEndpoint\`, by \`receiver.respond\`, by the gateway of \`wechat-push/testing\`, by \`wechat-push doctor\` and \`send\`, all by the same rules. So a test that passes with the gateway is not refused by WeChat later.

| a handler returns                    | WeChat gets                                               | and                                                                  |
| ------------------------------------ | --------------------------------------------------------- | -------------------------------------------------------------------- |
| nothing, \`''\`, \`'success'\`           | \`success\`                                                 |                                                                      |
| a reply that WeChat takes            | the reply                                                 |                                                                      |
| what WeChat would never take         | \`success\`; the push counts as handled                     | a process warning, \`wechat-push:unsendable\`                          |
| a text that is too long              | its beginning, cut after a sentence where there is one     | the rest goes to the \`carriers\`, last to \`onUndelivered\`, reason \`too_long\` |
| what this push or account cannot take | \`success\`                                                 | the value goes there, reason \`not_taken\` or \`too_long\` |

\`receiver.respond\` has no \`onUndelivered\`: it throws \`ERR_WECHAT_PUSH_REPLY\`, with the \`rule\`, the \`response\` to send in its place and, of a long text, the \`rest\`. The gateway throws \`ERR_WECHAT_PUSH_ANSWER\`, with the rule as \`reason\`.

A warning comes once for each rule. The diagnostics channels get every case:

\`\`\`js
const { channel } = require('node:diagnostics_channel');

channel('wechat-push:unsendable').subscribe((event) => {
  const { rule, detail } = /** @type {import('wechat-push').UnsendableEvent} */ (event);
  console.error(rule, detail);
});
\`\`\`
`,
    accounts: 'What may be answered',
    accountsHead: `What an account may be answered with depends on what it is: say so with \`platform\`. Without it nothing is held against a reply that only one kind of account refuses; a message to the user in answer to a push in JSON is warned of once, since official accounts push XML only.`,
    accountColumns: ['`platform`', 'account', 'a message to the user', '`transfer_customer_service`', 'data'],
    names: {
      undefined: 'not said',
      'official-account': 'official account (公众号)',
      'mini-program': 'mini program (小程序)',
      'mini-game': 'mini game (小游戏)',
      store: 'store (微信小店)',
      'third-party': 'third-party platform (第三方平台): the kinds of its authorizers',
      wecom: 'WeCom application (企业微信应用)',
      'wecom-bot': 'WeCom smart bot (企业微信智能机器人)',
    },
    cells: { yes: 'yes', users: 'to what a user sent', no: 'no: `onUndelivered`' },
    how: `Everybody takes \`success\`. What cannot go as an answer reaches the user another way, such as [customer-service messages](customer-service.md) (客服消息); [every way](slow-answers.md):

\`\`\`js
const { messagePush, route } = require('wechat-push');
const { customerService } = require('wechat-push/api');

const push = messagePush(
  {
    ...account,
    platform: 'mini-program',
    carriers: [customerService({ appSecret: process.env.WECHAT_APP_SECRET })],
  },
  route({ text: (message) => \`You said: \${message.Content}\` }),
);
\`\`\`

The push matters as well. What a user sent takes a message to the user. Payments, deliveries and express companies take data, such as \`{ ErrCode: 0, ErrMsg: 'success' }\`. Where nobody reads an answer, \`success\` is sent: after \`unsubscribe\`, for the results of jobs, audits and all of \`InfoType\`, and for events that only mini programs or stores get, since [these take no passive reply](https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/customer-message/trans.html) but \`transfer_customer_service\`, to a user's message. Where WeChat's pages are silent or differ, the reply goes out as it is.
`,
    rules: 'The rules',
    columns: ['rule', 'outcome', 'what is wrong, and what to do'],
    outcomes: {
      malformed: 'not sent',
      too_long: '`too_long`',
      not_taken: '`not_taken`',
      doubtful: 'sent, with a warning',
    },
    foot: 'Generated from `core/hints.json` and from what the core answers, by `npm run generate`.',
  },
  zh: {
    file: 'docs/replies.zh-CN.md',
    title: '回复',
    other: '[English](replies.md)',
    intro: `每条回复在发出之前都会检查一遍。\`messagePush\`、\`createEndpoint\`、\`receiver.respond\`、\`wechat-push/testing\` 的网关以及命令行的 \`doctor\`、\`send\` 用的是同一套规则，所以用网关测试通过的回复，上线后不会被微信拒绝。

| 处理函数返回                   | 微信收到                             | 同时                                                               |
| ------------------------------ | ------------------------------------ | ------------------------------------------------------------------ |
| 无返回值、\`''\`、\`'success'\`    | \`success\`                            |                                                                    |
| 微信接受的回复                 | 该回复                               |                                                                    |
| 微信在任何情况下都不接受的内容 | \`success\`，这条推送视为已处理        | 输出一次进程警告，并发布到 \`wechat-push:unsendable\`                |
| 过长的文本                     | 开头部分，尽量在句末断开             | 其余部分依次交给 \`carriers\`，最后是 \`onUndelivered\`，原因为 \`too_long\` |
| 这条推送或这类账号不接受的回复 | \`success\`                            | 整个返回值同样交给它们，原因为 \`not_taken\` 或 \`too_long\` |

\`receiver.respond\` 没有 \`onUndelivered\`，遇到这些情况会抛出 \`ERR_WECHAT_PUSH_REPLY\`，其中有规则名 \`rule\`、可以改发的 \`response\`，文本过长时还有其余部分 \`rest\`。网关则抛出 \`ERR_WECHAT_PUSH_ANSWER\`，\`reason\` 就是规则名。

每条规则只警告一次，诊断通道则每次都会收到：

\`\`\`js
const { channel } = require('node:diagnostics_channel');

channel('wechat-push:unsendable').subscribe((event) => {
  const { rule, detail } = /** @type {import('wechat-push').UnsendableEvent} */ (event);
  console.error(rule, detail);
});
\`\`\`
`,
    accounts: '可以回复什么',
    accountsHead: `可以回复什么取决于账号类型，请用 \`platform\` 说明。不写时，只有某一类账号才不接受的回复不会被拦下；但公众号只推送 XML，所以对 JSON 推送回复发给用户的消息时，会警告一次。`,
    accountColumns: ['`platform`', '账号', '发给用户的消息', '`transfer_customer_service`', '数据'],
    names: {
      undefined: '未说明',
      'official-account': '公众号',
      'mini-program': '小程序',
      'mini-game': '小游戏',
      store: '微信小店',
      'third-party': '第三方平台，取决于授权方是哪类账号',
      wecom: '企业微信应用',
      'wecom-bot': '企业微信智能机器人',
    },
    cells: { yes: '可以', users: '仅限用户发来的消息', no: '不可以，交给 `onUndelivered`' },
    how: `所有账号都接受 \`success\`。不能作为被动回复返回的内容，可以用[客服消息](customer-service.zh-CN.md)等方式发给用户（[全部方式](slow-answers.zh-CN.md)）：

\`\`\`js
const { messagePush, route } = require('wechat-push');
const { customerService } = require('wechat-push/api');

const push = messagePush(
  {
    ...account,
    platform: 'mini-program',
    carriers: [customerService({ appSecret: process.env.WECHAT_APP_SECRET })],
  },
  route({ text: (message) => \`你说：\${message.Content}\` }),
);
\`\`\`

还要看推送的种类。用户发来的消息可以回复消息；支付、发货、物流类推送要回复数据，例如 \`{ ErrCode: 0, ErrMsg: 'success' }\`；\`unsubscribe\`、任务结果、审核结果、所有 \`InfoType\` 推送，以及只发给小程序或微信小店的事件，都不接受被动回复，所以只回 \`success\`（[小程序的被动回复](https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/customer-message/trans.html)只有 \`transfer_customer_service\` 一种，而且只能用来回复用户消息）。官方文档没有说明或说法不一的，照常发出。
`,
    rules: '规则',
    columns: ['规则', '结果', '问题与处理办法'],
    outcomes: {
      malformed: '不发送',
      too_long: '`too_long`',
      not_taken: '`not_taken`',
      doubtful: '照发，并警告',
    },
    foot: '由 `npm run generate` 根据 `core/hints.json` 和内核的实际判断生成。',
  },
};

/** WeCom encrypts every push. */
const wecom = { encodingAESKey: 'a'.repeat(43), receiveId: 'ww0123456789abcdef' };

main();

async function main() {
  for (const words of Object.values(pages)) writeOrCheck(words.file, await page(words), SOURCE);
}

/** The text of one page. */
function page(words) {
  const lang = words === pages.zh ? 'zh' : 'en';
  const rows = Object.entries(rules).map(([name, rule]) => [
    `\`${name}\``,
    words.outcomes[rule.outcome],
    rule[lang].replaceAll(/\{[a-z]+\}/g, '…').replaceAll('|', '\\|'),
  ]);
  const text = `# ${words.title}

${words.other}

${words.intro}
## ${words.accounts}

${words.accountsHead}

${table(
  words.accountColumns,
  [undefined, ...platforms.keys()].map((platform) => account(platform, words)),
)}

${words.how}
## ${words.rules}

${table(words.columns, rows)}

---

${words.foot}
`;
  return format(text, words.file);
}

function table(columns, rows) {
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The row of a kind of account: what the core says of each kind of reply to it. */
function account(platform, { names, cells }) {
  const isBot = platforms.get(platform)?.isBot;
  const event = isBot ? { event: { eventtype: 'brand_new' } } : { Event: 'brand_new' };
  const text = isBot ? { msgtype: 'text' } : { MsgType: 'text' };
  const cell = (value) => {
    if (takes(platform, event, value)) return cells.yes;
    return takes(platform, text, value) ? cells.users : cells.no;
  };
  const name = platform === undefined ? '' : `\`${platform}\``;
  const values = ['hi', reply.transferCustomerService(), { ErrCode: 0 }];
  return [name, names[platform] ?? missing(platform), ...values.map(cell)];
}

/** Whether a reply to a message goes out. */
function takes(platform, message, value) {
  const encodingAESKey = 'A'.repeat(43);
  const { isBot, isWeCom } = platforms.get(platform) ?? {};
  const secure = isBot ? { encodingAESKey } : { encodingAESKey, appId: 'wx0' };
  const options = { token: 'generate', platform, ...(isWeCom ? wecom : secure) };
  const receiver = createReceiver(options);
  try {
    receiver.respond(receiver.receive(createGateway(options).request(message)), value);
    return true;
  } catch (/** @type {any} */ error) {
    if (error.code === 'ERR_WECHAT_PUSH_REPLY') return false;
    throw error;
  }
}

function missing(platform) {
  throw new Error(`scripts/generate-replies.js has no name for the platform ${platform}`);
}
