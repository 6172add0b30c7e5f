'use strict';

// Every error and every warning: its code, its text, and what else it tells.

const { ANSWER_WITHIN, REPLY_WINDOWS } = require('./deadlines.js');
const { localeLanguage } = require('./language.js');

/** Every error made here, to tell them from what a user's getter throws. @type {WeakSet<object>} */
const ours = new WeakSet();

/** An option, or an argument, that cannot be taken. @param {string} option @param {string} must what it has to be */
function wrongOption(option, must) {
  return typeError('ERR_WECHAT_PUSH_OPTIONS', `option ${option} ${must}`, { option, detail: must });
}

/**
 * @param {string} option
 * @param {string | undefined} near what was probably meant
 * @param {string[]} known
 */
function unknownOption(option, near, known) {
  const must = near ? `is unknown; did you mean ${near}?` : `is unknown; there are ${known.join(', ')}`;
  return wrongOption(option, must);
}

/** A value that cannot be sent as a reply. @param {string} detail */
function wrongReply(detail) {
  return typeError('ERR_WECHAT_PUSH_REPLY', detail, { detail });
}

/**
 * A value that is not sent as it is.
 * @param {import('./receiver.js').Judged} judged
 */
function objectionableReply({ objection, response, rest }) {
  const { rule, outcome, en } = /** @type {import('./wire.js').Objection} */ (objection);
  const left = rest === undefined ? {} : { rest };
  return typeError('ERR_WECHAT_PUSH_REPLY', `${rule}: ${en}`, {
    rule,
    outcome,
    detail: en,
    response,
    ...left,
  });
}

/** A message that WeChat could not push. @param {string} detail */
function wrongMessage(detail) {
  return typeError('ERR_WECHAT_PUSH_MESSAGE', detail, { detail });
}

/** An answer that WeChat would not take. @param {import('../testing').GatewayError} flaw */
function wrongAnswer(flaw) {
  return plainError('ERR_WECHAT_PUSH_ANSWER', flaw.detail, flaw);
}

/**
 * What cannot be opened with the key.
 * @param {import('..').Rejected} refused
 */
function envelopeRefused({ reason, detail }) {
  return typeError('ERR_WECHAT_PUSH_ENVELOPE', detail, { reason, detail });
}

/**
 * An engine cannot be loaded.
 * @typedef {Error & { detail: string, isMissing: boolean }} EngineFailure `isMissing` where its file is not there at all
 *
 * @param {string} detail
 * @param {{ isMissing: boolean, cause: unknown }} more
 */
function engineFailed(detail, { isMissing, cause }) {
  return plainError('ERR_WECHAT_PUSH_ENGINE', detail, { detail, isMissing, cause });
}

/** @param {string} machine @param {string | undefined} libc @param {EngineFailure[]} failures */
function noEngine(machine, libc, failures) {
  const tried = failures.map(({ detail }) => detail).join('; ');
  return plainError(
    'ERR_WECHAT_PUSH_ENGINE',
    `nothing here can run its core on ${machine}${libc ? ` with ${libc}` : ''} (Node ${process.version}): ${tried}. ` +
      'To build it here, install Rust (https://rustup.rs) and run "npm explore wechat-push -- npm run build:native" ' +
      `in your app, or "npm run build" in a clone${libc === 'musl' ? `; ${MUSL}` : ''}. ` +
      `If the app is bundled: ${BUNDLED}`,
    { cause: failures[0] },
  );
}

/** The addon was asked for where there can be none. */
function addonInBundle() {
  return plainError(
    'ERR_WECHAT_PUSH_ENGINE',
    `WECHAT_PUSH_ENGINE asks for the addon, which is not in this bundle: ${BUNDLED}`,
  );
}

const MUSL =
  'by hand, cargo needs RUSTFLAGS="-C target-feature=-crt-static"; or take an image with glibc, such as node:24-slim';
const BUNDLED =
  'leave wechat-push out of the bundle (external: [\'wechat-push\']), or have the bundler go by the condition "module"';

/** A fault of ours, as the addon throws it. @param {unknown} cause */
function failedInside(cause) {
  const message = 'wechat-push failed inside; please report how to reach this';
  return marked(new Error(message), 'ERR_WECHAT_PUSH_INTERNAL', { cause });
}

/** What a store was asked for that is away. @param {unknown} [cause] */
function storeAway(cause) {
  return plainError('ERR_WECHAT_PUSH_STORE', 'the store is away', { cause });
}

/** Many write one record at once. */
function storeBusy() {
  return plainError('ERR_WECHAT_PUSH_STORE', 'other processes change a record all the time; try again');
}

/** Somebody else has set the session since it was read. */
function sessionConflict() {
  const text = 'the session has been changed since get(); use update(old => new), which tries again';
  return plainError('ERR_WECHAT_PUSH_SESSION', text);
}

/** @param {number} bytes @param {number} most */
function sessionTooLarge(bytes, most) {
  const text = `a session has ${bytes} bytes as JSON, and may have ${most}; keep a key of your database in it`;
  return plainError('ERR_WECHAT_PUSH_SESSION', text);
}

/** @param {unknown} version */
function sessionUnreadable(version) {
  const text = `a session was written in format ${String(version).slice(0, 20)}, by another version of wechat-push; clear() it`;
  return plainError('ERR_WECHAT_PUSH_SESSION', text);
}

/** The endpoint has no option `session`, or the push is of nobody. @param {string} why */
function noSession(why) {
  return plainError('ERR_WECHAT_PUSH_SESSION', why);
}

/** `res.wait` of a list that nobody has added in this process; by its old name. @param {unknown} name */
function undefinedList(name) {
  const text = `there is no list '${String(name).slice(0, 40)}'; List.add(name, items) has to run at the start of every process`;
  return Object.assign(plainError('ERR_WECHAT_PUSH_HANDLER', text), { name: 'UndefinedListError' });
}

/** Another process has in hand what this one was about to send. */
function takenOver() {
  const text = 'another process has taken over what was still to be sent';
  return plainError('ERR_WECHAT_PUSH_STORE', text, { isTakenOver: true });
}

/** What another version of the package has recorded. */
function otherVersion() {
  return plainError(
    'ERR_WECHAT_PUSH_STORE',
    'a record is of another version of wechat-push, and is left as it is',
  );
}

/** A push whose handler took its process with it, again and again. @param {number} times */
function handlerDied(times) {
  const text = `the process of a handler has died ${times} times while it worked at this push, which is given up`;
  return plainError('ERR_WECHAT_PUSH_HANDLER', text);
}

/** One call had several messages, of which this is one. */
function turnFailed() {
  return plainError(
    'ERR_WECHAT_PUSH_HANDLER',
    'the call that had this message, merged with others, has failed',
  );
}

/** @param {string} name @param {number} minutes */
function carrierNeverReturned(name, minutes) {
  return plainError('ERR_WECHAT_PUSH_CARRIER', `${name} has not returned within ${minutes} minutes`);
}

/** @param {any} error */
function isTakenOver(error) {
  return ours.has(error) && error.isTakenOver === true;
}

/** @param {number} ms */
function storeLate(ms) {
  return plainError('ERR_WECHAT_PUSH_STORE', `the store has not answered within ${ms} ms`);
}

/** @param {string} method of a store */
function storeGaveNoState(method) {
  return plainError('ERR_WECHAT_PUSH_STORE', `${method}() of the store gave no state`);
}

function redisNotConnected() {
  return plainError('ERR_WECHAT_PUSH_STORE', 'the Redis client is not connected');
}

/** What a handler threw, where that cannot be handed on. @param {string} words */
function handlerThrew(words) {
  return plainError('ERR_WECHAT_PUSH_HANDLER', `the handler threw ${words}`);
}

/** @param {number} minutes */
function handlerNeverReturned(minutes) {
  return plainError('ERR_WECHAT_PUSH_HANDLER', `the handler has not returned within ${minutes} minutes`);
}

/** @param {number} status */
function appFailed(status) {
  return plainError('ERR_WECHAT_PUSH_HANDLER', `the app answered a push with status ${status}`);
}

/** A fault of ours. @param {string} reason that the core does not know */
function unknownReason(reason) {
  return plainError('ERR_WECHAT_PUSH_REASON', `there is no reason ${reason}`);
}

function noHandler() {
  return plainError('ERR_WECHAT_PUSH_HANDLER', 'a message came, but there is neither a handler nor a next()');
}

/**
 * An event of a cloud function that is no HTTP request, or of a host that is not known.
 * @param {any} event
 * @param {string[]} known
 */
function unknownEvent(event, known) {
  const fields = typeof event === 'object' && event !== null ? Object.keys(event).slice(0, 20) : [];
  const has = fields.length > 0 ? `an object with ${fields.join(', ')}` : `of type ${typeof event}`;
  const text = `the event is ${has}, which is no HTTP request as one of these hosts gives it: ${known.join('; ')}`;
  return typeError('ERR_WECHAT_PUSH_EVENT', text);
}

/** @param {number} status */
function directEventRefused(status) {
  const text =
    `the event is a push by itself, not an HTTP request, and was answered with status ${status}. Events that WeChat ` +
    "calls a cloud function with have no signature and are taken with trust: 'cloudrun', unless a client made the call; " +
    'see docs/cloudrun.md, and onReject for the reason';
  return typeError('ERR_WECHAT_PUSH_EVENT', text, { status });
}

/** The function of the option `account` has not settled. @param {number} ms */
function accountLate(ms) {
  return plainError('ERR_WECHAT_PUSH_ACCOUNT', `account() has not settled within ${ms} ms`);
}

/** By what is wrong with the bytes of a file. */
const MEDIA = {
  empty: 'the file has no bytes; its URL leads to it for five minutes only',
  cut_off: 'the file is not whole, or is not encrypted: what WeCom encrypts is a multiple of 16 bytes',
  wrong_key:
    'the file does not open under this encodingAESKey: the key is that of another bot, the file is cut off, or what was ' +
    'downloaded is no file but an error; a long connection gives each file a key of its own, its aeskey',
};

/** A file of a bot that does not open. @param {keyof typeof MEDIA} reason */
function unreadableMedia(reason) {
  return plainError('ERR_WECHAT_PUSH_MEDIA', MEDIA[reason], { reason });
}

/** A chunk of a model's stream that is none. @param {string} words what it is */
function unknownChunk(words) {
  return typeError(
    'ERR_WECHAT_PUSH_STREAM',
    `a stream yielded ${words}, and text is wanted: strings, or the chunks of openai, @anthropic-ai/sdk or the AI SDK ` +
      'as they come. Yield the text of each chunk; of a fetch() give response.text(), or its body through TextDecoderStream, ' +
      'with what the server wraps it in taken off',
  );
}

/** @param {string} words what the model said @param {unknown} cause */
function modelFailed(words, cause) {
  return plainError('ERR_WECHAT_PUSH_STREAM', `the model failed: ${words}`, { cause });
}

function streamCut() {
  return plainError('ERR_WECHAT_PUSH_STREAM', 'a stream ended before the model had finished');
}

/** @param {number} characters */
function streamTooLong(characters) {
  return plainError(
    'ERR_WECHAT_PUSH_STREAM',
    `a stream gave more than ${characters} characters and was closed`,
  );
}

/** `next()` of a middleware, as Koa forbids it, too. */
function nextCalledTwice() {
  return plainError('ERR_WECHAT_PUSH_HANDLER', 'a handler called next() more than once');
}

/** The reason of `context.signal`. */
function replyUnwanted() {
  return plainError('ERR_WECHAT_PUSH_ABORTED', 'the reply can no longer be sent');
}

const warnings = {
  doubtfulOption: warning(
    'WECHAT_PUSH_OPTIONS',
    (/** @type {string} */ en, /** @type {string} */ _zh = en) => en,
    (en, zh = en) => zh,
  ),
  doubtfulRoute: warning(
    'WECHAT_PUSH_OPTIONS',
    (/** @type {string} */ key, /** @type {string} */ meant) =>
      `no push that is known goes to route['${key}']; did you mean '${meant}'?`,
    (key, meant) => `没有已知的推送会分发到 route['${key}']；是不是想写 '${meant}'？`,
  ),
  replyLost: warning(
    'WECHAT_PUSH_UNDELIVERED',
    () =>
      `a handler's reply came too late and nobody got it; answer within ${ANSWER_WITHIN / 1000} s, ` +
      `set replyWindow: ${REPLY_WINDOWS[1]}, ` +
      'or send it yourself in onUndelivered(value, message, context, reason)',
    () =>
      `处理函数的回复来得太晚，用户没有收到；请在 ${ANSWER_WITHIN / 1000} 秒内返回，或设置 replyWindow: ${REPLY_WINDOWS[1]}，` +
      '或在 onUndelivered(value, message, context, reason) 里自行发送',
  ),
  replyUncarried: warning(
    'WECHAT_PUSH_UNDELIVERED',
    (/** @type {import('..').UndeliveredReason} */ reason) =>
      `no carrier has sent a handler's reply, or all of it (${reason}), and nobody got it; what went wrong say the ` +
      'warnings WECHAT_PUSH_CARRIER; send it yourself in onUndelivered(value, message, context, reason)',
    (reason) =>
      `没有载体发出处理函数的回复，或没有发完（${reason}），用户没有收到；原因见警告 WECHAT_PUSH_CARRIER；` +
      '可在 onUndelivered(value, message, context, reason) 里自行发送',
  ),
  storeIsOwn: warning(
    'WECHAT_PUSH_STORE',
    (/** @type {string} */ where, /** @type {string} */ _zh = where) =>
      `${where}, so a retry of WeChat's may come to another process, which knows nothing of the first delivery and ` +
      "handles it again; set store: redisStore(client) of 'wechat-push/redis'",
    (where, zh = where) =>
      `${zh}，微信的重试可能到达另一个进程，它不知道前一次推送，会再处理一遍；请设置 store: redisStore(client)（'wechat-push/redis'）`,
  ),
  replyUndeliverable: warning(
    'WECHAT_PUSH_UNDELIVERED',
    (/** @type {import('./wire.js').Objection} */ { rule, en }) =>
      `a handler's reply, or a part of it, was not sent, ${rule}: ${en} ` +
      'What is left of it goes to onUndelivered(value, message, context, reason), if there is one',
    ({ rule, zh }) =>
      `处理函数的回复，或其中一部分，没有发出，${rule}：${zh}剩下的交给 onUndelivered(value, message, context, reason)（如果有）`,
  ),
  replyUnsendable: warning(
    'WECHAT_PUSH_UNSENDABLE',
    (/** @type {import('./wire.js').Objection} */ { rule, en }) =>
      `a handler's reply was not sent, ${rule}: ${en} WeChat was answered success`,
    ({ rule, zh }) => `处理函数的回复没有发出，${rule}：${zh}已向微信返回 success`,
  ),
  replyDoubtful: warning(
    'WECHAT_PUSH_DOUBTFUL',
    (/** @type {import('./wire.js').Objection} */ { rule, en }) => `${rule}: ${en}`,
    ({ rule, zh }) => `${rule}：${zh}`,
  ),
  repliedAgain: warning(
    'WECHAT_PUSH_UNDELIVERED',
    () => 'a handler has called res.reply() again for one message; only the first reply is sent',
    () => '处理函数对同一条消息再次调用了 res.reply()；只发送第一次的回复',
  ),
  appAnswered: warning(
    'WECHAT_PUSH_STATUS',
    (/** @type {number} */ status) =>
      `the app answered a push with status ${status}, and WeChat takes 200 only: it delivers the push again. ` +
      'Answer 200 (@HttpCode(200) in a NestJS controller, whose POST routes have 201), or call req.wechat.reply()',
    (status) =>
      `应用以状态码 ${status} 响应了推送，而微信只认 200，会重新推送。请返回 200（NestJS 控制器的 POST 默认是 201，需加 ` +
      '@HttpCode(200)），或调用 req.wechat.reply()',
  ),
  forgetsEarly: warning(
    'WECHAT_PUSH_STORE',
    (/** @type {number} */ max, /** @type {number} */ remember) =>
      `the memory store has more than ${max} pushes within ${remember / 60_000} minutes and forgets the oldest, so that ` +
      'a late retry is handled again; give it room, memoryStore({ max }), or use redisStore',
    (max, remember) =>
      `内存存储在 ${remember / 60_000} 分钟内收到的推送超过 ${max} 条，最早的已被忘掉，较晚的重试会再处理一遍；` +
      '请用 memoryStore({ max }) 放宽，或使用 redisStore',
  ),
  handlerFailed: warning(
    'WECHAT_PUSH_FAILED',
    (/** @type {string} */ words) => `a handler failed: ${words}`,
    (words) => `处理函数失败：${words}`,
  ),
  otherEngine: warning(
    'WECHAT_PUSH_ENGINE',
    (/** @type {string} */ detail) => `it runs as WebAssembly, which is slower: ${detail}`,
    (detail) => `正以 WebAssembly 运行，速度较慢：${detail}`,
  ),
  keptInPlaintext: warning(
    'WECHAT_PUSH_OPTIONS',
    (/** @type {string} */ name) =>
      `${name} keeps answers for users, and gives them to whoever pushes in a user's name: in plaintext WeChat's ` +
      'signature does not cover the body, so that a valid query is enough to read one; use secure mode (安全模式), ' +
      'with an encodingAESKey',
    (name) =>
      `${name} 为用户保留回答，谁以该用户的名义推送就给谁：明文模式下微信的签名不覆盖请求体，有一个有效的查询串就能读到；` +
      '请使用安全模式，并设置 encodingAESKey',
  ),
  carrierFailed: warning(
    'WECHAT_PUSH_CARRIER',
    (/** @type {string} */ name, /** @type {string} */ words) =>
      `${name} could not carry an answer, which goes to the next carrier or to onUndelivered: ${words}`,
    (name, words) => `${name} 没能发出回答，交给下一个载体或 onUndelivered：${words}`,
  ),
  recordsAway: warning(
    'WECHAT_PUSH_STORE',
    (/** @type {string} */ words) =>
      `what is still to be sent could not be recorded, and is lost should this process end now: ${words}`,
    (words) => `待发送的内容没能记录下来，如果进程此时退出就会丢失：${words}`,
  ),
  callbackThrew: warning(
    'WECHAT_PUSH_CALLBACK',
    (/** @type {string} */ option, /** @type {string} */ words) => `${option} threw: ${words}`,
    (option, words) => `${option} 抛出异常：${words}`,
  ),
};

/** What was warned about, so that each is said once. */
const warned = new Set();

/**
 * @param {string} about
 * @param {() => void} warn
 */
function once(about, warn) {
  if (warned.has(about)) return;
  warned.add(about);
  warn();
}

/**
 * Returns what `read` makes of a given value. An error of the value itself, such as of a getter, is replaced by
 * `wrong()`: it may hold a secret.
 * @template T
 * @param {() => T} read
 * @param {() => Error} wrong
 * @returns {T}
 */
function reading(read, wrong) {
  try {
    return read();
  } catch (/** @type {any} */ error) {
    throw ours.has(error) ? error : wrong();
  }
}

/**
 * @param {string} code
 * @param {string} message
 * @param {object} [more] what else it tells
 */
function typeError(code, message, more) {
  return marked(new TypeError(`wechat-push: ${message}`), code, more);
}

/**
 * @param {string} code
 * @param {string} message
 * @param {object} [more]
 */
function plainError(code, message, more) {
  return marked(new Error(`wechat-push: ${message}`), code, more);
}

/**
 * @param {Error} error
 * @param {string} code
 * @param {object} [more]
 */
function marked(error, code, more) {
  ours.add(error);
  return Object.assign(error, { code, ...more });
}

/** The language of warnings, which are the process's: that of the endpoint that was made last. @type {'zh' | 'en' | undefined} */
let spoken;

/** @param {'zh' | 'en'} lang */
function speak(lang) {
  spoken = lang;
}

/**
 * @template {any[]} Args
 * @param {string} code
 * @param {(...args: Args) => string} en
 * @param {(...args: Args) => string} zh
 */
function warning(code, en, zh) {
  return (/** @type {Args} */ ...args) => {
    const textOf = (spoken ??= localeLanguage(process.env)) === 'zh' ? zh : en;
    process.emitWarning(`wechat-push: ${textOf(...args)}`, { code });
  };
}

module.exports = {
  accountLate,
  addonInBundle,
  appFailed,
  carrierNeverReturned,
  directEventRefused,
  engineFailed,
  envelopeRefused,
  failedInside,
  handlerDied,
  handlerNeverReturned,
  handlerThrew,
  isTakenOver,
  modelFailed,
  nextCalledTwice,
  noEngine,
  noHandler,
  objectionableReply,
  once,
  otherVersion,
  reading,
  redisNotConnected,
  speak,
  sessionConflict,
  sessionTooLarge,
  sessionUnreadable,
  noSession,
  storeBusy,
  replyUnwanted,
  storeAway,
  storeGaveNoState,
  storeLate,
  takenOver,
  turnFailed,
  undefinedList,
  streamCut,
  streamTooLong,
  unknownChunk,
  unknownEvent,
  unknownOption,
  unknownReason,
  unreadableMedia,
  warnings,
  wrongAnswer,
  wrongMessage,
  wrongOption,
  wrongReply,
};
