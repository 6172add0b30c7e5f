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
  const where = isFrozen ? IN_CLOUD : placeAmongOthers();
  if (where) once('store', () => warnings.storeIsOwn(...where));
}

/** In English and in Chinese. @type {[string, string]} */
const IN_CLOUD = ['cloud functions run in processes that come and go', '云函数的进程随时会启停'];

/** How it is known that there are more of this process. @returns {[string, string] | undefined} */
function placeAmongOthers() {
  if (isClusterWorker())
    return ['this process is a worker of node:cluster', '本进程是 node:cluster 的工作进程'];
  // pm2 numbers what it starts of an app.
  const instance = Number(process.env.NODE_APP_INSTANCE);
  if (!(instance > 0)) return undefined;
  return [
    `this process is instance ${instance} of several (NODE_APP_INSTANCE)`,
    `本进程是多个实例之一（NODE_APP_INSTANCE 为 ${instance}）`,
  ];
}

function isClusterWorker() {
  // To load the module takes milliseconds, and only a process that can talk to its parent may be one.
  if (!process.send) return false;
  // Not required: some bundlers' targets have no such module.
  const cluster = /** @type {any} */ (process.getBuiltinModule?.('node:cluster'));
  return Boolean(cluster?.isWorker);
}

module.exports = { adviseOn };
