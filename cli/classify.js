'use strict';

const { WECHAT_HANGS_UP, WECOM_CHECK_WITHIN } = require('../lib/deadlines.js');
const { echoFlaw, refusalOf: flawOf } = require('../lib/gateway.js');

/** How far apart two clocks may be, in milliseconds; a push is refused that looks five minutes old. */
const SKEW = 240_000;

/** By the reason of an exchange that brought no answer, where the name is another one. */
const NO_ANSWER = { dns_failed: 'dns' };

/** By what was being waited for. */
const TIMEOUTS = {
  connection: 'connect_timeout',
  'TLS connection': 'tls_failed',
  answer: 'no_answer',
  'complete answer': 'unfinished_answer',
};

/** By the code of a Node error, or what OpenSSL says. */
const TLS = [
  { name: 'tls_expired', said: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/ },
  { name: 'tls_name', said: /ERR_TLS_CERT_ALTNAME_INVALID/ },
  { name: 'tls_untrusted', said: /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT|UNABLE_TO_VERIFY_LEAF/ },
  { name: 'tls_plain', said: /wrong version number|packet length too long|http request/ },
  { name: 'tls_version', said: /alert protocol version|unsupported protocol/ },
];

const STATUSES = {
  401: 'login',
  403: 'login',
  404: 'not_found',
  405: 'method_not_allowed',
  407: 'login',
  415: 'unsupported_type',
  426: 'upgrade_required',
  501: 'method_not_allowed',
  502: 'bad_gateway',
  503: 'bad_gateway',
  504: 'bad_gateway',
};

/** By the reason of a reply that WeChat would not take. */
const REPLIES = {
  malformed_reply: 'malformed_reply',
  invalid_utf8: 'reply_not_utf8',
  plaintext_reply: 'plaintext_reply',
  encrypted_reply: 'encrypted_reply',
  missing_field: 'missing_field',
  invalid_timestamp: 'reply_timestamp',
  msg_signature_mismatch: 'reply_does_not_open',
  invalid_base64: 'reply_does_not_open',
  decryption_failed: 'reply_does_not_open',
  illegal_buffer: 'reply_does_not_open',
  appid_mismatch: 'reply_app_id',
  receiveid_mismatch: 'reply_receive_id',
  json_reply: 'json_reply',
  xml_reply: 'xml_reply',
  other_nonce: 'reply_nonce',
  missing_msgtype: 'missing_msgtype',
  misaddressed_reply: 'misaddressed_reply',
};

/**
 * @typedef {import('../lib/exchange.js').Answer} Answer
 * @typedef {Pick<import('../testing').HandshakeRequest, 'url' | 'echostr' | 'query'>} HandshakeRequest
 */

/**
 * What is wrong with the answer to a handshake: a name in findings.json, or null.
 * @param {Answer} answer
 * @param {HandshakeRequest} request
 * @returns {string | null}
 */
function handshakeMistake(answer, request) {
  const kind = kindOf(request);
  const refusal = answer.status === 400 ? refusalOf(answer, REFUSED[kind]) : null;
  const mistake = refusal ?? exchangeMistake(answer, request.url);
  if (mistake) return mistake;
  const isLate = kind === 'sealed' && answer.duration > WECOM_CHECK_WITHIN;
  return ECHOES[kind](answer, request) ?? (isLate ? 'late_check' : lateness(answer));
}

/** By the kind of a handshake, what a refusal is called. */
const REFUSED = { echo: 'signature_refused', sealed: 'check_refused', path: 'path_refused' };

/**
 * By the kind of a handshake, what is wrong with the body of an answer.
 * @type {Record<string, (answer: Answer, request: HandshakeRequest) => string | null>}
 */
const ECHOES = {
  echo: (answer, { echostr }) => echoMistake(answer, echostr, restMistake),
  sealed: (answer, { echostr, query }) =>
    echoMistake(answer, echostr, (text) => (text === query.echostr ? 'not_decrypted' : 'not_the_plaintext')),
  path: ({ body }, { echostr }) => (echoFlaw(body, echostr) ? 'path_answer' : null),
};

/**
 * What a handshake asks for: its echostr as it is, or decrypted; a cloud, whether the path answers.
 * @param {Pick<HandshakeRequest, 'echostr' | 'query'>} request
 * @returns {'echo' | 'sealed' | 'path'}
 */
function kindOf({ echostr, query }) {
  if (query.echostr === undefined) return 'path';
  return query.echostr === echostr ? 'echo' : 'sealed';
}

/**
 * The same for a message.
 * @param {Answer} answer
 * @param {{ url: string }} request
 * @param {string | null} flaw the reason why WeChat would not take the reply
 * @returns {string | null}
 */
function messageMistake(answer, { url }, flaw) {
  const refusal = answer.status === 400 ? refusalOf(answer, 'message_refused') : null;
  return refusal ?? exchangeMistake(answer, url) ?? replyMistake(answer, flaw) ?? lateness(answer);
}

/**
 * What is wrong with the answer to a message whose body came slowly, where others were answered right.
 * @param {Answer} answer
 * @returns {string | null}
 */
function slowMistake({ status, error }) {
  if (error?.phase === 'answer' && error.reason === 'timeout') return 'slow_no_answer';
  if (error?.reason === 'connection_closed') return 'slow_closed';
  return error || status === 200 ? null : 'slow_refused';
}

/**
 * Whether the server was not reached at all, so that asking again would bring the same.
 * @param {Answer} answer
 */
function isUnreached({ error }) {
  return error !== null && (error.phase === 'connection' || error.phase === 'TLS connection');
}

/**
 * How far the server's clock is from this one, in milliseconds, where that is too far.
 * @param {Answer} answer
 */
function skewOf({ headers }) {
  const skew = Math.abs(Date.parse(headers.date ?? '') - Date.now());
  return skew > SKEW ? skew : null;
}

/** @param {Answer} answer */
function lateness({ duration }) {
  return duration > WECHAT_HANGS_UP ? 'too_late' : null;
}

/**
 * What is wrong before anybody looks into the body.
 * @param {Answer} answer
 * @param {string} url
 */
function exchangeMistake(answer, url) {
  const { status, headers, body, error } = answer;
  if (error) return transportMistake(error);
  const flaw = flawOf(answer)?.reason;
  if (flaw === 'unexpected_status') return statusMistake(Number(status), headers.location, url);
  return flaw === 'encoded_answer' || isGzip(body) ? 'encoded_answer' : null;
}

/** @param {import('../lib/exchange.js').Failure} error */
function transportMistake({ reason, code, phase, detail }) {
  if (reason === 'timeout') return TIMEOUTS[phase];
  if (reason === 'tls_failed') return TLS.find(({ said }) => said.test(code + detail))?.name ?? reason;
  return NO_ANSWER[reason] ?? reason;
}

/**
 * @param {number} status
 * @param {string | undefined} location
 * @param {string} url
 */
function statusMistake(status, location, url) {
  if (status >= 300 && status < 400 && location !== undefined) return redirectMistake(location, url);
  if (status in STATUSES) return STATUSES[status];
  if (status >= 500) return 'server_error';
  return status >= 400 ? 'client_error' : 'unexpected_status';
}

/**
 * @param {string} location
 * @param {string} url
 */
function redirectMistake(location, url) {
  if (!URL.canParse(location, url)) return 'redirect';
  const [from, to] = [new URL(url), new URL(location, url)];
  const bare = (/** @type {URL} */ { pathname }) => pathname.replace(/\/$/, '');
  if (/(log|sign)[-_]?in|passport|\bsso\b|\bcas\b|oauth/i.test(to.hostname + to.pathname))
    return 'redirect_login';
  if (from.hostname !== to.hostname || bare(from) !== bare(to)) return 'redirect';
  if (from.protocol === 'http:' && to.protocol === 'https:') return 'redirect_https';
  return from.pathname === to.pathname ? 'redirect' : 'redirect_slash';
}

/**
 * @param {Answer} answer
 * @param {string} name
 */
function refusalOf(answer, name) {
  // nginx and Go's server say so to plain HTTP on a TLS port.
  if (/HTTP request.*HTTPS (port|server)/i.test(answer.body.toString('utf8', 0, 1024))) return 'tls_wanted';
  return name === 'message_refused' && skewOf(answer) !== null ? 'clock_skew' : name;
}

/**
 * @param {Answer} answer
 * @param {string} echostr
 * @param {(text: string, echostr: string) => string} restOf what it is called that is nothing else
 */
function echoMistake({ body, headers }, echostr, restOf) {
  if (!echoFlaw(body, echostr)) return null;
  const text = body.toString();
  if (text === `\ufeff${echostr}`) return 'bom';
  const bare = text.replace(/^\ufeff/, '').trim();
  if (bare === '') return 'empty';
  if (bare === echostr) return text.startsWith('\ufeff') ? 'bom' : 'newline';
  if (bare === 'success') return 'success_instead';
  if (isRounded(bare, echostr)) return 'number_rounded';
  return jsonMistake(bare, echostr) ?? pageMistake(bare, headers, echostr) ?? restOf(bare, echostr);
}

/**
 * @param {string} text
 * @param {string} echostr
 */
function restMistake(text, echostr) {
  return text.includes(echostr) ? 'surrounded' : 'other_body';
}

/**
 * Whether it is the same number with fewer digits.
 * @param {string} text
 * @param {string} echostr
 */
function isRounded(text, echostr) {
  return /^\d[\d.]*(e\+?\d+)?$/i.test(text) && text !== echostr && Number(text) === Number(echostr);
}

/**
 * @param {string} text
 * @param {string} wanted what is the right answer
 */
function jsonMistake(text, wanted) {
  const value = parsed(text);
  if (typeof value === 'string') return value.trim() === wanted ? 'json_quoted' : null;
  if (typeof value !== 'object') return null;
  // Not from the parsed value: a number in it is rounded already.
  const numbers = text.match(/\d[\d.]+(e\+?\d+)?/gi) ?? [];
  const holds = text.includes(wanted) || numbers.some((number) => isRounded(number, wanted));
  return holds ? 'wrapped' : 'json_body';
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} text
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @param {string} [wanted]
 */
function pageMistake(text, headers, wanted) {
  if (text.startsWith('<xml')) return null;
  const isPage = text.startsWith('<') && /<(!doctype html|html|head|body)\b/i.test(text.slice(0, 1024));
  const isTagged = /^text\/html/i.test(headers['content-type'] ?? '') && /<[a-z!]/i.test(text);
  if (!isPage && !isTagged) return null;
  if (wanted !== undefined && text.includes(wanted)) return 'surrounded';
  if (/<input\b[^<>]{1,200}type=["']?password/i.test(text)) return 'login_page';
  return /<div id=["']?(app|root|__next|__nuxt)\b|<app-root\b/i.test(text) ? 'spa' : 'html';
}

/**
 * @param {Answer} answer
 * @param {string | null} flaw
 */
function replyMistake({ body, headers }, flaw) {
  if (flaw === null) return null;
  const text = body
    .toString()
    .replace(/^\ufeff/, '')
    .trim();
  const page = pageMistake(text, headers);
  if (page) return page;
  if (typeof parsed(text) === 'string') return 'json_quoted';
  if (isWrapper(parsed(text))) return 'wrapped';
  return REPLIES[flaw] ?? 'objectionable_reply';
}

/**
 * What interceptors make of every answer.
 * @param {any} value
 */
function isWrapper(value) {
  const has = (/** @type {string[]} */ ...names) => names.some((name) => Object.hasOwn(value, name));
  return (
    typeof value === 'object' &&
    value !== null &&
    has('code', 'status', 'errcode') &&
    has('data', 'msg', 'message', 'result')
  );
}

/** @param {Buffer} body */
function isGzip(body) {
  return body[0] === 0x1f && body[1] === 0x8b;
}

module.exports = { handshakeMistake, isUnreached, kindOf, messageMistake, skewOf, slowMistake };
