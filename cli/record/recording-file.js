'use strict';

const fs = require('node:fs');
const { UsageError } = require('../usage-error.js');

/** A file is written no more often than that, in milliseconds. */
const EVERY = 500;

/** For its owner alone: users' messages are in it. */
const MODE = 0o600;

/**
 * A file that is written again and again, whole each time, so that it is never found cut off.
 * @param {string} name of one that must not be there
 * @param {(why: string) => void} failed told when it cannot be written any more
 * @throws {UsageError}
 */
function createFile(name, failed) {
  let text = /** @type {(() => string) | undefined} */ (undefined);
  let timer = /** @type {NodeJS.Timeout | undefined} */ (undefined);
  const part = `${name}.part`;
  if (fs.existsSync(name)) throw new UsageError('file_exists', { file: name });
  tryOut(part);

  function save() {
    clearTimeout(timer);
    timer = undefined;
    if (text === undefined) return;
    try {
      fs.rmSync(part, { force: true });
      fs.writeFileSync(part, text(), { mode: MODE, flag: 'wx' });
      fs.renameSync(part, name);
      text = undefined;
    } catch (/** @type {any} */ error) {
      failed(error.message);
    }
  }

  return {
    name,
    save,
    /** @param {() => string} whole what is to stand in it */
    put(whole) {
      text = whole;
      timer ??= setTimeout(save, EVERY);
    },
  };
}

/** @param {string} file */
function tryOut(file) {
  try {
    fs.rmSync(file, { force: true });
    fs.writeFileSync(file, '', { mode: MODE, flag: 'wx' });
    fs.rmSync(file);
  } catch (/** @type {any} */ error) {
    throw new UsageError('file_unwritable', { file, why: error.message });
  }
}

module.exports = { createFile };
