'use strict';

// Writes docs/support*.md, and the short table in both READMEs, from scripts/matrix/results.json; with --check it only says whether they are up to date.

const fs = require('node:fs');
const path = require('node:path');
const { EXAMPLES } = require('./matrix/parts.js');
const { FILE, readResults } = require('./matrix/results.js');
const { fillIn, format, root, writeOrCheck } = require('./write-generated.js');

const COMMAND = 'npm run test:matrix -- --record';

/** The adapters of the suite, by what they import. */
const IMPORTS = {
  'wechat-push': [
    'Express 4',
    'Express 5',
    'Connect',
    'node:http',
    'NestJS 11 on Express',
    'NestJS 11 on Fastify, as middleware',
    'NestJS 12 on Express',
    'NestJS 12 on Fastify, as middleware',
  ],
  'wechat-push/koa': ['Koa', 'Koa 2', 'Egg', 'Egg 4', 'Midway'],
  'wechat-push/fastify': ['Fastify', 'Fastify 4', 'NestJS 11 on Fastify', 'NestJS 12 on Fastify'],
  'wechat-push/fetch': ['a server of Request and Response', 'Hono', 'Next.js', 'Bun', 'Deno', 'workerd'],
  'wechat-push/serverless': [
    'AWS HTTP API, function URL',
    'AWS REST API',
    'AWS load balancer',
    'Tencent SCF',
    'CloudBase',
    'uniCloud',
    'Aliyun FC 3',
  ],
  createEndpoint: ['an adapter over createEndpoint'],
};

/** What they are called on the pages, where the suite says otherwise. */
const NAMES = {
  en: { Koa: 'Koa 3', Fastify: 'Fastify 5', Egg: 'Egg 3', Bun: '`Bun.serve`', Deno: '`Deno.serve`' },
  zh: {
    Koa: 'Koa 3',
    Fastify: 'Fastify 5',
    Egg: 'Egg 3',
    Bun: '`Bun.serve`',
    Deno: '`Deno.serve`',
    'a server of Request and Response': '`Request` 与 `Response` 的服务器',
    'an adapter over createEndpoint': '自己写的适配器',
    'AWS HTTP API, function URL': 'AWS HTTP API、函数 URL',
    'AWS load balancer': 'AWS 负载均衡',
    'Tencent SCF': '腾讯云 SCF',
    'Aliyun FC 3': '阿里云 FC 3',
    'without a handler': '不传处理函数',
    'on Fastify': 'Fastify',
    'on Bun': 'Bun',
    'on Deno': 'Deno',
    'on workerd': 'workerd',
    'NestJS 11 on Express': 'NestJS 11（Express）',
    'NestJS 11 on Fastify': 'NestJS 11（Fastify）',
    'NestJS 11 on Fastify, as middleware': 'NestJS 11（Fastify，中间件）',
    'NestJS 12 on Express': 'NestJS 12（Express）',
    'NestJS 12 on Fastify': 'NestJS 12（Fastify）',
    'NestJS 12 on Fastify, as middleware': 'NestJS 12（Fastify，中间件）',
  },
};

const results = readResults();
const examples = results.find((one) => one.host === EXAMPLES.host);
const suite = results.filter((one) => one.host !== EXAMPLES.host);
const runtimes = [...new Set(suite.map(({ runtime }) => runtime))];

const words = {
  en: {
    readme: 'README.md',
    page: 'docs/support.md',
    title: 'Where it runs',
    other: '[简体中文](support.zh-CN.md)',
    intro: (more) =>
      `The packed tarball, installed by npm into an empty folder, passes the conformance suite of this repository where a ✓ stands: on real sockets, with handshakes, every mode and data format, retries, late answers, senders who hang up, and what is forged or broken. ${more}, by \`${COMMAND}\`.`,
    on: (machine, date) => `On ${machine}, ${date}`,
    adapters: 'Adapters and runtimes',
    columns: ['adapter', 'import'],
    legend:
      '✓: every test passes, with the native addon and with WebAssembly; ✓ wasm: with WebAssembly, and there is no addon for that runtime; –: not run there. The suite for workerd is one of its own, in real time, since no request there can wait for another.',
    failures: 'What does not pass:',
    versions: 'The versions',
    of: 'of',
    example: ['example', 'result'],
    examples: 'Examples',
    examplesIntro: (node) =>
      `Every folder of \`examples/\`, as the tarball has it, is started by its one command, on WebAssembly (\`WECHAT_PUSH_ENGINE=wasm\`, Node ${node}), and asked by \`npx wechat-push doctor\` from the same tarball:`,
    passed: 'Nothing failed.',
    slow: 'asks itself: both users get their answer',
    foot: `Generated from \`${FILE}\` by \`npm run generate\`.`,
    suite: (date) => `[conformance](docs/support.md), ${date}`,
    engines: { addon: 'native addon', wasm: 'WebAssembly' },
  },
  zh: {
    readme: 'README.zh-CN.md',
    page: 'docs/support.zh-CN.md',
    title: '运行环境',
    other: '[English](support.md)',
    intro: (more) =>
      `用 npm 把打好的包装进空目录，打 ✓ 的组合通过了本仓库的一致性测试：真实的连接，URL 验证、各种消息加解密方式和数据格式、重试、超时的回复、中途断开，以及伪造和损坏的请求。${more}，命令为 \`${COMMAND}\`。`,
    on: (machine, date) => `测试环境 ${machine}，${date}`,
    adapters: '适配器与运行时',
    columns: ['适配器', '引入'],
    legend:
      '✓：原生模块和 WebAssembly 都通过全部测试；✓ wasm：以 WebAssembly 通过，该运行时不支持原生模块；–：没有在该运行时测试。workerd 的请求之间不能互相等待，所以它有一套自己的测试，按真实时间运行。',
    failures: '未通过的：',
    versions: '版本',
    of: '/',
    example: ['示例', '结果'],
    examples: '示例',
    examplesIntro: (node) =>
      `包里 \`examples/\` 的每个目录都用它的那一条命令启动，以 WebAssembly 运行（\`WECHAT_PUSH_ENGINE=wasm\`，Node ${node}），再用同一个包的 \`npx wechat-push doctor\` 检查：`,
    passed: '全部通过',
    slow: '自问自答：两位用户都收到回复',
    foot: `由 \`npm run generate\` 根据 \`${FILE}\` 生成。`,
    suite: (date) => `[一致性测试](docs/support.zh-CN.md)，${date}`,
    engines: { addon: '原生模块', wasm: 'WebAssembly' },
  },
};

main();

async function main() {
  for (const [lang, { page, readme }] of Object.entries(words)) {
    writeOrCheck(page, await format(pageText(lang), page), FILE);
    const text = fs.readFileSync(path.join(root, readme), 'utf8');
    const filled = fillIn(text, FILE, summary(lang));
    writeOrCheck(readme, await format(filled, readme), FILE);
  }
}

function pageText(lang) {
  const own = words[lang];
  const machines = [...new Set(results.map(({ machine }) => machine))].join(', ');
  return `# ${own.title}

${own.other}

${own.intro(own.on(machines, dates(results)))}

## ${own.adapters}

${adapterTable(lang)}

${own.legend}

${failures(lang)}

## ${own.versions}

${versions()}

## ${own.examples}

${examples ? `${own.examplesIntro(examples.version)}\n\n${exampleTable(lang, examples)}` : ''}

---

${own.foot}
`;
}

/** A row for each adapter, a column for each runtime. */
function adapterTable(lang) {
  const own = words[lang];
  const known = Object.entries(IMPORTS).flatMap(([from, names]) => names.map((name) => ({ name, from })));
  const unknown = adapterNames().filter((one) => !known.some(({ name }) => name === one));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: what does it import? Put it into IMPORTS`);
  const rows = known.map(({ name, from }) =>
    [NAMES[lang][name] ?? name, `\`${from}\``].concat(runtimes.map((runtime) => cell(runtime, name))),
  );
  return table([...own.columns, ...runtimes.map(titleOf)], rows);
}

/** @param {string} runtime @param {string} name */
function cell(runtime, name) {
  const there = suite.filter((one) => one.runtime === runtime && name in one.adapters);
  if (there.length === 0) return '–';
  const failed = there
    .filter(({ adapters }) => typeof adapters[name] === 'string')
    .map(({ engine }) => engine);
  const passed = there.map(({ engine }) => engine).filter((engine) => !failed.includes(engine));
  const both = passed.length === 2 ? ['✓'] : passed.map((engine) => `✓ ${engine}`);
  return [...both, ...failed.map((engine) => `✗ ${engine}`)].join(', ');
}

/** A row for each engine: how many of the adapters that are tried pass. */
function summary(lang) {
  const own = words[lang];
  const rows = Object.entries(own.engines).map(([engine, name]) =>
    [name].concat(runtimes.map((runtime) => passedOf(runtime, engine, own.of))),
  );
  return table([own.suite(dates(suite)), ...runtimes.map(shortTitleOf)], rows);
}

/** @param {string} runtime @param {string} engine @param {string} of */
function passedOf(runtime, engine, of) {
  const there = suite.filter((one) => one.runtime === runtime && one.engine === engine);
  const verdicts = there.flatMap(({ adapters }) => Object.values(adapters));
  const passed = verdicts.filter((one) => typeof one === 'number').length;
  return verdicts.length === 0 ? '–' : `${passed} ${of} ${verdicts.length}`;
}

function failures(lang) {
  const lines = suite.flatMap(({ runtime, engine, adapters }) =>
    Object.entries(adapters)
      .filter(([, why]) => typeof why === 'string')
      .map(([name, why]) => `- ${titleOf(runtime)}, ${engine}, ${name}: ${why}`),
  );
  return lines.length > 0 ? `${words[lang].failures}\n\n${lines.join('\n')}` : '';
}

/** Of every framework that was tried, each once. */
function versions() {
  const all = results
    .flatMap((one) => Object.entries(one.versions))
    .map(([name, version]) => {
      const real = name === 'express4' ? 'express' : name;
      return `\`${real}\` ${version}`;
    });
  return `${[...new Set(all)].toSorted().join(', ')}`;
}

function exampleTable(lang, { adapters: all }) {
  const own = words[lang];
  const rows = Object.entries(all).map(([name, verdict]) => {
    const [folder, kind = ''] = name.split(', ');
    const link = `[${folder}](../examples/${folder})`;
    const passed = ['slow-answer', 'ai-bot'].includes(folder) ? own.slow : own.passed;
    return [link, NAMES[lang][kind] ?? kind, typeof verdict === 'number' ? passed : verdict];
  });
  return table([own.example[0], '', own.example[1]], rows);
}

/** That were run; a host that ended early is there by its own name. */
function adapterNames() {
  const names = suite.flatMap((one) => Object.keys(one.adapters).filter((name) => name !== one.host));
  return [...new Set(names)];
}

/** `Node 20.20.2`. @param {string} runtime */
function titleOf(runtime) {
  const all = suite.filter((one) => one.runtime === runtime);
  return `${shortTitleOf(runtime).split(' ')[0]} ${[...new Set(all.map(({ version }) => version))].join(', ')}`;
}

/** `Node 20`. @param {string} runtime */
function shortTitleOf(runtime) {
  if (runtime === 'workerd') return runtime;
  return runtime.replace(/^./, (letter) => letter.toUpperCase()).replace(/\d+/, ' $&');
}

/** The day, or the first and the last. */
function dates(some) {
  const all = some.map(({ date }) => date).toSorted();
  return [...new Set([all[0], all.at(-1)])].join(' – ');
}

function table(columns, rows) {
  const lines = [columns, columns.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
