'use strict';

const engine = require('../engine/index.js');
const { wrongOption } = require('../errors.js');
const { readBodyOf } = require('../receiver.js');

/** How much a refusal says of whether the request was meant for the account; all others, that it was. */
const RANKS = { plaintext_refused: 0, signature_mismatch: 1, msg_signature_mismatch: 1 };
const MEANT = 2;

/**
 * The receivers of a list, as one: a request is for the first that takes it. No other would, since accounts that nothing
 * tells apart are refused.
 */
class ListedReceivers {
  #receivers;
  /** @type {WeakMap<import('../..').Rejected, import('../account.js').Account>} */
  #refusedBy = new WeakMap();

  /** @param {InstanceType<typeof import('../receiver.js').OpenReceiver>[]} receivers */
  constructor(receivers) {
    this.#receivers = receivers;
    receivers.forEach((one, i) => {
      receivers
        .slice(0, i)
        .forEach((before, j) => refuseConfused(before, one, `accounts[${j}] and accounts[${i}]`));
    });
  }

  get accounts() {
    return this.#receivers.map(({ account }) => account);
  }

  get bodyLimit() {
    return this.#receivers[0].bodyLimit;
  }

  /** Whose refusal it is, where that is known. @param {import('../..').Rejected} refused */
  refusedBy(refused) {
    return this.#refusedBy.get(refused);
  }

  /**
   * @param {string | undefined} url
   * @param {number} now
   */
  checkUrl(url, now) {
    return this.#first((receiver) => receiver.checkUrl(url, now));
  }

  /** @param {import('../..').PushRequest} request */
  receive({ method, url, body, now }) {
    const read = readBodyOf(body);
    return this.#first((receiver) => receiver.receiveRead(method, url, read, now));
  }

  /**
   * What the first answers that does not refuse; else the refusal that says most.
   * @template {{ type: string } | undefined} Answer
   * @param {(receiver: InstanceType<typeof import('../receiver.js').OpenReceiver>) => Answer} ask
   * @returns {Answer}
   */
  #first(ask) {
    const refusals = [];
    for (const receiver of this.#receivers) {
      const answer = /** @type {any} */ (ask(receiver));
      if (answer?.type !== 'rejected') return answer;
      refusals.push(answer);
    }
    const ranks = refusals.map(({ reason }) => RANKS[reason] ?? MEANT);
    const most = ranks.indexOf(Math.max(...ranks));
    const refused = refusals[most];
    // What all refuse alike is nobody's.
    const isOfOne = ranks[most] === MEANT && refusals.some(({ reason }) => reason !== refused.reason);
    if (isOfOne) this.#refusedBy.set(refused, this.#receivers[most].account);
    return refused;
  }
}

/**
 * @param {InstanceType<typeof import('../receiver.js').OpenReceiver>} one
 * @param {InstanceType<typeof import('../receiver.js').OpenReceiver>} other
 * @param {string} names
 */
function refuseConfused(one, other, names) {
  const why = engine.confusion(one.account.number, other.account.number);
  if (why !== null) throw wrongOption('accounts', `has two that cannot be told apart: ${names} ${why}`);
  if (isOneInStores(one.account, other.account)) {
    const both = `${names} have the same token, and no appId; give each a name`;
    throw wrongOption('accounts', `has two that a store cannot tell apart: ${both}`);
  }
}

/**
 * Whether only their keys tell them apart, which stores do not know. Of one AppID, or name, the owner says that they are
 * one account.
 * @param {import('../account.js').Account} one
 * @param {import('../account.js').Account} other
 */
function isOneInStores({ identities, shown }, other) {
  if (shown.name !== undefined || shown.appId !== undefined) return false;
  return identities.some((identity) => other.identities.includes(identity));
}

module.exports = { ListedReceivers };
