'use strict';

// docs/events.md, docs/wecom-events.md and docs/bot-events.md, and the same in Chinese: every row of the table, for those who write
// handlers.

const prefixes = { MsgType: '', Event: 'event.', InfoType: 'info.' };

const pages = {
  en: {
    file: 'docs/events.md',
    head: (count) => `# Messages and events

[简体中文](events.zh-CN.md)

The ${count} kinds of push that are known. The message object has the official names, in one shape, whether the push was XML or JSON. Fields and kinds that are not listed come through as they were sent.

- A heading is the name under which \`route()\` has a handler. \`npx wechat-push send <url> --event CLICK\` pushes the sample of an event, \`--type text\` that of a message.
- Every message has \`ToUserName\`, \`FromUserName\`, \`CreateTime\`, \`MsgType\` and \`MsgId\`; an event \`Event\` instead of \`MsgId\`; \`info.…\` (a push to a third-party platform's own URL) only \`AppId\`, \`CreateTime\` and \`InfoType\`.
- Fields: text, if nothing is said; \`?\` is not always there; \`[]\` is a list.
- Answer: a **passive reply** is a string or what \`reply\` makes; **data** is an object such as \`{ ErrCode: 0, ErrMsg: 'success' }\`, which the source describes; **nothing** is \`success\`, which is sent when the handler returns nothing. Where no source says that there can be no passive reply, there can be one. To messages, a mini program takes \`reply.transferCustomerService()\` alone.
`,
    wecom: {
      file: 'docs/wecom-events.md',
      head: (count) => `# Messages and events of WeCom

[简体中文](wecom-events.zh-CN.md)

The ${count} kinds of push that applications of WeCom (企业微信, [wecom.md](wecom.md)) are known to get. The message object has the official names, in one shape, whether the push was XML or JSON. Fields and kinds that are not listed come through as they were sent.

- A heading is the name under which \`route()\` has a handler. What changed (\`ChangeType\`) is its second level: \`'event.change_contact.create_user'\`, or \`'event.change_contact'\` for whatever changed of it.
- Every message has \`ToUserName\` (the CorpID), \`FromUserName\` (the member), \`CreateTime\`, \`MsgType\`, \`MsgId\` and \`AgentID\`; an event \`Event\` instead of \`MsgId\`. \`info.…\` (the instruction callback of a provider's application) has \`SuiteId\`, \`InfoType\` and \`TimeStamp\`, of what a company caused also \`AuthCorpId\`; pushes to the provider itself have \`ServiceCorpId\`.
- Fields: text, if nothing is said; \`?\` is not always there; \`[]\` is a list. Where WeCom sends a list as one text (\`Department\`: \`'1,2,3'\`), it stays one text.
- Answer: a **passive reply** is a string or what \`reply\` makes; **an update of the card** is what \`reply.updateButton\` or \`reply.updateTemplateCard\` makes; **nothing** is \`success\`, which is sent when the handler returns nothing.
`,
    },
    bot: {
      file: 'docs/bot-events.md',
      head: (count) => `# Messages and events of bots

[简体中文](bot-events.zh-CN.md)

The ${count} kinds of push that a smart bot of WeCom (智能机器人, \`platform: 'wecom-bot'\`) is known to get. The message object has the official names. Fields and kinds that are not listed come through as they were sent.

- A heading is the name under which \`route()\` has a handler.
- Every push has \`msgid\`, \`aibotid\`, \`from.userid\` and \`msgtype\`; in a group \`chatid\`. \`response_url\` comes with messages and with \`template_card_event\`.
- What \`url\` leads to is there for five minutes, encrypted: \`decryptMedia(bytes, account)\`.
- Fields: text, if nothing is said; \`?\` is not always there; \`[]\` is a list.
- Answer: **a stream or a card** is a string, a stream of strings or what \`reply.card\` makes; **a welcome** is a string or a card; **an update of the card** is what \`reply.updateCard\` makes; **nothing** is an empty body, which is sent when the handler returns nothing.
`,
    },
    contents: 'Contents',
    fields: 'Fields',
    answer: 'Answer',
    source: 'Source',
    formerly: 'Also',
    separator: ', ',
    colon: ': ',
    none: 'none',
    answers: {
      passive: 'a passive reply, or nothing',
      update: 'an update of the card, or nothing',
      welcome: 'a welcome, or nothing',
      stream: 'the stream so far, which the package sends by itself',
      bot: 'a stream or a card, or nothing',
      data: 'data',
      none: 'nothing',
    },
    foot: 'Generated from `core/messages.json` by `npm run generate`.',
  },
  zh: {
    file: 'docs/events.zh-CN.md',
    head: (count) => `# 消息与事件

[English](events.md)

目前已知的 ${count} 种推送。消息对象使用官方字段名，无论推送是 XML 还是 JSON，结构都一样。没有列出的字段和类型会原样交给处理函数。

- 标题就是 \`route()\` 里处理函数的键名。\`npx wechat-push send <URL> --event CLICK\` 推送该事件的示例，\`--type text\` 推送消息的示例。
- 每条消息都有 \`ToUserName\`、\`FromUserName\`、\`CreateTime\`、\`MsgType\` 和 \`MsgId\`；事件没有 \`MsgId\`，而有 \`Event\`；\`info.…\`（推送到第三方平台授权事件 URL）只有 \`AppId\`、\`CreateTime\` 和 \`InfoType\`。
- 字段：未注明的是字符串；\`?\` 表示不一定有；\`[]\` 表示数组。
- 回复：**被动回复**是字符串或 \`reply\` 生成的对象；**数据**是 \`{ ErrCode: 0, ErrMsg: 'success' }\` 这样的对象，格式见来源；**无**即 \`success\`，处理函数不返回内容时就发送它。来源没有说明不能被动回复的，都可以回复。小程序的消息只能用 \`reply.transferCustomerService()\` 回复。
`,
    wecom: {
      file: 'docs/wecom-events.zh-CN.md',
      head: (count) => `# 企业微信的消息与事件

[English](wecom-events.md)

企业微信应用（[wecom.zh-CN.md](wecom.zh-CN.md)）目前已知的 ${count} 种推送。消息对象使用官方字段名，无论推送是 XML 还是 JSON，结构都一样。没有列出的字段和类型会原样交给处理函数。

- 标题就是 \`route()\` 里处理函数的键名。变更类型（\`ChangeType\`）是第二级：\`'event.change_contact.create_user'\`；只写 \`'event.change_contact'\` 则收到其全部变更。
- 每条消息都有 \`ToUserName\`（CorpID）、\`FromUserName\`（成员）、\`CreateTime\`、\`MsgType\`、\`MsgId\` 和 \`AgentID\`；事件没有 \`MsgId\`，而有 \`Event\`。\`info.…\`（第三方应用的指令回调）有 \`SuiteId\`、\`InfoType\` 和 \`TimeStamp\`，与某个授权企业有关的还有 \`AuthCorpId\`；推送给服务商本身的则有 \`ServiceCorpId\`。
- 字段：未注明的是字符串；\`?\` 表示不一定有；\`[]\` 表示数组。企业微信以逗号拼接的列表（\`Department\`：\`'1,2,3'\`）保持字符串不变。
- 回复：**被动回复**是字符串或 \`reply\` 生成的对象；**更新卡片**用 \`reply.updateButton\` 或 \`reply.updateTemplateCard\`；**无**即 \`success\`，处理函数不返回内容时就发送它。
`,
    },
    bot: {
      file: 'docs/bot-events.zh-CN.md',
      head: (count) => `# 智能机器人的消息与事件

[English](bot-events.md)

企业微信智能机器人（\`platform: 'wecom-bot'\`）目前已知的 ${count} 种推送。消息对象使用官方字段名。没有列出的字段和类型会原样交给处理函数。

- 标题就是 \`route()\` 里处理函数的键名。
- 每条推送都有 \`msgid\`、\`aibotid\`、\`from.userid\` 和 \`msgtype\`，群聊中还有 \`chatid\`。消息和 \`template_card_event\` 带有 \`response_url\`。
- \`url\` 指向的内容五分钟内有效，而且是加密的：用 \`decryptMedia(bytes, account)\` 解密。
- 字段：未注明的是字符串；\`?\` 表示不一定有；\`[]\` 表示数组。
- 回复：**流式消息或卡片**是字符串、字符串的流，或 \`reply.card\` 生成的对象；**欢迎语**是字符串或卡片；**更新卡片**用 \`reply.updateCard\`；**无**即空响应体，处理函数不返回内容时就发送它。
`,
    },
    contents: '目录',
    fields: '字段',
    answer: '回复',
    source: '来源',
    formerly: '又名',
    separator: '、',
    colon: '：',
    none: '无',
    answers: {
      passive: '被动回复，也可以不回复',
      update: '更新卡片，也可以不回复',
      welcome: '欢迎语，也可以不回复',
      stream: '流式消息的最新内容，由本包自动发送',
      bot: '流式消息或卡片，也可以不回复',
      data: '数据',
      none: '无',
    },
    foot: '由 `npm run generate` 根据 `core/messages.json` 生成。',
  },
};

/** In the order of the page. */
const groups = {
  message: { en: 'Messages', zh: '用户消息' },
  interaction: { en: 'Follow, scan, menu', zh: '关注、扫码、菜单' },
  service: { en: 'Customer service', zh: '客服' },
  notice: { en: 'Subscribe messages, mass sends, publishing', zh: '订阅消息、群发、发布' },
  authorization: { en: 'What users authorised', zh: '用户授权变更' },
  'mini-program': { en: 'Mini programs: reviews and checks', zh: '小程序审核与检测' },
  content: { en: 'Dramas, novels, live rooms', zh: '短剧、小说、直播' },
  'virtual-payment': { en: 'Virtual payment', zh: '虚拟支付' },
  'mini-game': { en: 'Mini games', zh: '小游戏' },
  order: { en: 'Shipping and complaints', zh: '发货与投诉' },
  store: { en: 'WeChat store', zh: '微信小店' },
  league: { en: 'League and suppliers of the store', zh: '小店联盟与供货' },
  'trade-component': { en: 'Custom trade component', zh: '自定义交易组件' },
  express: { en: 'Express', zh: '物流助手' },
  delivery: { en: 'Immediate delivery', zh: '即时配送' },
  card: { en: 'Cards and coupons', zh: '卡券' },
  invoice: { en: 'Invoices', zh: '发票' },
  place: { en: 'Stores, places, devices', zh: '门店、地点、设备' },
  accreditation: { en: 'Verification of the account', zh: '账号认证' },
  'third-party': { en: 'Third-party platforms', zh: '第三方平台' },
  'wecom-message': { en: 'Messages', zh: '成员消息' },
  'wecom-app': { en: 'The application and its menu', zh: '应用与菜单' },
  'wecom-card': { en: 'Cards', zh: '卡片' },
  'wecom-contact': { en: 'Contacts', zh: '通讯录' },
  'wecom-customer': { en: 'Customers', zh: '客户联系' },
  'wecom-kf': { en: 'Customer service (微信客服)', zh: '微信客服' },
  'wecom-approval': { en: 'Approvals', zh: '审批' },
  'wecom-office': { en: 'Meetings, documents and the like', zh: '会议、文档等' },
  'bot-message': { en: 'Messages', zh: '消息' },
  'bot-event': { en: 'Events', zh: '事件' },
  'wecom-suite': { en: "Providers' applications: instruction callback", zh: '第三方应用的指令回调' },
};

/** The pages of a family: by their files, their texts, not formatted. */
function eventsPages(rows) {
  return Object.fromEntries(
    ['wechat', 'wecom', 'bot'].flatMap((family) => {
      const own = rows.filter((row) => row.family === family);
      return Object.keys(pages).map((lang) => {
        const page = family === 'wechat' ? pages[lang] : pages[lang][family];
        return [page.file, eventsPage(own, lang, page.head)];
      });
    }),
  );
}

function eventsPage(rows, lang, head) {
  const words = pages[lang];
  const parts = Object.entries(groups).map(([group, title]) => ({
    title: title[lang],
    rows: rows.filter((row) => row.group === group),
  }));
  const filled = parts.filter((part) => part.rows.length > 0);
  const listed = parts.reduce((sum, part) => sum + part.rows.length, 0);
  if (listed < rows.length) throw new Error('core/messages.json: a row is in no group of the page');
  return `${head(rows.length)}
## ${words.contents}

${filled.map((part) => contentsOf(part, words)).join('\n')}

${filled.map((part) => `## ${part.title}\n\n${part.rows.map((row) => section(row, lang)).join('\n\n')}`).join('\n\n')}

---

${words.foot}
`;
}

function contentsOf({ title, rows }, { separator, colon }) {
  const links = rows.map((row) => `[\`${row.name}\`](#${anchor(routeOf(row))})`);
  return `- [${title}](#${anchor(title)})${colon}${links.join(separator)}`;
}

function section(row, lang) {
  const words = pages[lang];
  const line = (key, text) => `- ${words[key]}${words.colon}${text}`;
  const also = row.formerly.map((name) => `\`${prefixes[row.kind]}${name}\``).join(words.separator);
  return `### ${routeOf(row)}

${sentence(row.when[lang], lang)}

${[
  ...(also ? [line('formerly', also)] : []),
  line('fields', row.fields.map((field) => `\`${notation(field)}\``).join(words.separator) || words.none),
  line('answer', words.answers[answerOf(row)]),
  line('source', `${sourceOf(row.source)}${words.separator}${row.date}`),
].join('\n')}
${sampleOf(row.sample)}`;
}

/** To a bot, any reply is one of its own. */
function answerOf({ family, answer }) {
  return family === 'bot' && answer === 'passive' ? 'bot' : answer;
}

function sampleOf(sample) {
  if (Object.keys(sample).length === 0) return '';
  return `
\`\`\`json
${JSON.stringify(sample)}
\`\`\``;
}

function routeOf({ kind, name }) {
  return prefixes[kind] + name;
}

/** As GitHub makes anchors of headings. */
function anchor(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

function sentence(text, lang) {
  return lang === 'zh' ? `${text}。` : `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function notation({ name, type, list, optional, fields }) {
  const marked = `${name}${list ? '[]' : ''}${optional ? '?' : ''}`;
  if (fields) return `${marked} { ${fields.map(notation).join(', ')} }`;
  return type === 'string' ? marked : `${marked}: ${type}`;
}

function sourceOf(source) {
  return source.startsWith('https://') ? `[${new URL(source).host}](${source})` : source;
}

module.exports = { eventsPages, groups };
