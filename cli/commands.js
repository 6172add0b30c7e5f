'use strict';

const KEYS = ['token', 'app-id', 'receive-id', 'encoding-aes-key', 'platform', 'trust'];
const ACCOUNT = [...KEYS, 'mode', 'format'];
const ALWAYS = ['json', 'lang', 'help'];

/**
 * Every command: its argument, its options in the order of its help, and where it is.
 * @typedef {object} CommandEntry
 * @property {string} name
 * @property {'url' | 'request' | 'folder' | null} argument
 * @property {string[]} options
 * @property {() => import('./main.js').Command} load
 */

/** @type {CommandEntry[]} */
const commands = [
  {
    name: 'explain',
    argument: 'request',
    options: ['body', ...KEYS, 'mode', ...ALWAYS],
    load: () => require('./commands/explain.js'),
  },
  {
    name: 'verify',
    argument: 'url',
    options: ['token', 'receive-id', 'encoding-aes-key', 'platform', 'trust', 'timeout', ...ALWAYS],
    load: () => require('./commands/verify.js'),
  },
  {
    name: 'send',
    argument: 'url',
    options: ['type', 'content', 'event', 'info', 'set', 'file', ...ACCOUNT, 'timeout', ...ALWAYS],
    load: () => require('./commands/send.js'),
  },
  {
    name: 'doctor',
    argument: 'url',
    options: [...ACCOUNT, 'timeout', ...ALWAYS],
    load: () => require('./commands/doctor.js'),
  },
  {
    name: 'play',
    argument: 'url',
    options: [...ACCOUNT, 'port', 'timeout', 'lang', 'help'],
    load: () => require('./commands/play.js'),
  },
  {
    name: 'record',
    argument: null,
    options: ['to', 'port', 'file', ...KEYS, 'mode', 'lang', 'help'],
    load: () => require('./commands/record.js'),
  },
  {
    name: 'keygen',
    argument: null,
    options: ['platform', ...ALWAYS],
    load: () => require('./commands/keygen.js'),
  },
  {
    name: 'migrate',
    argument: 'folder',
    options: ['write', ...ALWAYS],
    load: () => require('./commands/migrate.js'),
  },
];

module.exports = { commands };
