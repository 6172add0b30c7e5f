'use strict';

// Which account a request is for.

const { openAccount } = require('../account.js');
const { ANSWER_WITHIN } = require('../deadlines.js');
const engine = require('../engine/index.js');
const { accountLate, wrongOption } = require('../errors.js');
const { oneOfMany, readAccount } = require('../options.js');
const { OpenReceiver, openedOf, rejectionOf } = require('../receiver.js');
const { readRejection } = require('../wire.js');

/** Loaded for endpoints of many accounts, as most have one. */
const loaded = {
  kept: () => require('./kept-receivers.js'),
  listed: () => require('./listed-receivers.js'),
};

/**
 * A function that finds the receiver of a request, or why there is none.
 * @typedef {InstanceType<typeof OpenReceiver> | InstanceType<typeof import('./listed-receivers.js').ListedReceivers>} AnyReceiver
 * @typedef {{ refused: import('../..').Rejected, error?: unknown }} NotFound
 * @typedef {(request: import('../..').EndpointRequest, isKept?: boolean) => AnyReceiver | NotFound | Promise<AnyReceiver | NotFound>} Find
 *
 * `isKept` is of a push that was taken, and kept: its age has been judged. `identities` is what stores know the accounts by; none where only requests tell.
 * @param {ReturnType<typeof import('../options.js').endpointOptions>} options
 * @param {typeof import('../clock.js').systemClock} clock
 * @returns {{ receiverOf: Find, identities: string[] }}
 */
function receiverFinder({ one, listed, find, receiving }, clock) {
  if (find) return { receiverOf: finderBy(find, receiving, clock), identities: [] };
  const receiver = one
    ? new OpenReceiver(openAccount(one.account, one.name))
    : listedReceivers(listed, receiving);
  return {
    receiverOf: () => receiver,
    identities: receiver.accounts.flatMap(({ identities }) => identities),
  };
}

/**
 * @param {unknown[]} listed
 * @param {import('../options.js').Receiving} receiving
 */
function listedReceivers(listed, receiving) {
  const { ListedReceivers } = loaded.listed();
  return new ListedReceivers(listed.map((given, i) => listedReceiver(given, i, receiving)));
}

/**
 * @param {unknown} given
 * @param {number} index
 * @param {import('../options.js').Receiving} receiving
 */
function listedReceiver(given, index, receiving) {
  try {
    return openOne(readAccount(given), receiving);
  } catch (/** @type {any} */ error) {
    throw wrongOption(`accounts[${index}].${error.option}`, error.detail);
  }
}

/**
 * @param {Record<string, unknown>} values
 * @param {import('../options.js').Receiving} receiving
 */
function openOne(values, receiving) {
  const { account, name } = oneOfMany(values, receiving);
  return new OpenReceiver(openAccount(account, name));
}

/**
 * The same for requests that {@link refusedUnseen} has seen. By most accounts nothing more can be said of their URLs, and
 * to ask would be one crossing into the engine more than a push of one account takes.
 * @param {Record<string, unknown>} values
 * @param {import('../options.js').Receiving} receiving
 */
function openFound(values, receiving) {
  const { account, name } = oneOfMany(values, receiving);
  const opened = openAccount(account, name);
  return new OpenReceiver(opened, !engine.judgesUrls(opened.number));
}

/**
 * By the function that the owner gave. It runs only for what may be a request of WeChat's, and whatever it does, the
 * request is answered in time.
 * @param {(request: any) => unknown} find
 * @param {import('../options.js').Receiving} receiving
 * @param {typeof import('../clock.js').systemClock} clock
 * @returns {Find}
 */
function finderBy(find, receiving, clock) {
  const { KeptReceivers } = loaded.kept();
  const kept = new KeptReceivers((values) => openFound(values, receiving));

  return (request, isKept) => {
    const refused = isKept ? undefined : refusedUnseen(request, receiving.tolerance, clock.wall() / 1000);
    if (refused) return { refused };
    try {
      const found = find(request);
      if (!isThenable(found)) return receiverOf(found);
      return within(ANSWER_WITHIN, found, clock).then(receiverOf).catch(failed);
    } catch (error) {
      return failed(error);
    }
  };

  /** @param {any} found @returns {InstanceType<typeof OpenReceiver> | NotFound} */
  function receiverOf(found) {
    if (found === undefined || found === null) return { refused: rejectionOf('unknown_account') };
    return openedOf(found) ?? kept.of(found);
  }
}

/** @param {unknown} error @returns {NotFound} */
function failed(error) {
  return { refused: rejectionOf('account_failed'), error };
}

/**
 * Why every account would refuse it; undefined for what may be a request of WeChat's.
 * @param {import('../..').EndpointRequest} request
 * @param {number} tolerance
 * @param {number} now
 */
function refusedUnseen({ method, url }, tolerance, now) {
  if (method !== 'GET' && method !== 'POST') return rejectionOf('method_not_allowed');
  const text = engine.checkParameters(typeof url === 'string' ? url : '', method === 'POST', now, tolerance);
  return text === '' ? undefined : readRejection(text);
}

/** @param {any} value @returns {value is PromiseLike<unknown>} */
function isThenable(value) {
  return typeof value === 'object' && value !== null && typeof value.then === 'function';
}

/**
 * @param {number} ms
 * @param {PromiseLike<unknown>} found
 * @param {typeof import('../clock.js').systemClock} clock
 */
function within(ms, found, clock) {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(accountLate(ms)), ms);
    Promise.resolve(found)
      .finally(() => clock.clearTimeout(timer))
      .then(resolve, reject);
  });
}

module.exports = { receiverFinder };
