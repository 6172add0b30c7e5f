#!/usr/bin/env node
'use strict';

const { run } = require('./main.js');

// A reader such as `head` may close the pipe early; the exit status stays the same.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
const interrupt = () => process.exit(130);
process.once('SIGINT', interrupt);
// The library's warnings about options are said here in the user's language, see account.js.
process.removeAllListeners('warning').on('warning', (/** @type {any} */ { code, message }) => {
  if (code !== 'WECHAT_PUSH_OPTIONS') process.stderr.write(`${message}\n`);
});

run(process.argv.slice(2), { ...io(), ended }).then(leave, (error) => {
  process.stderr.write(`wechat-push: ${error?.message ?? error}\n`);
  leave(1);
});

function io() {
  const { stdout, stderr, stdin, env } = process;
  return { stdout, stderr, stdin, env };
}

/** By Ctrl-C, or as a service is stopped; a second one does not wait. @returns {Promise<void>} */
function ended() {
  process.off('SIGINT', interrupt);
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
}

/**
 * Exits once all output is written, without waiting for open connections.
 * @param {number} status
 */
function leave(status) {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(status)));
}
