'use strict';

// Writes messages.d.ts from core/messages.json, and the reasons in index.d.ts from core/src/rejection.rs; with
// --check it only says whether they are up to date.

const fs = require('node:fs');
const path = require('node:path');
const { readReasons } = require('./reasons.js');
const { format, root, writeOrCheck } = require('./write-generated.js');

const table = path.join(root, 'core', 'messages.json');
const target = 'messages.d.ts';

const kinds = {
  MsgType: { suffix: 'Message', base: 'UserMessage', route: '' },
  Event: { suffix: 'Event', base: 'EventMessage', route: 'event.' },
  InfoType: { suffix: 'Info', base: 'InfoMessage', route: 'info.' },
};

// The absent discriminants (`?: undefined`) let one comparison narrow the whole union. What is not listed has
// a plain `string` there: `string & {}` would survive inside the compared type and stop all narrowing.
const head = `// Generated from core/messages.json by scripts/generate-types.js.

/** A value that is always a string in XML pushes; JSON pushes deliver what was sent. */
export type Leaf = string | number | boolean;

/** What every message from a user carries. */
export interface UserMessage {
  MsgType: string;
  Event?: undefined;
  InfoType?: undefined;
  /** The account's original id (\`gh_…\`). */
  ToUserName: string;
  /** The sender's openid. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
  /** A 64-bit number, as a string. */
  MsgId: string;
  /** There when the message comes from an article, as is \`Idx\`. */
  MsgDataId?: string;
  /** Which of several articles, from 1. */
  Idx?: Leaf;
  BusinessId?: string;
}

/** What every event carries. */
export interface EventMessage {
  MsgType: 'event';
  Event: string;
  InfoType?: undefined;
  /** The account's original id (\`gh_…\`). */
  ToUserName: string;
  /** The user's openid, or a system account. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
}

/** What every push to a third-party platform's own URL carries. */
export interface InfoMessage {
  MsgType?: undefined;
  Event?: undefined;
  InfoType: string;
  ToUserName?: undefined;
  FromUserName?: undefined;
  /** The AppID of the third-party platform. */
  AppId: string;
  /** Seconds since 1970. */
  CreateTime: number;
}
`;

const openMembers = `/** A message of a type that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherMessage extends UserMessage, Unlisted<UserMessage> {
  [field: string]: unknown;
}

/** An event that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherEvent extends EventMessage, Unlisted<EventMessage> {
  [field: string]: unknown;
}

/** An \`InfoType\` that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherInfo extends InfoMessage, Unlisted<InfoMessage> {
  [field: string]: unknown;
}

/** \`never\` disappears from a union, so after narrowing only the listed member types a listed field. */
type Unlisted<Base> = Record<Exclude<KnownField, keyof Base>, never>;
`;

module.exports = { generateTypes, parseFields };

if (require.main === module) main();

/** The text of messages.d.ts. */
async function generateTypes() {
  const entries = readEntries();
  const ofKind = (kind) => entries.filter((entry) => entry.kind === kind);
  const unionOf = (kind) =>
    ofKind(kind)
      .map((entry) => entry.type)
      .join(' | ');
  const known = new Set(entries.flatMap((entry) => entry.fields.map((field) => field.name)));

  const text = `${head}
${entries.map(interfaceOf).join('\n\n')}

${openMembers}
type KnownField = ${[...known].map((name) => `'${name}'`).join(' | ')};

/** A message from a user. */
export type AnyUserMessage = ${unionOf('MsgType')} | OtherMessage;

/** An event. */
export type AnyEvent = ${unionOf('Event')} | OtherEvent;

/** A push to a third-party platform's own URL. */
export type AnyInfo = ${unionOf('InfoType')} | OtherInfo;

/** Everything WeChat pushes. Comparing \`MsgType\`, \`Event\` or \`InfoType\` with a name narrows it. */
export type PushMessage = AnyUserMessage | AnyEvent | AnyInfo;

/** The routes of a message, and what a handler gets there. */
export interface RouteMessages {
${ofKind('MsgType').map(routeOf).join('\n')}
event: AnyEvent;
${ofKind('Event').map(routeOf).join('\n')}
info: AnyInfo;
${ofKind('InfoType').map(routeOf).join('\n')}
default: PushMessage;
}
`;
  refuseRepeatedTypes(text);
  return format(text, target);
}

/**
 * Reads the grammar of the table: comma-separated fields, each a name and then, in this order, `#` (JSON
 * may carry a number or boolean), `[]` (a list), `?` (not always there), `{fields}`. A `^` before the name
 * marks the element that wraps the fields in XML and that JSON drops.
 */
function parseFields(text) {
  const token = /(\^?)([A-Za-z]\w*)(#?)((?:\[\])?)(\??)(\{?)/y;
  let at = 0;
  const all = text === '' ? [] : parseLevel(0);
  if (at < text.length) fail();
  return all;

  function parseLevel(depth) {
    const level = [parseField(depth)];
    while (text[at] === ',') {
      at += 1;
      level.push(parseField(depth));
    }
    if (new Set(level.map((field) => field.name)).size < level.length) fail();
    return level;
  }

  function parseField(depth) {
    token.lastIndex = at;
    const match = token.exec(text) ?? fail();
    const [wrapper, loose, list, optional, nested] = [1, 3, 4, 5, 6].map((group) => match[group] !== '');
    if (loose && nested) fail();
    if (wrapper && (depth > 0 || list || optional || !nested)) fail();
    at = token.lastIndex;
    const fields = nested ? parseLevel(depth + 1) : null;
    if (nested && text[at++] !== '}') fail();
    return { name: match[2], wrapper, loose, list, optional, fields };
  }

  function fail() {
    throw new Error(`core/messages.json: cannot read ${JSON.stringify(text)} at character ${at}`);
  }
}

function readEntries() {
  return Object.entries(JSON.parse(fs.readFileSync(table, 'utf8'))).flatMap(([kind, named]) =>
    Object.entries(named).map(([name, text]) => ({
      kind,
      name,
      type: typeName(name, kinds[kind].suffix),
      fields: parseFields(text),
    })),
  );
}

/** `subscribe_msg_popup_event` becomes `SubscribeMsgPopupEvent`, `CLICK` becomes `ClickEvent`. */
function typeName(name, suffix) {
  const words = name.split('_').map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word));
  const pascal = words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
  return pascal.endsWith(suffix) ? pascal : pascal + suffix;
}

function interfaceOf({ kind, name, type, fields }) {
  return `/** \`${kind}\` \`${name}\`. */
export interface ${type} extends ${kinds[kind].base} {
${kind}: '${name}';
${membersOf(fields)}
}`;
}

function membersOf(fields) {
  return fields.map((field) => `${field.name}${field.optional ? '?' : ''}: ${typeOf(field)};`).join('\n');
}

function typeOf(field) {
  const leaf = field.loose ? 'Leaf' : 'string';
  const type = field.fields ? `{\n${membersOf(field.fields)}\n}` : leaf;
  return field.list ? `${type}[]` : type;
}

function routeOf({ kind, name, type }) {
  return `'${kinds[kind].route}${name}': ${type};`;
}

function refuseRepeatedTypes(text) {
  const names = [...text.matchAll(/^(?:export )?(?:interface|type) (\w+)/gm)].map((match) => match[1]);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  if (repeated.length > 0) throw new Error(`core/messages.json: two types are named ${repeated[0]}`);
}

/** The text of a file with the reasons of today in its union. */
async function withReasons(file) {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const union = readReasons().map(({ name }) => `'${name}'`);
  const type = `export type RejectionReason = ${union.join(' | ')};`;
  if (!/export type RejectionReason =/.test(text)) throw new Error(`${file}: there is no RejectionReason`);
  return format(text.replace(/export type RejectionReason =[^;]*;/, type), file);
}

async function main() {
  writeOrCheck(target, await generateTypes(), 'core/messages.json');
  writeOrCheck('index.d.ts', await withReasons('index.d.ts'), 'core/src/rejection.rs');
}
