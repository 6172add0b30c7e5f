'use strict';

const { accountOf } = require('../account.js');
const { addressOf } = require('../address.js');
const checks = require('../checks.js');
const { isUnreached } = require('../classify.js');
const { isFine, problemsOf, rowOf, tableOf } = require('../report.js');
const { createServer } = require('../server.js');

/** How often a bot is asked for more of a stream: it may go on for minutes. */
const ASKED_AGAIN = 5;

const SKIPPED = { verdict: /** @type {const} */ ('skip'), said: { key: 'skipped' } };

/** @type {import('../main.js').Command['check']} */
async function check({ given, values, words, progress, note, pause }) {
  const account = accountOf(values, note);
  const ways = waysOf(account);
  /** @type {import('../report.js').Row[]} */
  const rows = [];

  /**
   * Does one check, and keeps what it found.
   * @param {string} name
   * @param {() => import('../checks.js').Checked | Promise<import('../checks.js').Checked>} look
   * @param {{ mode?: string, format?: string, receiver?: string }} [of]
   */
  async function step(name, look, of) {
    progress.show(words.text(`check.${name}`));
    const found = await look();
    rows.push(rowOf(name, found, words, of));
    return found;
  }

  const address = await addressOf(given, values.timeout);
  const server = createServer(address, values.timeout, account.conceal);
  const shaken = await examineHandshake();
  const isOpen = address.known && shaken.answer !== undefined && !isUnreached(shaken.answer);
  const messages = await examineMessages();
  // Where only others answered, nothing is known of the server.
  const isReached = isOpen && [shaken, ...messages].some(({ elsewhere }) => !elsewhere);
  await examineLimits(messages[0]);
  return { ok: isFine(rows), url: account.conceal(server.url), checks: rows };

  async function examineHandshake() {
    await step('address', () => checks.checkAddress(address, account));
    const [checker, others] = [account.checker(), account.otherCheckers()];
    const good = await step(account.isUnsigned ? 'path' : 'handshake', () =>
      address.known ? checks.checkHandshake(server, checker, others) : SKIPPED,
    );
    // A look at the path is answered to anybody.
    if (account.isUnsigned) return good;
    const open = good.answer !== undefined && !isUnreached(good.answer);
    // A refusal by somebody else says nothing about the server.
    await step('forged_handshake', () =>
      open && !good.elsewhere ? checks.checkForgedHandshake(server, ways[0].stranger) : SKIPPED,
    );
    return good;
  }

  async function examineMessages() {
    const found = [];
    for (const way of ways) {
      const message = account.text(words.text('hello'));
      const look = () => (isOpen ? checks.checkMessage(server, way.gateway, message) : SKIPPED);
      const answer = await step('message', look, way);
      found.push(answer);
      const often = { pause: Math.min(pause, values.timeout / 5), most: ASKED_AGAIN };
      if (checks.isGrowing(answer))
        await step('stream', () => checks.checkStream(server, way.gateway, answer, often));
    }
    return found;
  }

  /** @param {import('../checks.js').Checked} good the first message */
  async function examineLimits(good) {
    const [way] = ways;
    const isGood = good.verdict === 'pass';
    // Well within the timeout.
    const between = Math.min(pause, values.timeout / 5);
    const isTaken = good.answer?.status === 200 && !good.elsewhere;
    await step('forged_message', () => (isGood ? checks.checkForgedMessage(server, way, good) : SKIPPED));
    await step('duplicate', () => (isGood ? checks.checkDuplicate(server, way.gateway, good) : SKIPPED));
    await step('slow', () => (isGood ? checks.checkSlow(server, way.gateway, good, between) : SKIPPED));
    await step('oversized', () =>
      isTaken ? checks.checkOversized(server, way.gateway, account.text) : SKIPPED,
    );
    await step('time', () => (isReached ? checks.checkTime(server) : SKIPPED));
  }
}

/**
 * The modes and formats to send in.
 * @param {import('../account.js').Account} account
 */
function waysOf({ modes, formats, receivers, hasModes, gateway, stranger }) {
  return receivers.flatMap((receiver) =>
    modes.flatMap((mode) =>
      formats.map((format) => ({
        mode: hasModes ? mode : undefined,
        format,
        receiver: receivers.length > 1 ? receiver : undefined,
        gateway: gateway(mode, format, receiver),
        stranger: stranger(mode, format),
      })),
    ),
  );
}

/** @type {import('../main.js').Command['print']} */
function print({ ok, url, checks: rows }, page) {
  const { words, paint } = page;
  const count = (/** @type {string} */ verdict) =>
    rows.filter((/** @type {any} */ row) => row.verdict === verdict).length;
  const facts = { all: rows.length, failed: count('fail'), notes: count('note') };
  const sum = ok
    ? paint('green', words.text('doctor.fine', facts))
    : paint('red', words.text('doctor.failed', facts));
  return [paint('bold', url), '', ...tableOf(rows, page), ...problemsOf(rows, page), '', sum].join('\n');
}

module.exports = { check, print };
