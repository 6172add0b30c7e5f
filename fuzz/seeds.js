'use strict';

// What fuzzing begins with: the fixtures of the tests, in the forms that the targets read.

const fs = require('node:fs');
const path = require('node:path');

const core = path.join(__dirname, '..', 'core');
const read = (file) => JSON.parse(fs.readFileSync(path.join(core, file), 'utf8'));

const common = { ToUserName: 'gh_1', FromUserName: 'o1', CreateTime: 1714036504, MsgType: 'event' };
const vectors = read('tests/vectors.json');
const documents = [...samples(read('messages.json')), ...vectors.flatMap(documentsOf)];
const replies = [
  '"hi"',
  '"success"',
  '{"ErrCode":0,"ErrMsg":"success"}',
  '{"MsgType":"image","Image":{"MediaId":"m"}}',
];

/** What a bot is pushed, and what a handler returns for it. */
const talks = [
  ['{"msgid":"1","msgtype":"text","text":{"content":"hi"},"from":{"userid":"u"}}', '"hello"'],
  [
    '{"msgid":"1","msgtype":"stream","stream":{"id":"s"}}',
    '{"msgtype":"stream","stream":{"finish":true,"content":"x"}}',
  ],
  [
    '{"msgid":"1","msgtype":"event","event":{"eventtype":"enter_chat"}}',
    '{"msgtype":"text","text":{"content":"x"}}',
  ],
  [
    '{"msgid":"1","msgtype":"event","event":{"eventtype":"template_card_event","template_card_event":{"task_id":"t"}}}',
    '{"response_type":"update_template_card","template_card":{"card_type":"text_notice","card_action":{}}}',
  ],
].map((parts) => parts.join('\n'));
/** How a cloud looks whether a path answers. */
const checks = [
  '{"action":"CheckContainerPath"}',
  '<xml><action><![CDATA[CheckContainerPath]]></action></xml>',
];

const typed = [
  'if (a[b[0]]>1) return;',
  ']]></Content><MsgId>8</MsgId><Content><![CDATA[',
  ']]></Title><Evil><Title><![CDATA[',
  ']]></Url></Evil><Url><![CDATA[',
  ']]></Title><Evil>1</Evil><Description><![CDATA[',
  ']]></Title><!--',
  '--><Url><![CDATA[',
];

/** The seeds of every target: texts behind the bytes by which a target chooses what to do with them. */
const seeds = {
  query: vectors.map(urlOf),
  receive: documents.map((document, i) => [[i % 15], document]),
  others: documents
    .map((document, i) => [[i % 7], document])
    .concat(checks.map((check) => [[6], check]))
    .concat(talks.map((talk) => [[5], talk])),
  respond: replies.flatMap((reply) => [0, 1, 2, 3, 4, 5].map((choice) => [[choice], reply])),
  twins: documents.filter((document) => document.startsWith('{')),
  typed: typed.concat(typed.map((text, i) => `${text}|${typed[i - 1] ?? ''}|x`)),
  explain: vectors.map((vector) => [[0, 0], urlOf(vector), [0], vector.body ?? '']),
  gateway: [...replies, ...documents].map((text, i) => [[i % 24, 1], text]),
};

/** Writes the seeds of a target into a folder. */
function writeSeeds(target, folder) {
  fs.mkdirSync(folder, { recursive: true });
  const files = (seeds[target] ?? []).map((parts) =>
    Buffer.concat([parts].flat().map((part) => Buffer.from(part))),
  );
  files.forEach((bytes, i) => fs.writeFileSync(path.join(folder, `seed-${i}`), bytes));
}

function urlOf({ signature, msg_signature, timestamp, nonce, echostr, encrypt }) {
  const all = { signature, msg_signature, timestamp, nonce, echostr, encrypt_type: encrypt && 'aes' };
  const there = Object.entries(all).filter(([, value]) => value);
  return `/push?${new URLSearchParams(there)}`;
}

function documentsOf({ body, expected_plaintext: plaintext }) {
  return [body, plaintext].filter((text) => /^\s*[<{]/.test(text ?? ''));
}

/** The sample of every row of the table, in JSON and in XML. */
function samples({ wecom, ...wechat }) {
  const messages = [...Object.entries(wechat), ...Object.entries(wecom)].flatMap(([kind, rows]) =>
    Object.entries(rows).map(([name, row]) => sample(kind, name, row)),
  );
  return messages.flatMap((message) => [JSON.stringify(message), `<xml>${xmlOf(message)}</xml>`]);
}

function sample(kind, name, row) {
  return { ...common, [kind]: name.split('.')[0], ...row.sample };
}

function xmlOf(value) {
  if (typeof value !== 'object') return `<![CDATA[${value}]]>`;
  const elements = Object.entries(value).flatMap(([name, inner]) => [inner].flat().map((one) => [name, one]));
  return elements.map(([name, inner]) => `<${name}>${xmlOf(inner)}</${name}>`).join('');
}

module.exports = { writeSeeds };
