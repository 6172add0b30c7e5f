'use strict';

const { languageOf } = require('./language.js');
const { names, parse } = require('./options.js');
const { painter } = require('./paint.js');
const { printableJson } = require('./printable.js');
const { createProgress } = require('./progress.js');
const { UsageError } = require('./usage-error.js');
const { usage } = require('./usage.js');
const { createWords } = require('./words.js');

/** Exit statuses. */
const FINE = 0;
const FAILED = 1;
const USAGE = 2;

/** Between the parts of a slow message, in milliseconds. */
const PAUSE = 1000;

/**
 * What a command gets, and its two parts: `check` returns what it found, as `--json` shows it; `print` shows that to
 * people.
 * @typedef {object} Call
 * @property {string} given the argument, or ''
 * @property {import('./options.js').Values} values
 * @property {import('./words.js').Words} words
 * @property {import('./progress.js').Progress} progress
 * @property {(key: string, facts?: object) => void} note says what is no failure, on stderr
 * @property {(text: string) => void} say what a command that goes on for long has to say at once, on stdout
 * @property {() => Promise<void>} ended resolves when its user ends it
 * @property {NodeJS.ReadableStream} stdin
 * @property {number} pause between the parts of a slow message, in milliseconds
 *
 * @typedef {{ words: import('./words.js').Words, paint: import('./paint.js').Paint }} Page
 *
 * @typedef {object} Command
 * @property {(call: Call) => Promise<{ ok: boolean, [name: string]: any }>} check
 * @property {(found: any, page: Page) => string} print
 */

/**
 * One call of the command. What goes to stdout is written at once, at the end, but for commands that go on until they are
 * ended.
 * @param {string[]} args
 * @param {Io} io
 * @returns {Promise<number>} the exit status
 */
async function run(args, { stdout, stderr, stdin, env, pause = PAUSE, ended = never }) {
  const words = createWords(languageOf(args, env));
  const json = args.includes('--json');
  const progress = createProgress(stderr);
  try {
    const { command, given, values } = parse(args, env);
    if (values.version) return say('version', require('../package.json').version);
    if (values.help) return say('usage', usage(command, words));
    if (!command) throw new UsageError('no_command', { known: names });
    const { check, print } = command.load();
    const found = await check({ given, values, words, progress, note, say: tell, ended, stdin, pause });
    progress.end();
    write(stdout, json ? printableJson(found) : print(found, { words, paint: painter(stdout, env) }));
    return found.ok ? FINE : FAILED;
  } catch (error) {
    progress.end();
    if (error instanceof UsageError) return refuse(error);
    throw error;
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  function say(name, text) {
    write(stdout, json ? printableJson({ [name]: text }) : text);
    return FINE;
  }

  /** @param {string} text */
  function tell(text) {
    progress.end();
    write(stdout, text);
  }

  /**
   * @param {string} key
   * @param {object} [facts]
   */
  function note(key, facts) {
    write(stderr, `wechat-push: ${words.text(`note.${key}`, facts)}`);
  }

  /** @param {InstanceType<typeof UsageError>} error */
  function refuse({ reason, facts }) {
    const message = words.text(`error.${reason}`, facts);
    if (json) write(stdout, printableJson({ ok: false, error: { reason, message } }));
    write(stderr, `wechat-push: ${message}\n${words.text('see_help')}`);
    return USAGE;
  }
}

/**
 * Where a call of the command reads and writes.
 * @typedef {object} Io
 * @property {any} stdout
 * @property {any} stderr
 * @property {NodeJS.ReadableStream} stdin
 * @property {NodeJS.ProcessEnv} env
 * @property {number} [pause] in milliseconds
 * @property {() => Promise<void>} [ended] resolves when its user ends what goes on for long
 */

/** @returns {Promise<void>} */
function never() {
  return new Promise(() => {});
}

/**
 * @param {any} stream
 * @param {string} text
 */
function write(stream, text) {
  stream.write(`${text}\n`);
}

module.exports = { run };
