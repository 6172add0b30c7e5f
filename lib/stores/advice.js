'use strict';

const { once, warnings } = require('../errors.js');
const { isMemoryStore } = require('./memory.js');

/**
 * Warns, once, of a memory store in a process that is known to be one of several.
 * @param {import('../..').PushStore} store
 * @param {boolean} [isFrozen] whether the host stops and starts processes as it likes
 */
function adviseOn(store, isFrozen) {
  if (!isMemoryStore(store)) return;
  const where = isFrozen ? 'cloud functions run in processes that come and go' : placeAmongOthers();
  if (where) once('store', () => warnings.storeIsOwn(where));
}

/** How it is known that there are more of this process. */
function placeAmongOthers() {
  if (isClusterWorker()) return 'this process is a worker of node:cluster';
  // pm2 numbers what it starts of an app.
  const instance = Number(process.env.NODE_APP_INSTANCE);
  return instance > 0 ? `this process is instance ${instance} of several (NODE_APP_INSTANCE)` : undefined;
}

function isClusterWorker() {
  // To load the module takes milliseconds, and only a process that can talk to its parent may be one.
  if (!process.send) return false;
  // Not required: some bundlers' targets have no such module.
  const cluster = /** @type {any} */ (process.getBuiltinModule?.('node:cluster'));
  return Boolean(cluster?.isWorker);
}

module.exports = { adviseOn };
