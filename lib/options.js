'use strict';

const {
  CLOCKS_DIFFER,
  DELIVERIES,
  LEAST_REMEMBER,
  LONGEST_LEASE,
  LEASE,
  REMEMBER,
  REPLY_WINDOWS,
  TOLERANCE,
  WECHAT_HANGS_UP,
} = require('./deadlines.js');
const engine = require('./engine/index.js');
const { localeLanguage } = require('./language.js');
const { once, reading, unknownOption, warnings, wrongOption } = require('./errors.js');
const { nearest } = require('./nearest.js');
const { trusts } = require('./trusts.js');

const MEBIBYTE = 1024 * 1024;

/** What a store must have. */
const STORE_METHODS = ['begin', 'peek', 'finish', 'release', 'claimUnsent'];

/**
 * One function for each option: it takes what the user gave, or undefined, and returns what the package works
 * with, or throws. Options without one are unknown.
 * @typedef {Record<string, (given: any) => any>} Readers
 */

/** @type {Readers} */
const ACCOUNT = {
  token: (given) => (given === undefined ? given : tokens(given)),
  encodingAESKey: keys,
  appId: optionalText('appId'),
  receiveId: receiveIds,
  mode: optionalText('mode'),
  platform: named('platform', () => engine.platforms()),
  trust: named('trust', () => [...trusts.keys()]),
  tolerance: optionalWhole('tolerance', 'seconds, 0 for any age'),
  bodyLimit: whole('bodyLimit', 1, 'bytes', MEBIBYTE),
};

/** @type {Readers} */
const DELIVERY = { replyWindow, store };

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
  ttl: whole('ttl', 1, 'milliseconds, at least 1'),
  due: optionalWhole('due', 'milliseconds from now'),
  version: (given) => given,
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
  return Object.freeze({ account: accountOf(parse(given, ACCOUNT)) });
}

/** The options of `messagePush` and `createEndpoint`. @param {unknown} given */
function endpointOptions(given) {
  const parsed = parse(given, { ...ACCOUNT, ...DELIVERY, ...REPORT });
  return Object.freeze({
    account: accountOf({ ...parsed, tolerance: rememberedTolerance(parsed) }),
    delivery: Object.freeze(picked(parsed, DELIVERY)),
    report: Object.freeze(picked(parsed, REPORT)),
  });
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
  const readers = { ...ACCOUNT, ...DELIVERY, ...REPORT, name: (/** @type {unknown} */ name) => name };
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
  const values = valuesOf(given, readers, (error) => {
    throw error;
  });
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
    const known = Object.keys(readers);
    for (const option of Object.keys(options)) {
      if (!known.includes(option)) refuse(unknownOption(option, nearest(option, known), known));
    }
    return Object.fromEntries(known.map((option) => [option, options[option]]));
  });
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
      ),
    );
  }
  if (options.platform === 'wecom' && options.receiveIds === undefined) {
    once('receiveId', () =>
      warnings.doubtfulOption(
        'receiveId is not given, so pushes for any company or suite are taken that the Token and the key fit; ' +
          "give the CorpID, or of a provider's URL [SuiteID, provider's CorpID, …]",
      ),
    );
  }
  const isOpen = options.encodingAesKeys.length === 0 && options.mode === undefined;
  if (options.appId !== undefined && isOpen && options.trust === undefined) {
    once('appId', () =>
      warnings.doubtfulOption(
        "appId is given without encodingAESKey, so pushes are taken in plaintext; say mode: 'plain' if so",
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
 */
function whole(option, least, unit, usual) {
  return (/** @type {unknown} */ given = usual) => {
    if (Number.isInteger(given) && Number(given) >= least && Number(given) < 2 ** 32) return Number(given);
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

module.exports = {
  deliveries,
  endpointOptions,
  explainableAccount,
  explanationOptions,
  gatewayOptions,
  handlerArgument,
  leaseArgument,
  memoryStoreOptions,
  optionalFunction,
  readingOptions,
  recordOptions,
  receiverOptions,
  redisStoreOptions,
  tokenArgument,
};
