import { t, time } from './words.mjs';

/**
 * What came of a push, in a few words.
 * @param {any} push
 * @returns {{ text: string, word: string, number: number, looks: 'waiting' | 'ok' | 'failed' }}
 */
export function resultOf({ isDone, isTaken, attempts }) {
  const deliveries = attempts.filter((/** @type {any} */ { isMore }) => !isMore);
  const last = deliveries.at(-1);
  const number = deliveries.length;
  if (!isDone) {
    const word = t('result.waiting');
    const which = number > 1 ? t('result.delivery', { n: number, all: 3 }) : word;
    return { text: which, word, number, looks: 'waiting' };
  }
  const took = last ? time(last.duration) : '';
  const word = wordOf(isTaken, last);
  const text = [number > 1 ? `${number} × ${word}` : word, took].filter(Boolean).join(' · ');
  return { text, word, number, looks: isTaken ? 'ok' : 'failed' };
}

/** @param {boolean} isTaken @param {any} last */
function wordOf(isTaken, last) {
  if (!isTaken) {
    if (last?.isTimedOut) return t('result.late');
    return last?.isAccepted ? t('result.not_taken') : t('result.failed');
  }
  if (!last?.reply) return t('result.no_reply');
  return last.reply.MsgType === undefined && last.reply.msgtype === undefined
    ? t('result.data')
    : t('result.replied');
}
