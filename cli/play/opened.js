'use strict';

/**
 * The plaintext of a push.
 * @param {import('../..').Receiver<any>} receiver
 * @param {{ method: string, url: string, headers?: any, body: any }} request
 * @returns {string | undefined} nothing where it cannot be opened, or is plain
 */
function openedPush(receiver, { method, url, headers, body }) {
  const outcome = receiver.receive({ method, url, headers, body });
  return outcome.type === 'message' && outcome.encrypted ? outcome.raw : undefined;
}

/**
 * The same of a reply, which is sealed as a push is, with the parameters in the envelope.
 * @param {import('../..').Receiver<any>} receiver
 * @param {string} body
 */
function openedReply(receiver, body) {
  const at = (/** @type {string} */ name) => envelopeField(body, name);
  const [signature, timestamp, nonce] = [at('msgsignature'), at('timestamp'), at('nonce')];
  if (!signature || !timestamp || !nonce) return undefined;
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce, encrypt_type: 'aes' });
  return openedPush(receiver, { method: 'POST', url: `/?${query}`, body });
}

/** @param {string} body @param {string} name in lower case */
function envelopeField(body, name) {
  const xml = new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<>\\]]*)`, 'i').exec(body);
  const json = new RegExp(`"${name}"\\s*:\\s*"?([^",}]*)`, 'i').exec(body);
  return (xml ?? json)?.[1].trim();
}

module.exports = { openedPush, openedReply };
