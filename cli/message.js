'use strict';

const { objectIn } = require('./json-object.js');
const { anew, isRecording, pushesIn } = require('./recording.js');
const { readText } = require('./read-text.js');
const { meantOption, sampleOf, textOf } = require('./samples.js');
const { UsageError } = require('./usage-error.js');

/**
 * The messages that the options describe: a file, which may be a recording of several, or a sample of its kind, with the
 * fields of `--set`.
 * @param {import('./options.js').Values} values
 * @param {NodeJS.ReadableStream} stdin
 * @param {(key: string, facts: object) => void} note
 * @throws {UsageError}
 */
async function messagesOf({ type, content, event, info, set = [], file, platform }, stdin, note) {
  const kind = content === undefined ? type : (type ?? 'text');
  if ([kind, event, info, file].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('which_message');
  if (content !== undefined && kind !== 'text') throw new UsageError('content_of_text', { type: kind });
  const text = content === undefined ? {} : textOf(content, platform);
  const bases =
    file === undefined
      ? [{ message: knownSample({ type: kind, event, info, platform }, note) }]
      : messagesIn(objectIn(await readText(file, stdin)));
  const more = { ...text, ...Object.fromEntries(set.map(pairIn)) };
  return bases.map(({ message, mode, format }) => ({ message: Object.assign(message, more), mode, format }));
}

/**
 * @param {import('./samples.js').Kind} kind
 * @param {(key: string, facts: object) => void} note
 */
function knownSample(kind, note) {
  const meant = meantOption(kind);
  if (meant !== undefined) note('unknown_kind', { given: kind.event ?? kind.info ?? kind.type, meant });
  return sampleOf(kind);
}

/**
 * @param {any} object a message, or a recording
 * @returns {{ message: any, mode?: string, format?: string }[]}
 */
function messagesIn(object) {
  if (!isRecording(object)) return [{ message: object }];
  return pushesIn(object).map(({ message, mode, format }) => ({ message: anew(message), mode, format }));
}

/** @param {string} pair */
function pairIn(pair) {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError('wrong_set');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

module.exports = { messagesOf };
