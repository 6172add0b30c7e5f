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

/** What every message from a user carries, and every event. */
export interface SentMessage {
  InfoType?: undefined;
  /** The account's original id (\`gh_…\`). */
  ToUserName: string;
  /** The user's openid, or a system account. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** What every message from a user carries. */
export interface UserMessage extends SentMessage {
  MsgType: string;
  Event?: undefined;
  /** A 64-bit number, as a string. */
  MsgId: string;
  /** There when the message comes from an article, as is \`Idx\`. */
  MsgDataId?: string;
  /** Which of several articles, from 1. */
  Idx?: number;
  BusinessId?: string;
}

/** What every event carries. */
export interface EventMessage extends SentMessage {
  MsgType: 'event';
  Event: string;
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
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}
`;

const openMembers = `/** A message of a type that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherMessage extends UserMessage, Unlisted<UserMessage> {}

/** An event that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherEvent extends EventMessage, Unlisted<EventMessage> {}

/** An \`InfoType\` that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface OtherInfo extends InfoMessage, Unlisted<InfoMessage> {}

/** \`never\` disappears from a union, so after narrowing only the listed member types a listed field. */
type Unlisted<Base> = Record<Exclude<KnownField, Named<Base>>, never>;

/** The fields of a type but for its index signature. */
type Named<Type> = keyof { [Field in keyof Type as string extends Field ? never : Field]: Type[Field] };
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
${ofKind('MsgType').map(routesOf).join('\n')}
event: AnyEvent;
${ofKind('Event').map(routesOf).join('\n')}
info: AnyInfo;
${ofKind('InfoType').map(routesOf).join('\n')}
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

function interfaceOf({ kind, name, formerly, type, fields, when, values = {} }) {
  const names = [name, ...formerly];
  return `/** ${sentence(when.en)} ${names.map((one) => `\`${one}\``).join(' or ')} */
export interface ${type} extends ${baseOf(kind, fields)} {
${kind}: ${literals(names)};
${membersOf(fields, values)}
}`;
}

/** A device event has an \`Event\` of its own, which a message from a user has not. */
function baseOf(kind, fields) {
  const ownEvent = kind === 'MsgType' && fields.some(({ name }) => name === 'Event');
  return ownEvent ? 'SentMessage' : kinds[kind].base;
}

function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

function literals(names) {
  return names.map((name) => `'${name}'`).join(' | ');
}

function membersOf(fields, values = {}) {
  const typed = (field) => (values[field.name] ? literals(values[field.name]) : typeOf(field));
  return fields.map((field) => `${field.name}${field.optional ? '?' : ''}: ${typed(field)};`).join('\n');
}

function typeOf(field) {
  const type = field.fields ? `{\n${membersOf(field.fields)}\n}` : field.type;
  return field.list ? `${type}[]` : type;
}

function routesOf({ kind, name, formerly, type }) {
  return [name, ...formerly].map((one) => `'${kinds[kind].route}${one}': ${type};`).join('\n');
}

function refuseRepeatedTypes(text) {
  const names = [...text.matchAll(/^(?:export )?(?:interface|type) (\w+)/gm)].map((match) => match[1]);
  const repeated = names.filter((name, index) => names.indexOf(name) < index);
  if (repeated.length > 0) throw new Error(`core/messages.json: two types are named ${repeated[0]}`);
}

module.exports = { types };
