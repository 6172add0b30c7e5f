'use strict';

// messages.d.ts: the types of the rows of the table.

const kinds = {
  MsgType: { suffix: 'Message', base: 'UserMessage', route: '' },
  Event: { suffix: 'Event', base: 'EventMessage', route: 'event.' },
  InfoType: { suffix: 'Info', base: 'InfoMessage', route: 'info.' },
};

/** What the names of a family's types begin with. */
const prefixes = { wechat: '', wecom: 'WeCom', bot: 'Bot' };

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

/** The same of WeCom. What changed is the second level of a name; where nothing did, its absence narrows. */
const wecomHead = `/** What every message from a member to an application of WeCom carries, and every event. */
export interface WeComSentMessage {
  InfoType?: undefined;
  /** The CorpID. */
  ToUserName: string;
  /** The member's UserID, or \`sys\`; \`kf_msg_or_event\` comes without it. */
  FromUserName: string;
  /** Seconds since 1970. */
  CreateTime: number;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** What every message from a member carries. */
export interface WeComUserMessage extends WeComSentMessage {
  MsgType: string;
  Event?: undefined;
  ChangeType?: undefined;
  /** A 64-bit number, as a string. */
  MsgId: string;
  /** Which application it was sent to. */
  AgentID: number;
}

/** What every event carries. */
export interface WeComEventMessage extends WeComSentMessage {
  MsgType: 'event';
  Event: string;
  /** What changed. */
  ChangeType?: string;
}

/** What every push to the instruction callback (指令回调) of a provider's application carries. */
export interface WeComInfoMessage {
  MsgType?: undefined;
  Event?: undefined;
  InfoType: string;
  /** What changed. */
  ChangeType?: string;
  ToUserName?: undefined;
  FromUserName?: undefined;
  CreateTime?: undefined;
  /** The SuiteID; pushes to the provider itself have \`ServiceCorpId\` in its place. */
  SuiteId?: string;
  /** The company that authorised the suite, where the push is about one. */
  AuthCorpId?: string;
  /** Seconds since 1970. */
  TimeStamp: number;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}
`;

/** The same of bots, whose names are others. */
const botHead = `/** What every push to a bot of WeCom carries. */
export interface BotPush {
  /** A push that comes again has the same. */
  msgid: string;
  /** The bot. */
  aibotid: string;
  /** The chat, of a group. */
  chatid?: string;
  chattype?: 'single' | 'group' | (string & {});
  /** The member; of another company where there is a \`corpid\`. */
  from: { userid: string; corpid?: string };
  /** Where one more answer can be sent within an hour. */
  response_url?: string;
  MsgType?: undefined;
  InfoType?: undefined;
  /** What is not listed comes through as it was sent. */
  [field: string]: unknown;
}

/** What every message from a member carries. */
export interface BotUserMessage extends BotPush {
  msgtype: string;
  event?: undefined;
}

/** What every event carries. */
export interface BotEventMessage extends BotPush {
  msgtype: 'event';
  /** Seconds since 1970. */
  create_time: number;
  event: { eventtype: string };
}
`;

const heads = { wechat: head, wecom: wecomHead, bot: botHead };

/** \`never\` disappears from a union, so after narrowing only the listed member types a listed field. */
const shared = `/** \`never\` disappears from a union, so after narrowing only the listed member types a listed field. */
type Unlisted<Base, Known extends string> = Record<Exclude<Known, Named<Base>>, never>;

/** The fields of a type but for its index signature. */
type Named<Type> = keyof { [Field in keyof Type as string extends Field ? never : Field]: Type[Field] };
`;

const openMember = (
  what,
  type,
  base,
  known,
  own = '',
) => `/** ${what} that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface ${type} extends ${base}, Unlisted<${base}, ${known}> {${own}}
`;

/** An event is told apart within \`event\`, so that there, too, what is listed elsewhere must not be of any type. */
const openBotEvent = (
  known,
) => `/** An event of a bot that is not listed here. Fields that are listed elsewhere are not typed: cast. */
export interface BotOtherEvent extends BotEventMessage {
  event: { eventtype: string; ${known.map((name) => `${name}: never;`).join(' ')} [field: string]: unknown };
}
`;

/** The text of messages.d.ts, not formatted. */
function types(rows) {
  const families = Object.keys(prefixes).map((family) =>
    familyTypes(
      family,
      rows.filter((row) => row.family === family),
    ),
  );
  const text = [...families, shared].join('\n');
  refuseRepeatedTypes(text);
  return text;
}

/** What is said of the types of a family. */
const said = {
  wechat: {
    everything: 'PushMessage',
    whose: '',
    user: 'user',
    infos: "a third-party platform's own URL",
    sender: 'WeChat',
    kindsOf: '`MsgType`, `Event` or `InfoType`',
  },
  wecom: {
    everything: 'WeComMessage',
    whose: ' of WeCom',
    user: 'member of WeCom',
    infos: "the instruction callback of a provider's application of WeCom",
    sender: 'WeCom',
    kindsOf: '`MsgType`, `Event`, `InfoType` or `ChangeType`',
  },
  bot: {
    everything: 'BotMessage',
    whose: ' of a bot',
    user: 'member, to a bot of WeCom',
    sender: 'WeCom to a bot',
    kindsOf: '`msgtype`, or `event.eventtype` where it is an event,',
  },
};

function familyTypes(family, rows) {
  const prefix = prefixes[family];
  const entries = rows.map((row) => ({ ...row, type: prefix + typeName(row.name, kinds[row.kind].suffix) }));
  const ofKind = (kind) => entries.filter((entry) => entry.kind === kind);
  const unionOf = (all, other) => [...all.map((entry) => entry.type), prefix + other].join(' | ');
  const known = new Set(entries.flatMap((entry) => entry.fields.map((field) => field.name)));
  const open = (what, other, base, own) =>
    openMember(what, prefix + other, prefix + base, `${prefix}KnownField`, own);
  const { everything, whose, user, infos, sender, kindsOf } = said[family];
  const unions = ['AnyUserMessage', 'AnyEvent', ...(infos ? ['AnyInfo'] : [])];

  return `${heads[family]}
${entries.map(interfaceOf).join('\n\n')}

${open(`A message${whose} of a type`, 'OtherMessage', 'UserMessage', family === 'bot' ? 'event: never;' : '')}
${family === 'bot' ? openBotEvent(namesInEvents(ofKind('Event'))) : open(`An event${whose}`, 'OtherEvent', 'EventMessage')}
${infos ? open(`An \`InfoType\`${whose}`, 'OtherInfo', 'InfoMessage') : ''}
type ${prefix}KnownField = ${[...known].map((name) => `'${name}'`).join(' | ')};

/** A message from a ${user}. */
export type ${prefix}AnyUserMessage = ${unionOf(ofKind('MsgType'), 'OtherMessage')};

/** An event${whose}. */
export type ${prefix}AnyEvent = ${unionOf(ofKind('Event'), 'OtherEvent')};

${infos ? `/** A push to ${infos}. */\nexport type ${prefix}AnyInfo = ${unionOf(ofKind('InfoType'), 'OtherInfo')};` : ''}

/** Everything ${sender} pushes. Comparing ${kindsOf} with a name narrows it. */
export type ${everything} = ${unions.map((name) => prefix + name).join(' | ')};

/** The routes of a message${whose}, and what a handler gets there. */
export interface ${prefix}RouteMessages {
${ofKind('MsgType').map(routesOf).join('\n')}
event: ${prefix}AnyEvent;
${ofKind('Event').map(routesOf).join('\n')}
${changesOf(ofKind('Event'), (all) => unionOf(all, 'OtherEvent'))}
${infos ? `info: ${prefix}AnyInfo;` : ''}
${ofKind('InfoType').map(routesOf).join('\n')}
${changesOf(ofKind('InfoType'), (all) => unionOf(all, 'OtherInfo'))}
default: ${everything};
}
`;
}

/** What the events have within \`event\`. */
function namesInEvents(entries) {
  const names = entries.flatMap(({ fields }) => fields.find(({ name }) => name === 'event').fields);
  return [...new Set(names.map(({ name }) => name))].filter((name) => name !== 'eventtype');
}

/** The routes of all that can change of one thing. */
function changesOf(entries, unionOf) {
  const named = entries.filter(({ name }) => name.includes('.'));
  return [...grouped(named)]
    .map(([name, all]) => `'${kinds[all[0].kind].route}${name}': ${unionOf(all)};`)
    .join('\n');
}

function grouped(entries) {
  const groups = new Map();
  for (const entry of entries) groups.set(firstOf(entry), [...(groups.get(firstOf(entry)) ?? []), entry]);
  return groups;
}

function firstOf({ name }) {
  return name.split('.')[0];
}

/** `subscribe_msg_popup_event` becomes `SubscribeMsgPopupEvent`, `CLICK` becomes `ClickEvent`. */
function typeName(name, suffix) {
  const words = name.split(/[_.]/).map((word) => (word === word.toUpperCase() ? word.toLowerCase() : word));
  const pascal = words.map((word) => word[0].toUpperCase() + word.slice(1)).join('');
  return pascal.endsWith(suffix) ? pascal : pascal + suffix;
}

function interfaceOf({ family, kind, name, formerly, type, fields, when, values = {} }) {
  const names = [name, ...formerly].map((one) => one.split('.')[0]);
  const [, change] = name.split('.');
  const own = fields.filter((field) => field.name !== 'ChangeType');
  if (family === 'bot') return botInterfaceOf({ kind, name, type, fields, when });
  return `/** ${sentence(when.en)} ${names.map((one) => `\`${one}\``).join(' or ')}${change ? `, \`${change}\`` : ''} */
export interface ${type} extends ${prefixes[family]}${baseOf(kind, fields)} {
${kind}: ${literals(names)};
${changeOf(family, kind, change, fields)}
${membersOf(own, values)}
}`;
}

function botInterfaceOf({ kind, name, type, fields, when }) {
  const isEvent = kind === 'Event';
  const member = (field) =>
    field.name === 'event'
      ? `event: { eventtype: '${name}'; ${membersOf(field.fields.slice(1))} };`
      : membersOf([field]);
  return `/** ${sentence(when.en)} \`${name}\` */
export interface ${type} extends Bot${kinds[kind].base} {
msgtype: '${isEvent ? 'event' : name}';
${fields.map(member).join('\n')}
}`;
}

function changeOf(family, kind, change, fields) {
  if (family !== 'wecom' || kind === 'MsgType') return '';
  if (change) return `ChangeType: '${change}';`;
  return fields.some(({ name }) => name === 'ChangeType') ? '' : 'ChangeType?: undefined;';
}

/** A device event has an `Event` of its own, which a message from a user has not. */
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
