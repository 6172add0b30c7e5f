'use strict';

const LIMITS = [/^[\s\S]*[。！？!?\n](?=[\s\S]|$)/, /^[\s\S]*[\s，、；,;]/];

/**
 * The beginning of a text that fits, and what is left. For now: after a sentence, a line or a word in the second half,
 * else between characters.
 * @param {string} text
 * @param {number} bytes of UTF-8
 * @returns {[part: string, rest: string]}
 */
function takePart(text, bytes) {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  if (read === text.length) return [text, ''];
  const fits = text.slice(0, read);
  const whole = LIMITS.map((limit) => limit.exec(fits)?.[0] ?? '').find(
    (one) => one.length * 2 > fits.length,
  );
  const part = whole ?? fits;
  return [part.trimEnd(), text.slice(part.length).trimStart()];
}

module.exports = { takePart };
