'use strict';

/** The longest text. */
const TEXT_BYTES = 20_480;

/** How long, and how often, a message of a bot's user can be answered: https://developer.work.weixin.qq.com/document/path/101138 */
const LASTS = 3600;

/**
 * The `response_url` of bots' messages: whose each is, and whether it was used.
 * @param {{ now: () => number }} options in seconds
 */
function createResponses({ now }) {
  /** By the code in the URL. @type {Map<string, { user: string, account: string, isGroup: boolean, until: number }>} */
  const open = new Map();

  return {
    /** @param {any} message */
    pushed({ response_url: url, aibotid: account = '', from, chattype }) {
      if (typeof url !== 'string' || !URL.canParse(url)) return;
      const code = new URL(url).searchParams.get('response_code');
      const user = from?.userid ?? '';
      if (code) open.set(code, { user, account, isGroup: chattype === 'group', until: now() + LASTS });
    },

    /**
     * @param {string | undefined} code
     * @param {any} body
     * @returns {{ flaw: object } | { sent: import('../../testing').SentMessage }}
     */
    answer(code = '', body) {
      const found = open.get(code);
      if (!found || found.until < now())
        return wrong('response code is invalid, or has expired or been used');
      const flaw = flawOf(body, found);
      if (flaw) return wrong(flaw);
      open.delete(code);
      const { msgtype: kind } = body;
      const { user, account } = found;
      const text = kind === 'markdown' ? { text: body.markdown.content } : {};
      return { sent: { account, user, kind, ...text, content: body[kind] } };
    },
  };
}

/** @param {any} body @param {{ isGroup: boolean }} where */
function flawOf({ msgtype, markdown, template_card: card }, { isGroup }) {
  if (msgtype === 'template_card') return isGroup || typeof card !== 'object' ? 'no card here' : undefined;
  if (msgtype !== 'markdown') return 'invalid message type';
  const text = markdown?.content;
  const isTaken = typeof text === 'string' && text !== '' && Buffer.byteLength(text) <= TEXT_BYTES;
  return isTaken ? undefined : 'content is empty or too long';
}

/** @param {string} errmsg */
function wrong(errmsg) {
  return { flaw: { errcode: 40058, errmsg } };
}

module.exports = { createResponses };
