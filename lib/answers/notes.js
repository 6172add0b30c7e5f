'use strict';

/** What a user reads where an answer ends before it is whole, in the language of the option `lang`. */
const NOTES = {
  failed: {
    en: '(The answer ends here: something went wrong.)',
    zh: '（出了点问题，回答到此中断）',
  },
  /** It is made once more, by another process. */
  again: {
    en: '(The answer was interrupted here. It comes once more, in a message of its own.)',
    zh: '（回答到此中断，稍后将另行重新发送）',
  },
  late: {
    en: '(The answer ends here: it takes too long.)',
    zh: '（回答用时过长，到此为止）',
  },
  too_long: {
    en: '(The answer ends here: it is too long.)',
    zh: '（回答过长，到此为止）',
  },
  /** Somebody carries what is left. */
  more: {
    en: '(The rest comes in a message of its own.)',
    zh: '（未完，后面的内容将另行发送）',
  },
  /** It is asked for, and nothing is known of it. */
  gone: {
    en: '(This answer is no longer there. Please ask again.)',
    zh: '（这条回答已不再保留，请重新提问）',
  },
};

/**
 * A text with a note below it. What a model was reasoning is ended first: there the note would not be seen.
 * @param {string} text
 * @param {string} note
 */
function withNote(text, note) {
  const isReasoning = text.lastIndexOf('<think>') > text.lastIndexOf('</think>');
  const ended = isReasoning ? `${text}</think>` : text;
  return ended.trim() === '' ? note : `${ended}\n${note}`;
}

module.exports = { NOTES, withNote };
