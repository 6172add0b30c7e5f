'use strict';

// Writes docs/troubleshooting*.md from core/hints.json and core/src/rejection.rs; with --check it only says whether they are up to date.

/** @type {{ console: any[], reasons: Record<string, any>, hints: Record<string, any> }} */
const table = require('../core/hints.json');
const { readReasons } = require('./reasons.js');
const { format, writeOrCheck } = require('./write-generated.js');

const pages = {
  en: {
    file: 'docs/troubleshooting.md',
    head: `# Troubleshooting

[简体中文](troubleshooting.zh-CN.md)

If your server does not pass, let [\`npx wechat-push doctor <url>\`](doctor.md) ask it as WeChat would. If a request was refused, take it from your access log, or [whatever shows it](explain.md), and ask:

\`\`\`sh
npx wechat-push explain 'GET /wx?signature=…&echostr=…&timestamp=…&nonce=… HTTP/1.1' --token …
\`\`\`

or in code:

\`\`\`js
const { explainPush } = require('wechat-push');

explainPush('GET /wx?signature=…&echostr=…&timestamp=…&nonce=… HTTP/1.1', account).hints;
\`\`\`

\`account\` is what \`messagePush\` gets: the options, or the Token alone. For a POST give \`{ method, url, body }\`; the request itself will do, such as the one that \`onReject\` gets. \`{ lang: 'zh' }\` as third argument gives the hints in Chinese. The result holds no Token, no key and no right signature, so it can be shown to others; the request can not: whoever has it can send it again.

Without an \`onReject\` the server says the same on stderr: the first refusal of each reason, then at most one line for it in ten minutes, or in ten seconds while \`NODE_ENV\` is not \`production\`. It says so in Chinese when the locale or the option \`lang\` does.
`,
    console: "What WeChat's console, its alarm group or a user says",
    reasons: 'Why a request was refused',
    reasonsHead: `These are the reasons of \`onReject\`, of the diagnostics channel \`wechat-push:rejected\` and of \`explainPush\`; the numbers are the return codes of the official sample library. Below each is what \`explainPush\` makes out more closely.`,
    columns: ['reason', 'status', 'code', 'meaning'],
    fine: 'Nothing wrong?',
    fineHead: 'What `explainPush` says of requests that the account takes:',
    foot: 'Generated from `core/hints.json` and `core/src/rejection.rs` by `npm run generate`.',
  },
  zh: {
    file: 'docs/troubleshooting.zh-CN.md',
    head: `# 故障排查

[English](troubleshooting.md)

服务器通不过 URL 验证时，让 [\`npx wechat-push doctor <URL>\`](doctor.zh-CN.md) 像微信那样请求它。请求被拒绝时，从访问日志里找到那一行，交给 \`explain\` 分析（[其他写法也可以](explain.zh-CN.md)）：

\`\`\`sh
npx wechat-push explain 'GET /wx?signature=…&echostr=…&timestamp=…&nonce=… HTTP/1.1' --token …
\`\`\`

或者在代码里：

\`\`\`js
const { explainPush } = require('wechat-push');

explainPush('GET /wx?signature=…&echostr=…&timestamp=…&nonce=… HTTP/1.1', account, { lang: 'zh' }).hints;
\`\`\`

\`account\` 就是传给 \`messagePush\` 的选项，也可以只传 Token。POST 请求传 \`{ method, url, body }\`，也可以直接传请求对象，例如 \`onReject\` 收到的那个。结果里不含 Token、密钥和正确的签名，可以放心发给别人看；但请求本身不要公开，拿到它的人可以原样重发。

没有设置 \`onReject\` 时，服务器会在 stderr 输出同样的提示：每种原因第一次拒绝时一行，之后每十分钟最多一行（\`NODE_ENV\` 不是 \`production\` 时每十秒一行）。系统语言是中文，或设了 \`lang: 'zh'\`，就用中文。
`,
    console: '微信后台、报警群或用户看到的提示',
    reasons: '请求为什么被拒绝',
    reasonsHead: `\`onReject\`、诊断通道 \`wechat-push:rejected\` 和 \`explainPush\` 给出的都是这些原因，数字是官方示例代码的返回码。每种原因下面列出的是 \`explainPush\` 能进一步认出的情况。`,
    columns: ['reason', '状态码', '返回码', '含义'],
    fine: '请求没有问题？',
    fineHead: '账号能接受的请求，`explainPush` 会这样说：',
    foot: '由 `npm run generate` 根据 `core/hints.json` 和 `core/src/rejection.rs` 生成。',
  },
};

module.exports = { page };

if (require.main === module) main();

/** The text of one page. */
function page(lang) {
  const words = pages[lang];
  const fine = Object.values(table.hints).filter((hint) => hint.ok);
  const text = `${words.head}
## ${words.console}

${table.console.map((entry) => consoleEntry(entry, lang)).join('\n\n')}

## ${words.reasons}

${words.reasonsHead}

${reasonTable(lang)}

${Object.entries(table.reasons)
  .map(([reason, entry]) => reasonEntry(reason, entry, lang))
  .join('\n\n')}

## ${words.fine}

${words.fineHead}

${list(fine, lang)}

---

${words.foot}
`;
  return format(text, words.file);
}

function consoleEntry({ messages, means, fix }, lang) {
  const [first, ...others] = messages;
  const also = others.map((text) => `\`${text}\``).join(' · ');
  return [`### ${first}`, also, means[lang], fix[lang]].filter((text) => text !== '').join('\n\n');
}

/** Every reason with its status, the code of the official sample library, and what it means. */
function reasonTable(lang) {
  const rows = readReasons().map(({ name, code, status }) => [
    `[\`${name}\`](#${name})`,
    status,
    code === null ? '' : `−${-code}`,
    table.reasons[name].means[lang],
  ]);
  const { columns } = pages[lang];
  return [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function reasonEntry(reason, { means, fix, hints = [] }, lang) {
  const text = `### \`${reason}\`\n\n${means[lang]}\n\n${blank(fix[lang])}`;
  return hints.length === 0
    ? text
    : `${text}\n\n${list(
        hints.map((key) => table.hints[key]),
        lang,
      )}`;
}

function list(hints, lang) {
  return hints.map((hint) => `- ${blank(hint[lang])}`).join('\n');
}

/** What is filled in at run time is left open. */
function blank(text) {
  return text.replace(/\{[a-z]+\}/g, '…');
}

async function main() {
  for (const lang of Object.keys(pages)) {
    writeOrCheck(pages[lang].file, await page(lang), 'core/hints.json and core/src/rejection.rs');
  }
}
