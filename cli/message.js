'use strict';

const { readText } = require('./read-text.js');
const { meantOption, sampleOf } = require('./samples.js');
const { UsageError } = require('./usage-error.js');

/**
 * The message that the options describe: a file, or a sample of its kind, with the fields of `--set`.
 * @param {import('./options.js').Values} values
 * @param {NodeJS.ReadableStream} stdin
 * @param {(key: string, facts: object) => void} note
 * @throws {UsageError}
 */
async function messageOf({ type, content, event, info, set = [], file, platform }, stdin, note) {
  const kind = content === undefined ? type : (type ?? 'text');
  if ([kind, event, info, file].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('which_message');
  if (content !== undefined && kind !== 'text') throw new UsageError('content_of_text', { type: kind });
  const text = content === undefined ? {} : { Content: content };
  const base =
    file === undefined
      ? knownSample({ type: kind, event, info, platform }, note)
      : objectIn(await readText(file, stdin));
  return { ...base, ...text, ...Object.fromEntries(set.map(pairIn)) };
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

/** @param {string} text of a JSON file */
function objectIn(text) {
  let value;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''), refuseRounded);
  } catch (/** @type {any} */ error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError('no_json', { why: error.message });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError('no_object');
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function refuseRounded(name, value) {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return value;
  throw new UsageError('rounded_number', { name });
}

/** @param {string} pair */
function pairIn(pair) {
  const at = pair.indexOf('=');
  if (at < 1) throw new UsageError('wrong_set');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

module.exports = { messageOf };
