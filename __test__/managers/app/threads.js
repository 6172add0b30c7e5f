'use strict';

// Four threads load the package at once, beside the main one, and end.

const { once } = require('node:events');
const { Worker } = require('node:worker_threads');
const path = require('node:path');

async function main() {
  const threads = Array.from({ length: 4 }, () => new Worker(path.join(__dirname, 'common.js')));
  require('./common.js');
  const exits = await Promise.all(threads.map((thread) => once(thread, 'exit')));
  if (exits.some(([code]) => code !== 0)) throw new Error(`threads ended with ${exits}`);
}

main();
