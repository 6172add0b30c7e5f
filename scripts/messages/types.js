'use strict';

// messages.d.ts: the types of the rows of the table.

const kinds = {
  MsgType: { suffix: 'Message', base: 'UserMessage', route: '' },
  Event: { suffix: 'Event', base: 'EventMessage', route: 'event.' },
  InfoType: { suffix: 'Info', base: 'InfoMessage', route: 'info.' },
};

// The absent discriminants (`?: undefined`) let one comparison narrow the whole union. What is not listed has
// a plain `string` there: `string & {}` would survive inside the compared type and stop all narrowing.
const head = `// Generated from core/messages.json by scripts/generate-messages.js.

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
  Idx?: number;
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

/** The text of messages.d.ts, not formatted. */
function types(rows) {
  const entries = rows.map((row) => ({ ...row, type: typeName(row.name, kinds[row.kind].suffix) }));
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
  return text;
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
  const type = field.fields ? `{\n${membersOf(field.fields)}\n}` : field.type;
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

module.exports = { types };
