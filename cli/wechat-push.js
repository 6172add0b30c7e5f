#!/usr/bin/env node
'use strict';

const { run } = require('./main.js');

// A reader such as `head` may close the pipe early; the exit status stays the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
process.once('SIGINT', () => process.exit(130));
// The library's warnings about options are said here in the user's language, see account.js.
process.removeAllListeners('warning').on('warning', (/** @type {any} */ { code, message }) => {
  if (code !== 'WECHAT_PUSH_OPTIONS') process.stderr.write(`${message}\n`);
});

run(process.argv.slice(2), process).then(leave, (error) => {
  process.stderr.write(`wechat-push: ${error?.message ?? error}\n`);
  leave(1);
});

/**
 * Exits once all output is written, without waiting for open connections.
 * @param {number} status
 */
function leave(status) {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
}
