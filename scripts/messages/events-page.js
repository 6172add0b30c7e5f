'use strict';

// docs/events.md and docs/events.zh-CN.md: every row of the table, for those who write handlers.

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
    contents: 'Contents',
    fields: 'Fields',
    answer: 'Answer',
    source: 'Source',
    formerly: 'Also',
    separator: ', ',
    colon: ': ',
    none: 'none',
    answers: { passive: 'a passive reply, or nothing', data: 'data', none: 'nothing' },
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
    contents: '目录',
    fields: '字段',
    answer: '回复',
    source: '来源',
    formerly: '又名',
    separator: '、',
    colon: '：',
    none: '无',
    answers: { passive: '被动回复，也可以不回复', data: '数据', none: '无' },
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
};

/** The text of one page, not formatted. */
function eventsPage(rows, lang) {
  const words = pages[lang];
  const parts = Object.entries(groups).map(([group, title]) => ({
    title: title[lang],
    rows: rows.filter((row) => row.group === group),
  }));
  const listed = parts.reduce((sum, part) => sum + part.rows.length, 0);
  if (listed < rows.length) throw new Error('core/messages.json: a row is in no group of the page');
  return `${words.head(rows.length)}
## ${words.contents}

${parts.map((part) => contentsOf(part, words)).join('\n')}

${parts.map((part) => `## ${part.title}\n\n${part.rows.map((row) => section(row, lang)).join('\n\n')}`).join('\n\n')}

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
  line('answer', words.answers[row.answer]),
  line('source', `${sourceOf(row.source)}${words.separator}${row.date}`),
].join('\n')}
${sampleOf(row.sample)}`;
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

module.exports = { eventsPage, pages };
