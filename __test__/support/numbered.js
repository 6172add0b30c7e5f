'use strict';

/** A text of about so many bytes, in numbered sentences, so that it is seen what of it is missing, doubled or astray. */
function numberedText(name, bytes) {
  return numberedSentences(name, bytes).join('');
}

function numberedSentences(name, bytes) {
  const sentences = [];
  for (let length = 0; length < bytes; length += Buffer.byteLength(sentences.at(-1)))
    sentences.push(`【${name}:${sentences.length + 1}】这句话里有二十多个字，好让它不太短。`);
  return sentences;
}

/** The numbers of the sentences in a text, by the names of their texts. @returns {Map<string, number[]>} */
function numbersIn(text) {
  const found = new Map();
  for (const [, name, number] of text.matchAll(/【(.+?):(\d+)】/g))
    found.set(name, [...(found.get(name) ?? []), Number(number)]);
  return found;
}

module.exports = { numberedSentences, numberedText, numbersIn };
