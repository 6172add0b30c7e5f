'use strict';

// What handlers say, so that whoever reads it knows of which answer it is: sentences of a hundred bytes.

const FILLER = '这一句话有一百个字节左右，说完就是下一句话了';

/** What stands in a text that is no sentence, as `nextMessage` is told to say it. */
const PROMPT = {
  rest: '（回复“继续”看下面的）',
  soon: '（还在想，回复“继续”）',
  replaced: '（前面的没有看完）',
};
const NOTES = [...Object.values(PROMPT), '（出了点问题，回答到此中断）'];

const SENTENCE = new RegExp(`〔(q\\d+)-(\\d+)-(\\d+)-(\\d+)〕${FILLER}。`, 'g');

/** All sentences of one run of a handler. */
function sentencesOf(question, run, count) {
  return Array.from({ length: count }, (_, i) => `〔${question}-${run}-${i + 1}-${count}〕${FILLER}。`);
}

/**
 * The sentences in what a user got, and whether there is anything else in it.
 * @param {string} text
 */
function readSentences(text) {
  const sentences = [...text.matchAll(SENTENCE)].map(([, question, run, number, count]) => ({
    question,
    run: Number(run),
    number: Number(number),
    count: Number(count),
  }));
  let rest = text.replaceAll(SENTENCE, '');
  for (const note of NOTES) rest = rest.replaceAll(note, '');
  return { sentences, isWhole: rest.trim() === '', saysReplaced: text.startsWith(PROMPT.replaced) };
}

module.exports = { PROMPT, readSentences, sentencesOf };
