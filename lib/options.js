'use strict';

const {
  CLOCKS_DIFFER,
  DELIVERIES,
  KEPT_FOR_NEXT,
  LEAST_REMEMBER,
  LONGEST_LEASE,
  LEASE,
  LONGEST_MERGE,
  WECOM_ASKS_EVERY,
  REMEMBER,
  REPLY_WINDOWS,
  SESSION_TTL,
  TOLERANCE,
  WECHAT_HANGS_UP,
} = require('./deadlines.js');
const engine = require('./engine/index.js');
const { localeLanguage } = require('./language.js');
const { speak, once, reading, unknownOption, warnings, wrongOption } = require('./errors.js');
const { nearest } = require('./nearest.js');
const { platformOf, platforms } = require('./platforms.js');
const { trusts } = require('./trusts.js');

const MEBIBYTE = 1024 * 1024;

/** What a store must have. */
const STORE_METHODS = ['begin', 'peek', 'finish', 'release', 'claimUnsent'];

/**
 * One function for each option: it takes what the user gave, or undefined, and returns what the package works
 * with, or throws. Options without one are unknown.
 * @typedef {Record<string, (given: any) => any>} Readers
 */

/** What one account is. @type {Readers} */
const ONE_ACCOUNT = {
  token: (given) => (given === undefined ? given : tokens(given)),
  encodingAESKey: keys,
  appId: optionalText('appId'),
  receiveId: receiveIds,
  mode: optionalText('mode'),
  platform: named('platform', () => [...platforms.keys()]),
  trust: named('trust', () => [...trusts.keys()]),
  name: optionalText('name'),
};

const NAMES_OF_ONE = Object.keys(ONE_ACCOUNT);

/** @type {Readers} */
const RECEIVING = {
  tolerance: optionalWhole('tolerance', 'seconds, 0 for any age'),
  bodyLimit: whole('bodyLimit', 1, 'bytes', MEBIBYTE),
};

/** @type {Readers} */
const ACCOUNT = { ...ONE_ACCOUNT, ...RECEIVING };

/** In place of one account. @type {Readers} */
const MANY_ACCOUNTS = { account: optionalFunction('account'), accounts };

/** How many may be tried for each request. */
const MOST_LISTED = 50;

/** @type {Readers} */
const DELIVERY = { replyWindow, store, carriers, session };

/** @type {Readers} */
const SESSION = { ttl: whole('session.ttl', 1000, 'milliseconds, at least 1000', SESSION_TTL) };

/** What `nextMessage` says to users, who are given the words in the language of most of them. */
const PROMPT = {
  rest: shortText('prompt.rest', '（回复“继续”查看后面的内容）'),
  soon: shortText('prompt.soon', '正在准备回答，请稍后回复“继续”查看。'),
  replaced: shortText('prompt.replaced', '（上一条回答没有看完的部分已不再保留）'),
};

/** @type {Readers} */
const NEXT_MESSAGE = {
  prompt: (given = {}) => parse(typeof given === 'string' ? { rest: given } : given, PROMPT),
  words: (given = ['继续']) => (given === 'any' ? given : wordList(given)),
  keep: whole('keep', 1000, 'milliseconds, at least 1000', KEPT_FOR_NEXT),
};

/** @type {Readers} */
const IN_TURN = { merge: whole('merge', 0, `milliseconds, at most ${LONGEST_MERGE}`, 0, LONGEST_MERGE) };

/** Where secrets are found. */
const SECRETS_STAND =
  "an AppSecret stands in WeChat's console (开发管理 → 开发设置), the Secret of a WeCom application on its page (应用管理)";

/** So long may the words be that stand under a part of an answer, for which there must be room. */
const ANNOUNCEMENT_BYTES = 600;

/** Of what is said to the owner. */
const LANGUAGES = ['en', 'zh'];

/** @type {Readers} */
const REPORT = {
  onReject: optionalFunction('onReject'),
  onUndelivered: optionalFunction('onUndelivered'),
  onTicket: optionalFunction('onTicket'),
  lang: (given = localeLanguage(process.env)) => choice('lang', LANGUAGES, 'en')(given),
};

/** How often the gateway delivers. */
const deliveries = whole('attempts', 1, 'deliveries, at least 1', DELIVERIES);

/** @type {Readers} */
const GATEWAY = {
  format: choice('format', ['xml', 'json'], 'xml'),
  timeout: whole('timeout', 1, 'milliseconds', WECHAT_HANGS_UP),
  attempts: deliveries,
  timeScale: aboveZero('timeScale', 1),
  retry: choice('retry', ['same', 'fresh'], 'same'),
};

/** @type {Readers} */
const CONVERSATION = {
  interval: whole('interval', 1, 'milliseconds, at least 1', WECOM_ASKS_EVERY),
  wait: (given = delay) => {
    if (typeof given === 'function') return given;
    throw wrongOption('wait', 'must be a function that is given milliseconds and returns a promise');
  },
};

/** @type {Readers} */
const MEMORY_STORE = {
  max: whole('max', 1, 'deliveries, at least 1', 200_000),
  remember: whole('remember', 1, 'milliseconds, at least 1', REMEMBER),
};

/** @type {Readers} */
const REDIS_STORE = {
  prefix: text('prefix', 'wechat-push:'),
  remember: atLeast(LEAST_REMEMBER, whole('remember', 1, 'milliseconds', REMEMBER)),
  lease,
};

/** @type {Readers} */
const RECORD = {
  ttl: (given) => (given === 'same' ? given : whole('ttl', 1, "milliseconds, at least 1, or 'same'")(given)),
  due: (given) =>
    given === 'same' ? given : optionalWhole('due', "milliseconds from now, or 'same'")(given),
  version: (given) => given,
};

/** @type {Readers} */
const ACCESS_TOKEN = {
  appId: optionalText('appId'),
  appSecret: optionalText('appSecret'),
  corpId: optionalText('corpId'),
  corpSecret: optionalText('corpSecret'),
  store: storeWithRecords,
  fetch: optionalFunction('fetch'),
};

/** @type {Readers} */
const CUSTOMER_SERVICE = {
  appId: optionalText('appId'),
  appSecret: textOrFunction('appSecret'),
  accessToken: optionalFunction('accessToken'),
  announcement: shortText('announcement'),
  fetch: optionalFunction('fetch'),
};

/** @type {Readers} */
const APP_MESSAGE = {
  corpId: optionalText('corpId'),
  corpSecret: textOrFunction('corpSecret'),
  accessToken: optionalFunction('accessToken'),
  agentId,
  fetch: optionalFunction('fetch'),
};

/** What is said of an answer that comes by `response_url`, in the language of most users. */
const ANNOUNCED = {
  rest: shortText('prompt.rest', '（未完，后面的内容将另行发送）'),
  soon: shortText('prompt.soon', '正在准备回答，稍后将另行发送。'),
};

/** @type {Readers} */
const RESPONSE_URL = {
  prompt: (given = {}) => parse(typeof given === 'string' ? { rest: given } : given, ANNOUNCED),
  fetch: optionalFunction('fetch'),
};

/** @type {Readers} */
const API_SERVER = {
  secrets,
  tokenLifetime: whole('tokenLifetime', 1, 'seconds, at least 1', 7200),
  timeScale: aboveZero('timeScale', 1),
  port: whole('port', 0, '0 to 65535', 0, 65_535),
  onCall: optionalFunction('onCall'),
};

/** The argument of `records.claimDue`. */
const leaseArgument = whole('lease', 1, 'milliseconds, at least 1');

/** @type {Readers} */
const EXPLANATION = { lang: choice('lang', LANGUAGES, 'en') };

/**
 * What the addon is given of an account.
 * @typedef {import('./engine/addon.js').EngineOptions} EngineOptions
 */

/** The options of `createReceiver`. @param {unknown} given */
function receiverOptions(given) {
  return namedAccountOf(parse(given, ACCOUNT));
}

/**
 * The options of `messagePush` and `createEndpoint`.
 * @param {unknown} given
 */
function endpointOptions(given) {
  const values = strictValuesOf(given, { ...ACCOUNT, ...MANY_ACCOUNTS, ...DELIVERY, ...REPORT });
  const many = manyOf(values);
  const readers = {
    ...(many ? { ...RECEIVING, [many]: MANY_ACCOUNTS[many] } : ACCOUNT),
    ...DELIVERY,
    ...REPORT,
  };
  const parsed = readAll(values, readers);
  speak(parsed.lang);
  const receiving = Object.freeze({ tolerance: rememberedTolerance(parsed), bodyLimit: parsed.bodyLimit });
  return Object.freeze({
    receiving,
    one: many ? undefined : namedAccountOf({ ...parsed, ...receiving }),
    find: many === 'account' ? parsed.account : undefined,
    listed: many === 'accounts' ? parsed.accounts : undefined,
    delivery: Object.freeze(picked(parsed, DELIVERY)),
    report: Object.freeze(picked(parsed, REPORT)),
  });
}

/** The options of `nextMessage`. @param {unknown} given */
function nextMessageOptions(given = {}) {
  return parse(given, NEXT_MESSAGE);
}

/** The options of `inTurn`. @param {unknown} given */
function inTurnOptions(given = {}) {
  return parse(given, IN_TURN);
}

/** @typedef {{ tolerance: number, bodyLimit: number }} Receiving what an endpoint decides for all of its accounts */

/**
 * The options of one of many accounts, each read once, and not yet checked.
 * @param {unknown} given
 * @returns {Record<string, unknown>}
 */
function readAccount(given) {
  const isOptions = typeof given === 'object' && given !== null && !Array.isArray(given);
  if (isOptions) return valuesOf(given, ONE_ACCOUNT, refuseInAccount);
  throw wrongOption(
    'account',
    'must give the options of an account, a receiver of createReceiver(), or undefined',
  );
}

/** @param {any} error */
function refuseInAccount(error) {
  const isOfAll = error.option in { ...RECEIVING, ...DELIVERY, ...REPORT };
  throw isOfAll
    ? wrongOption(error.option, 'is no option of one of many accounts; give it beside them, for all')
    : error;
}

/**
 * What tells these options from all others, a text; undefined where they cannot be right.
 * @param {Record<string, unknown>} values
 */
function contentOf(values) {
  const parts = [];
  for (const option of NAMES_OF_ONE) {
    const value = values[option];
    if (typeof value === 'string') parts.push(value.length, value);
    else if (isTexts(value)) parts.push('[', ...value.flatMap((one) => [one.length, one]), ']');
    else if (value === undefined) parts.push('');
    else return undefined;
  }
  // Joined, it is one text already when Rust reads it, which pieces added up would not be.
  return parts.join();
}

/**
 * What {@link readAccount} has read of an object. All of it is spelt out: then it lies in one place of the memory, and of
 * each property V8 knows where it is.
 */
class GivenAccount {
  /** @param {Record<string, unknown>} values */
  constructor(values) {
    this.token = values.token;
    this.encodingAESKey = values.encodingAESKey;
    this.appId = values.appId;
    this.receiveId = values.receiveId;
    this.mode = values.mode;
    this.platform = values.platform;
    this.trust = values.trust;
    this.name = values.name;
  }

  /** Whether the object still has the same. @param {Record<string, unknown>} given */
  isStill(given) {
    return (
      isSame(this.token, given.token) &&
      isSame(this.encodingAESKey, given.encodingAESKey) &&
      isSame(this.appId, given.appId) &&
      isSame(this.receiveId, given.receiveId) &&
      isSame(this.mode, given.mode) &&
      isSame(this.platform, given.platform) &&
      isSame(this.trust, given.trust) &&
      isSame(this.name, given.name)
    );
  }
}

/**
 * @param {any} before
 * @param {any} after
 */
function isSame(before, after) {
  // For `===` V8 looks into the string, which might be a number that is none, and waits for it.
  return Object.is(before, after) || (typeof before === 'object' && isSameList(before, after));
}

/**
 * @param {any} before
 * @param {any} after
 */
function isSameList(before, after) {
  if (!Array.isArray(before) || !Array.isArray(after) || before.length !== after.length) return false;
  return before.every((one, i) => one === after[i]);
}

/** @param {unknown} value @returns {value is string[]} */
function isTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/**
 * Checks what {@link readAccount} has read.
 * @param {Record<string, unknown>} values
 * @param {Receiving} receiving
 */
function oneOfMany(values, receiving) {
  if (values.trust !== undefined) {
    throw wrongOption('trust', 'is for an endpoint of one account: what has no signature names none');
  }
  return namedAccountOf({ ...readAll(values, ONE_ACCOUNT), ...receiving });
}

/** The options of `createGateway`. @param {unknown} given */
function gatewayOptions(given) {
  const parsed = parse(given, { ...ACCOUNT, ...GATEWAY });
  return Object.freeze({ account: accountOf(parsed), gateway: Object.freeze(picked(parsed, GATEWAY)) });
}

/** The options of `memoryStore`. @param {unknown} given */
function memoryStoreOptions(given = {}) {
  return parse(given, MEMORY_STORE);
}

/** The options of `redisStore`. @param {unknown} given */
function redisStoreOptions(given = {}) {
  return parse(given, REDIS_STORE);
}

/** The options of `records.set`. @param {unknown} given */
function recordOptions(given) {
  return parse(given ?? {}, RECORD);
}

/** The options of `accessToken`. @param {unknown} given */
function accessTokenOptions(given) {
  const parsed = parse(given, ACCESS_TOKEN);
  const wanted = parsed.corpId === undefined ? ['appId', 'appSecret'] : ['corpId', 'corpSecret'];
  for (const option of wanted) {
    if (parsed[option] === undefined)
      throw wrongOption(option, `must be a non-empty string; ${SECRETS_STAND}`);
  }
  return parsed;
}

/** The options of `customerService`. @param {unknown} given */
function customerServiceOptions(given) {
  return withSecret('appSecret', parse(given, CUSTOMER_SERVICE));
}

/** The options of `appMessage`. @param {unknown} given */
function appMessageOptions(given) {
  return withSecret('corpSecret', parse(given, APP_MESSAGE));
}

/** The options of `responseUrl`. @param {unknown} given */
function responseUrlOptions(given = {}) {
  return parse(given, RESPONSE_URL);
}

/** The options of `createApiServer`. @param {unknown} given */
function apiServerOptions(given = {}) {
  return parse(given, API_SERVER);
}

/**
 * @param {string} option that holds the secret
 * @param {any} parsed
 */
function withSecret(option, parsed) {
  const given = [parsed[option], parsed.accessToken].filter((one) => one !== undefined);
  if (given.length === 1) return parsed;
  const must =
    given.length === 0
      ? `or accessToken must be given; ${SECRETS_STAND}`
      : 'and accessToken exclude each other';
  throw wrongOption(option, must);
}

/** The options of `explainPush`. @param {unknown} given */
function explanationOptions(given = {}) {
  return parse(given, EXPLANATION);
}

/**
 * An account for an explanation: what is wrong with it is told, not thrown, and what is right is used.
 * @param {unknown} given
 * @returns {{ name: string | undefined, options: EngineOptions, wrong: import('./engine/addon.js').WrongOption | undefined }}
 */
function explainableAccount(given) {
  /** @type {import('./engine/addon.js').WrongOption | undefined} */
  let wrong;
  const note = (/** @type {any} */ error) => (wrong ??= { option: error.option, message: error.detail });
  const readers = { ...ACCOUNT, ...DELIVERY, ...REPORT };
  const values = tried(() => valuesOf(given, readers, note), note) ?? {};
  const parsed = {};
  for (const [option, read] of Object.entries(readers))
    parsed[option] = tried(() => read(values[option]), note);
  const name = [parsed.name, parsed.appId, parsed.receiveId?.[0]].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return { name, options: engineOptionsOf(parsed), wrong };
}

/**
 * @template T
 * @param {() => T} read
 * @param {(error: unknown) => void} note
 */
function tried(read, note) {
  try {
    return read();
  } catch (error) {
    note(error);
  }
}

/**
 * @param {unknown} given the options, or the token alone
 * @param {Readers} readers
 */
function parse(given, readers) {
  return readAll(strictValuesOf(given, readers), readers);
}

/**
 * @param {unknown} given the options, or the token alone
 * @param {Readers} readers
 */
function strictValuesOf(given, readers) {
  return valuesOf(given, readers, (error) => {
    throw error;
  });
}

/**
 * @param {Record<string, unknown>} values
 * @param {Readers} readers
 * @returns {Readonly<Record<string, any>>}
 */
function readAll(values, readers) {
  const parsed = Object.entries(readers).map(([option, read]) => [option, read(values[option])]);
  return Object.freeze(Object.fromEntries(parsed));
}

/**
 * Reads each option once: to read it again might give something else.
 * @param {any} given
 * @param {Readers} readers
 * @param {(error: any) => void} refuse
 * @returns {Record<string, unknown>}
 */
function valuesOf(given, readers, refuse) {
  return readingOptions(() => {
    const options =
      typeof given === 'object' && given !== null && !Array.isArray(given) ? given : { token: given };
    for (const option of Object.keys(options)) {
      if (!Object.hasOwn(readers, option)) refuse(unknown(option, Object.keys(readers)));
    }
    const values = {};
    for (const option in readers) values[option] = copied(options[option]);
    return values;
  });
}

/**
 * @param {string} option
 * @param {string[]} known
 */
function unknown(option, known) {
  return unknownOption(option, nearest(option, known), known);
}

/** A list cannot change after it was read. @param {any} value */
function copied(value) {
  return Array.isArray(value) ? [...value] : value;
}

/**
 * Which of the options there is that stand in place of one account; undefined for none.
 * @param {Record<string, unknown>} values
 */
function manyOf(values) {
  const [many, ...others] = Object.keys(MANY_ACCOUNTS).filter((option) => values[option] !== undefined);
  if (many === undefined) return undefined;
  const own = Object.keys(ONE_ACCOUNT).filter((option) => values[option] !== undefined);
  const [beside] = [...others, ...own];
  if (beside === undefined) return many;
  const each = others.length > 0 ? 'give one of them' : `each account has its own ${beside}`;
  throw wrongOption(beside, `cannot be given beside ${many}: ${each}`);
}

/**
 * @param {any} parsed
 * @returns {Readonly<{ account: Readonly<EngineOptions>, name: string | undefined }>}
 */
function namedAccountOf(parsed) {
  return Object.freeze({ account: accountOf(parsed), name: parsed.name });
}

/**
 * @param {any} parsed
 * @returns {Readonly<EngineOptions>}
 */
function accountOf(parsed) {
  // Says that it is missing.
  if (parsed.token === undefined && parsed.trust === undefined) tokens(undefined);
  const options = engineOptionsOf(parsed);
  warnOfDoubtful(options.tokens);
  if (options.tolerance === 0) {
    once('tolerance', () =>
      warnings.doubtfulOption(
        'tolerance: 0 takes pushes of any age, also those that the store has forgotten, which are handled again',
        'tolerance: 0 会接受任意时间的推送，包括存储已经忘掉的，那些会再处理一遍',
      ),
    );
  }
  const { hasReceiveId, isForNobody } = platformOf(options.platform);
  if (hasReceiveId && !isForNobody && options.receiveIds === undefined) {
    once('receiveId', () =>
      warnings.doubtfulOption(
        'receiveId is not given, so pushes for any company or suite are taken that the Token and the key fit; ' +
          "give the CorpID, or of a provider's URL [SuiteID, provider's CorpID, …]",
        '没有设置 receiveId，只要 Token 和密钥对得上，发给任何企业或套件的推送都会接受；请设置 CorpID，' +
          '服务商的 URL 设置 [SuiteID, 服务商的 CorpID, …]',
      ),
    );
  }
  const isOpen = options.encodingAesKeys.length === 0 && options.mode === undefined;
  if (options.appId !== undefined && isOpen && options.trust === undefined) {
    once('appId', () =>
      warnings.doubtfulOption(
        "appId is given without encodingAESKey, so pushes are taken in plaintext; say mode: 'plain' if so",
        "设置了 appId 却没有 encodingAESKey，因此按明文接收推送；如果本意如此，请写明 mode: 'plain'",
      ),
    );
  }
  return options;
}

/**
 * No push is taken that is older than the store's memory: it could have been handled before.
 * @param {any} parsed
 */
function rememberedTolerance({ tolerance, store: given }) {
  const most = Math.max(1, Math.floor(memoryOf(given) / 1000));
  const usual = Math.ceil(Math.max(most / 2, most - CLOCKS_DIFFER / 1000));
  if (tolerance === undefined) return Math.min(TOLERANCE / 1000, usual);
  if (tolerance <= most) return tolerance;
  const must = `must be at most ${most} seconds, as long as the store remembers (its option remember, in milliseconds)`;
  throw wrongOption('tolerance', must);
}

/** @param {any} parsed */
function engineOptionsOf({
  token = [],
  encodingAESKey = [],
  appId,
  receiveId,
  mode,
  platform: kind,
  trust,
  tolerance = TOLERANCE / 1000,
  bodyLimit = MEBIBYTE,
}) {
  return Object.freeze({
    tokens: token,
    encodingAesKeys: encodingAESKey,
    appId,
    receiveIds: receiveId,
    mode,
    platform: kind,
    trust,
    tolerance,
    bodyLimit,
  });
}

/**
 * @param {any} parsed
 * @param {Readers} readers
 */
function picked(parsed, readers) {
  return Object.fromEntries(Object.keys(readers).map((option) => [option, parsed[option]]));
}

/** @param {string[]} all */
function warnOfDoubtful(all) {
  for (const token of all) {
    const doubt = engine.doubtfulToken(token);
    if (doubt !== null) once(`token: ${doubt}`, () => warnings.doubtfulOption(doubt));
  }
}

/** The Token of `checkPush`, or several. @param {unknown} given */
function tokenArgument(given) {
  const all = tokens(given);
  warnOfDoubtful(all);
  return all;
}

/**
 * @param {unknown} given
 * @returns {string[]}
 */
function tokens(given) {
  const all = strings(given);
  if (all) return all;
  const must = "must be the Token from WeChat's console, a non-empty string (or an array of them)";
  throw wrongOption('token', must);
}

/** @param {unknown} given */
function keys(given) {
  if (given === undefined) return [];
  const all = strings(given);
  if (all) return all;
  const must = "must be the EncodingAESKey from WeChat's console, 43 characters (or [current, previous])";
  throw wrongOption('encodingAESKey', must);
}

/**
 * The keys of an account, with which a bot's files are encrypted.
 * @param {any} given
 * @returns {string[]}
 */
function keysOfMedia(given) {
  const all = keys(readingOptions(() => given?.encodingAESKey));
  if (all.length > 0 && all.every((key) => /^[A-Za-z0-9]{43}$/.test(key))) return all;
  throw wrongOption('encodingAESKey', 'must be the EncodingAESKey of the bot: 43 letters and digits');
}

/**
 * @param {unknown} value a non-empty string or an array of them
 * @returns {string[] | undefined}
 */
function strings(value) {
  const all = readingOptions(() => (Array.isArray(value) ? [...value] : [value]));
  return all.length > 0 && all.every((one) => typeof one === 'string' && one !== '') ? all : undefined;
}

/**
 * An option that can have one of the names that the core knows.
 * @param {string} option
 * @param {() => string[]} names
 */
function named(option, names) {
  return (/** @type {unknown} */ given) => {
    if (given === undefined) return given;
    const known = names();
    if (known.includes(/** @type {string} */ (given))) return given;
    const near = typeof given === 'string' ? nearest(given, known) : undefined;
    const all = known.map((name) => `'${name}'`).join(', ');
    throw wrongOption(option, near ? `is none of ${all}; did you mean '${near}'?` : `must be one of ${all}`);
  };
}

/**
 * What a push of WeCom ends with, which may be nothing.
 * @param {unknown} given
 * @returns {string[] | undefined}
 */
function receiveIds(given) {
  if (given === undefined) return given;
  const all = readingOptions(() => (Array.isArray(given) ? [...given] : [given]));
  if (all.length > 0 && all.every((one) => typeof one === 'string')) return all;
  throw wrongOption(
    'receiveId',
    "must be the CorpID or the SuiteID, a string, '' included, or an array of them",
  );
}

/** @param {unknown} given */
function replyWindow(given = REPLY_WINDOWS[0]) {
  if (REPLY_WINDOWS.includes(/** @type {number} */ (given))) return /** @type {5000 | 15000} */ (given);
  throw wrongOption('replyWindow', `must be ${REPLY_WINDOWS.join(' or ')}, milliseconds`);
}

/** The accounts that are tried in turn, each read once. @param {unknown} given */
function accounts(given) {
  if (given === undefined) return given;
  if (Array.isArray(given) && given.length > 0 && given.length <= MOST_LISTED)
    return Object.freeze([...given]);
  const must = `must be an array of 1 to ${MOST_LISTED} accounts; for more give account, a function that finds the one`;
  throw wrongOption('accounts', must);
}

/** @param {any} given */
function store(given) {
  if (given === undefined) return given;
  const isStore = () => STORE_METHODS.every((name) => typeof given?.[name] === 'function');
  if (!readingOptions(isStore)) {
    throw wrongOption('store', 'must be memoryStore(…), or redisStore(…) from wechat-push/redis');
  }
  memoryOf(given);
  return given;
}

/**
 * The carriers of what no delivery can carry, each with its own `this`.
 * @param {any} given
 * @returns {import('..').Carrier[]}
 */
function carriers(given = []) {
  const isCarrier = (/** @type {any} */ one) =>
    typeof one?.name === 'string' && typeof one.carry === 'function';
  const all = readingOptions(() => Array.isArray(given) && [...given].every(isCarrier) && [...given]);
  if (all) return all;
  const must = 'must be an array of carriers, such as customerService(…) of wechat-push/api';
  throw wrongOption('carriers', must);
}

/** @param {unknown} given */
function session(given) {
  if (given === undefined || given === false) return undefined;
  const isObject = typeof given === 'object' && given !== null && !Array.isArray(given);
  if (given !== true && !isObject)
    throw wrongOption('session', 'must be true, false or { ttl } (milliseconds)');
  return parse(given === true ? {} : given, SESSION);
}

/** The words that ask for what is left. @param {unknown} given */
function wordList(given) {
  const words = strings(given);
  if (!words) throw wrongOption('words', "must be an array of words, or 'any' for whatever the user says");
  return words.map((word) => word.trim().toLowerCase());
}

/** @param {any} given */
function storeWithRecords(given) {
  if (store(given) === undefined) return undefined;
  const has = (/** @type {string} */ name) =>
    readingOptions(() => typeof given.records?.[name] === 'function');
  if (['get', 'set', 'claimDue'].every(has)) return given;
  throw wrongOption('store', 'must have records, in which what all processes share is kept');
}

/** How long a store remembers, in milliseconds; what does not tell is taken to do so as long as ours. */
function memoryOf(/** @type {any} */ given) {
  const remember = readingOptions(() => given?.remember);
  if (remember === undefined) return REMEMBER;
  if (Number.isInteger(remember) && remember > 0 && remember < 2 ** 32) return remember;
  throw wrongOption(
    'store',
    'must tell in remember how many milliseconds it remembers, a whole number, or not have it',
  );
}

/** @param {unknown} given */
function lease(given = LEASE) {
  if (Number.isInteger(given) && Number(given) >= 100 && Number(given) <= LONGEST_LEASE) return Number(given);
  throw wrongOption('lease', `must be a whole number of milliseconds, 100 to ${LONGEST_LEASE}`);
}

/** @param {string} option */
function optionalText(option) {
  return (/** @type {unknown} */ given) => {
    if (given === undefined || (typeof given === 'string' && given !== '')) return given;
    throw wrongOption(option, 'must be a non-empty string');
  };
}

/** @param {string} option */
function textOrFunction(option) {
  const read = optionalText(option);
  return (/** @type {unknown} */ given) => (typeof given === 'function' ? given : read(given));
}

/**
 * Words that stand under a part of an answer.
 * @param {string} option
 * @param {string} [usual]
 */
function shortText(option, usual) {
  return (/** @type {unknown} */ given = usual) => {
    if (given === undefined) return undefined;
    if (typeof given === 'string' && Buffer.byteLength(given) <= ANNOUNCEMENT_BYTES) return given;
    throw wrongOption(option, `must be a string of at most ${ANNOUNCEMENT_BYTES} bytes`);
  };
}

/** @param {unknown} given */
function agentId(given) {
  const id = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : given;
  if (Number.isSafeInteger(id) && Number(id) >= 0) return id;
  throw wrongOption('agentId', 'must be the AgentId of the application, a whole number');
}

/** @param {unknown} given */
function secrets(given) {
  if (given === undefined) return undefined;
  const wrong = () => wrongOption('secrets', 'must be an object of secrets by AppID or CorpID');
  const read = reading(() => Object.entries(Object(given)), wrong);
  if (typeof given !== 'object' || read.some(([, secret]) => typeof secret !== 'string')) throw wrong();
  return Object.freeze(Object.fromEntries(read));
}

/**
 * @param {string} option
 * @param {string} usual
 */
function text(option, usual) {
  return (/** @type {unknown} */ given = usual) => {
    if (typeof given === 'string') return given;
    throw wrongOption(option, 'must be a string');
  };
}

/**
 * @param {string} option
 * @param {number} least
 * @param {string} unit
 * @param {number} [usual]
 * @param {number} [most]
 */
function whole(option, least, unit, usual, most = 2 ** 32 - 1) {
  return (/** @type {unknown} */ given = usual) => {
    if (Number.isInteger(given) && Number(given) >= least && Number(given) <= most) return Number(given);
    throw wrongOption(option, `must be a whole number of ${unit}`);
  };
}

/**
 * @param {string} option
 * @param {string} unit
 */
function optionalWhole(option, unit) {
  const read = whole(option, 0, unit);
  return (/** @type {unknown} */ given) => (given === undefined ? undefined : read(given));
}

/**
 * @param {number} least
 * @param {(given: unknown) => number} read
 */
function atLeast(least, read) {
  return (/** @type {unknown} */ given) => {
    const value = read(given);
    if (value >= least) return value;
    throw wrongOption('remember', `must be at least ${least} milliseconds, as retries may come that late`);
  };
}

/**
 * @param {string} option
 * @param {number} usual
 */
function aboveZero(option, usual) {
  return (/** @type {unknown} */ given = usual) => {
    if (Number.isFinite(given) && Number(given) > 0) return Number(given);
    throw wrongOption(option, 'must be a number above 0');
  };
}

/**
 * @param {string} option
 * @param {string[]} choices
 * @param {string} usual
 */
function choice(option, choices, usual) {
  return (/** @type {any} */ given = usual) => {
    if (choices.includes(given)) return given;
    throw wrongOption(option, `must be ${choices.map((one) => `'${one}'`).join(' or ')}`);
  };
}

/** A function, or undefined. @param {string} option */
function optionalFunction(option) {
  return (/** @type {any} */ given) => {
    if (given === undefined || typeof given === 'function') return given;
    throw wrongOption(option, 'must be a function');
  };
}

/** The handler, of an adapter that has no other way to hand a message over. @param {unknown} given */
function handlerArgument(given) {
  if (typeof given === 'function') return /** @type {import('..').PushHandler<any>} */ (given);
  throw wrongOption('handler', 'must be a function: messagePush(options, handler)');
}

/**
 * What `read` makes of given options.
 * @template T
 * @param {() => T} read
 */
function readingOptions(read) {
  return reading(read, () => wrongOption('options', 'cannot be read: one of their properties throws'));
}

/** @param {unknown} given */
function conversationOptions(given) {
  return parse(given ?? {}, CONVERSATION);
}

/** @param {number} milliseconds */
function delay(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

module.exports = {
  GivenAccount,
  NAMES_OF_ONE,
  accessTokenOptions,
  apiServerOptions,
  appMessageOptions,
  contentOf,
  conversationOptions,
  customerServiceOptions,
  deliveries,
  endpointOptions,
  explainableAccount,
  explanationOptions,
  gatewayOptions,
  handlerArgument,
  keysOfMedia,
  leaseArgument,
  inTurnOptions,
  memoryStoreOptions,
  nextMessageOptions,
  oneOfMany,
  optionalFunction,
  readAccount,
  readingOptions,
  recordOptions,
  receiverOptions,
  redisStoreOptions,
  responseUrlOptions,
  tokenArgument,
};
