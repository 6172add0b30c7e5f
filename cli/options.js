'use strict';

const { parseArgs } = require('node:util');
const { commands } = require('./commands.js');
const { UsageError } = require('./usage-error.js');
const { nearest } = require('../lib/nearest.js');
const { platformOf, platforms } = require('../lib/platforms.js');
const { trusts } = require('../lib/trusts.js');

/**
 * Every option. `value` is what help calls it; several of `choices` may be given to the commands in
 * `listed`, joined by commas. `env` may hold several of a `multiple` one, joined so, too.
 * @typedef {object} Option
 * @property {'string' | 'boolean'} type
 * @property {string} [short]
 * @property {boolean} [multiple]
 * @property {boolean} [empty] whether the value may be
 * @property {string} [value]
 * @property {string} [env]
 * @property {string[]} [choices]
 * @property {string[]} [listed]
 */

/** @type {Record<string, Option>} */
const OPTIONS = {
  token: { type: 'string', value: 'TOKEN', env: 'WECHAT_PUSH_TOKEN' },
  'app-id': { type: 'string', value: 'APPID', env: 'WECHAT_PUSH_APP_ID' },
  'encoding-aes-key': { type: 'string', value: 'KEY', env: 'WECHAT_PUSH_ENCODING_AES_KEY' },
  'receive-id': { type: 'string', value: 'ID', multiple: true, empty: true, env: 'WECHAT_PUSH_RECEIVE_ID' },
  platform: { type: 'string', value: 'PLATFORM', choices: [...platforms.keys()] },
  trust: { type: 'string', value: 'CLOUD', choices: [...trusts.keys()] },
  mode: { type: 'string', value: 'MODE', choices: ['plain', 'compat', 'secure'], listed: ['doctor'] },
  format: { type: 'string', value: 'FORMAT', choices: ['xml', 'json'], listed: ['doctor'] },
  body: { type: 'string', value: 'FILE' },
  type: { type: 'string', value: 'TYPE' },
  content: { type: 'string', value: 'TEXT' },
  event: { type: 'string', value: 'EVENT' },
  info: { type: 'string', value: 'INFOTYPE' },
  set: { type: 'string', value: 'NAME=VALUE', multiple: true },
  file: { type: 'string', value: 'FILE' },
  to: { type: 'string', value: 'URL' },
  port: { type: 'string', value: 'PORT' },
  timeout: { type: 'string', value: 'SECONDS' },
  write: { type: 'boolean' },
  json: { type: 'boolean' },
  lang: { type: 'string', value: 'zh|en', choices: ['zh', 'en'] },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
};

const names = commands.map((command) => command.name);

/** WeChat's own, in seconds, and the longest that anybody may wait. */
const TIMEOUT = 5;
const LONGEST = 600;

const LAST_PORT = 65_535;

/**
 * The options of a call, by their names; `timeout` is in milliseconds.
 * @typedef {object} Values
 * @property {string} [token]
 * @property {string} [app-id]
 * @property {string} [encoding-aes-key]
 * @property {string[]} [receive-id]
 * @property {string[]} [otherIds] those of WeCom in the environment, where the account is one of WeChat
 * @property {string} [platform]
 * @property {string} [trust]
 * @property {('plain' | 'compat' | 'secure')[]} [mode]
 * @property {('xml' | 'json')[]} [format]
 * @property {string} [body]
 * @property {string} [type]
 * @property {string} [content]
 * @property {string} [event]
 * @property {string} [info]
 * @property {string[]} [set]
 * @property {string} [file]
 * @property {string} [to]
 * @property {number} [port]
 * @property {number} timeout
 * @property {boolean} [write]
 * @property {boolean} [json]
 * @property {boolean} [help]
 * @property {boolean} [version]
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: import('./commands.js').CommandEntry | undefined, given: string, values: Values }}
 * @throws {UsageError}
 */
function parse(args, env) {
  const { tokens } = parseArgs({
    args,
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const typed = tokens.filter((token) => token.kind === 'option');
  typed.forEach(refuseUnknown);
  const asksHelp = words[0] === 'help';
  const [name, ...rest] = asksHelp ? words.slice(1) : words;
  const command = name === undefined ? undefined : commandOf(name);
  const values = valuesOf(typed, command);
  if (asksHelp || values.help || values.version) {
    return { command, given: '', values: { ...values, help: !values.version } };
  }
  return { command, given: command ? argumentOf(command, rest) : '', values: withDefaults(values, env) };
}

/** @param {string} name */
function commandOf(name) {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  throw unknown('command', name, nearest(name, names));
}

/** @param {any} token of parseArgs */
function refuseUnknown({ name, rawName }) {
  if (Object.hasOwn(OPTIONS, name)) return;
  const near = nearest(name, Object.keys(OPTIONS));
  throw unknown('option', rawName, near && `--${near}`);
}

/**
 * @param {'command' | 'option'} kind
 * @param {string} name
 * @param {string | undefined} near
 */
function unknown(kind, name, near) {
  const facts = { name, near, known: names };
  return new UsageError(near ? `unknown_${kind}_near` : `unknown_${kind}`, facts);
}

/**
 * @param {any[]} typed tokens of parseArgs
 * @param {import('./commands.js').CommandEntry | undefined} command
 */
function valuesOf(typed, command) {
  const values = /** @type {any} */ ({});
  for (const { name, rawName, value, inlineValue } of typed) {
    const option = OPTIONS[name];
    if (command && name !== 'version' && !command.options.includes(name)) {
      throw new UsageError('foreign_option', { name: rawName, command: command.name });
    }
    if (option.type === 'boolean') {
      if (value !== undefined) throw new UsageError('no_value_wanted', { name: rawName });
      values[name] = true;
      continue;
    }
    const isMissing = !value && !(option.empty && value === '');
    if (isMissing || (!inlineValue && value.startsWith('-') && value !== '-')) {
      throw new UsageError('no_value', { name: rawName, value: option.value });
    }
    const checked = checkedValue(name, value, command);
    values[name] = option.multiple ? [...(values[name] ?? []), checked] : checked;
  }
  return values;
}

/**
 * @param {string} name
 * @param {string} value
 * @param {import('./commands.js').CommandEntry | undefined} command
 */
function checkedValue(name, value, command) {
  const { choices, listed } = OPTIONS[name];
  if (name === 'timeout') return milliseconds(value);
  if (name === 'port') return portIn(value);
  if (!choices) return value;
  const many = command !== undefined && Boolean(listed?.includes(command.name));
  const all = many ? [...new Set(value.split(','))] : [value];
  if (!all.every((one) => choices.includes(one))) {
    const reason = many ? 'wrong_choices' : 'wrong_choice';
    throw new UsageError(reason, { name: `--${name}`, choices });
  }
  return listed ? all : value;
}

/** @param {string} value in seconds */
function milliseconds(value) {
  const seconds = Number(value);
  if (/^[\d.]+$/.test(value) && seconds >= 0.001 && seconds <= LONGEST) return Math.ceil(seconds * 1000);
  throw new UsageError('wrong_timeout', { longest: LONGEST });
}

/** @param {string} value */
function portIn(value) {
  if (/^\d{1,5}$/.test(value) && Number(value) <= LAST_PORT) return Number(value);
  throw new UsageError('wrong_port');
}

/**
 * The argument; a log line may come in pieces. What is wrong is said without repeating any of it: it may
 * be a secret.
 * @param {import('./commands.js').CommandEntry} command
 * @param {string[]} rest
 */
function argumentOf({ name, argument }, rest) {
  if (argument === 'request' && rest.length > 0) return rest.join(' ');
  if (argument === 'folder' && rest.length === 0) return '';
  if (rest.length === (argument ? 1 : 0)) return rest[0] ?? '';
  throw new UsageError(argument ? `needs_${argument}` : 'needs_nothing', { name, count: rest.length });
}

/**
 * @param {any} values
 * @param {NodeJS.ProcessEnv} env
 * @returns {Values}
 */
function withDefaults(values, env) {
  // The environment may hold the ids of accounts of both kinds.
  const { hasReceiveId, isForNobody } = platformOf(values.platform);
  const isForeign = { 'app-id': hasReceiveId, 'receive-id': !hasReceiveId || isForNobody };
  const fromEnv = Object.entries(OPTIONS).flatMap(([name, option]) => {
    const value = env[option.env ?? ''];
    if (!value || isForeign[name]) return [];
    return [[name, option.multiple ? idsIn(value) : value]];
  });
  const otherIds = isForeign['receive-id'] ? idsIn(env[OPTIONS['receive-id'].env ?? '']) : undefined;
  return { timeout: TIMEOUT * 1000, ...Object.fromEntries(fromEnv), ...values, otherIds };
}

/** Several are joined by commas. @param {string | undefined} text */
function idsIn(text) {
  return text ? text.split(',').map((one) => one.trim()) : undefined;
}

module.exports = { OPTIONS, names, parse };
