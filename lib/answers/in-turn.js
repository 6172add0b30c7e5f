'use strict';

const { placeOf, withMessages } = require('../endpoint/context.js');
const { HANDLER_LIMIT, LOOK_EVERY, TURN_LEASE } = require('../deadlines.js');
const { storeBusy } = require('../errors.js');
const { handlerArgument, inTurnOptions } = require('../options.js');

/** So many ids of pushes whose turn is over are kept, for those that are delivered again. */
const REMEMBERED = 20;

/** So often a record is tried to be written that other processes write too. */
const TRIES = 50;

/**
 * One user's pushes, in a record that all processes share: those that wait, in the order in which the user sent them;
 * those at which a process works; and those whose turn is over.
 * @typedef {{ id: string, time: number, msgId: string, at: number, message: any }} Waiting
 * @typedef {{ v: 1, waiting: Waiting[], running: Waiting[], runner: string, until: number, over: string[] }} Queue
 *   `until` says how long the runner is taken to live without another sign
 */

/**
 * Documented in answers.d.ts.
 * @param {import('../..').PushHandler} handler
 * @param {{ merge?: number }} [options]
 * @returns {import('../..').PushHandler}
 */
function inTurn(handler, options) {
  const handle = handlerArgument(handler);
  const { merge } = inTurnOptions(options);
  return async function handleInTurn(message, context) {
    const place = placeOf(context);
    // An event of nobody, or a context that is not ours, as in an app's own test.
    if (!place) return handle(message, context);
    const turn = new Turn(place, { message, merge });
    const messages = await turn.come();
    if (!messages) return undefined;
    try {
      return await handle(message, withMessages(context, messages));
    } finally {
      await turn.end();
    }
  };
}

/** One push that waits for its turn. */
class Turn {
  #place;
  #message;
  #merge;
  #isEnded = false;

  /**
   * @param {import('../endpoint/context.js').Place} place
   * @param {{ message: any, merge: number }} options
   */
  constructor(place, { message, merge }) {
    this.#place = place;
    this.#message = message;
    this.#merge = merge;
  }

  /** Waits for the turn. Gives its messages; nothing where another push's turn was this one's too. */
  async come() {
    const { clock } = this.#place;
    let queue = await this.#change((found) => this.#joined(found));
    const until = clock.now() + HANDLER_LIMIT;
    while (clock.now() < until) {
      if (this.#isOver(queue)) return undefined;
      if (this.#mayRun(queue)) {
        const taken = await this.#take();
        if (taken) return taken;
      }
      await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), LOOK_EVERY));
      queue = await this.#read();
    }
    return undefined;
  }

  /** The turn is over; the next push may run. */
  async end() {
    this.#isEnded = true;
    const change = this.#change((found) => {
      if (found.runner !== this.#place.id) return found;
      const over = [...found.running.map(idOf), ...found.over].slice(0, REMEMBERED);
      return { ...found, running: [], runner: '', over };
    });
    // Without the store it ends when no sign comes any more.
    await change.catch(() => {});
  }

  /** @param {Queue} queue @returns {Queue} */
  #joined(queue) {
    const { id, clock } = this.#place;
    const known = [...queue.over, ...[...queue.running, ...queue.waiting].map(idOf)];
    if (known.includes(id)) return queue;
    const { CreateTime: time = 0, MsgId: msgId = '' } = this.#message;
    const waiting = [...queue.waiting, { id, time, msgId, at: clock.wall(), message: this.#message }];
    return { ...queue, waiting: waiting.toSorted(asSent) };
  }

  /** @param {Queue} queue */
  #isOver(queue) {
    const { id } = this.#place;
    return ![...queue.running, ...queue.waiting].some((one) => one.id === id);
  }

  /** @param {Queue} queue */
  #mayRun({ waiting, running }) {
    if (running.length > 0) return false;
    const now = this.#place.clock.wall();
    if (this.#merge > 0) return waiting.every(({ at }) => at + this.#merge <= now);
    // The process that waits with the first may have died.
    const first = waiting.find(({ at }) => at + TURN_LEASE > now) ?? waiting[0];
    return first?.id === this.#place.id;
  }

  /** Begins the turn, unless another process was quicker. @returns {Promise<any[] | undefined>} */
  async #take() {
    const { id, clock } = this.#place;
    const record = await this.#record();
    const queue = this.#queueOf(record);
    const isMine = (/** @type {Waiting} */ one) => this.#merge > 0 || one.id === id;
    if (!this.#mayRun(queue) || !queue.waiting.some((one) => one.id === id)) return undefined;
    const turn = queue.waiting.filter(isMine);
    const waiting = queue.waiting.filter((one) => !isMine(one));
    const next = { ...queue, waiting, running: turn, runner: id, until: clock.wall() + TURN_LEASE };
    if (!(await this.#write(next, record))) return undefined;
    this.#renew();
    return turn.map((one) => (one.id === id ? this.#message : one.message));
  }

  /** Other processes see by it that this one lives. */
  #renew() {
    const { clock, id } = this.#place;
    const timer = clock.setTimeout(async () => {
      if (this.#isEnded) return;
      const until = clock.wall() + TURN_LEASE;
      await this.#change((found) => (found.runner === id ? { ...found, until } : found)).catch(() => {});
      this.#renew();
    }, TURN_LEASE / 3);
    timer?.unref?.();
  }

  /**
   * @param {(found: Queue) => Queue} act
   * @returns {Promise<Queue>}
   */
  async #change(act) {
    for (let tries = 0; tries < TRIES; tries++) {
      const record = await this.#record();
      const found = this.#queueOf(record);
      const queue = act(found);
      if (queue === found || (await this.#write(queue, record))) return queue;
    }
    throw storeBusy();
  }

  async #read() {
    return this.#queueOf(await this.#record());
  }

  #record() {
    return this.#place.records.get(this.#key);
  }

  /**
   * @param {Queue} queue
   * @param {import('../..').PushRecord | undefined} over
   */
  #write(queue, over) {
    const options = { ttl: HANDLER_LIMIT, version: over?.version ?? null };
    return this.#place.records.set(this.#key, JSON.stringify(queue), options);
  }

  /**
   * What a record says. What a dead process was at waits again; what another version wrote is not read.
   * @param {import('../..').PushRecord | undefined} record
   * @returns {Queue}
   */
  #queueOf(record) {
    const queue = record && JSON.parse(record.value);
    if (queue?.v !== 1) return { v: 1, waiting: [], running: [], runner: '', until: 0, over: [] };
    if (queue.running.length === 0 || queue.until > this.#place.clock.wall()) return queue;
    return {
      ...queue,
      waiting: [...queue.running, ...queue.waiting].toSorted(asSent),
      running: [],
      runner: '',
    };
  }

  get #key() {
    const { identity, user } = this.#place;
    return `${identity}:turn:${user}`;
  }
}

/** @param {Waiting} one */
function idOf({ id }) {
  return id;
}

/**
 * @param {Waiting} one
 * @param {Waiting} other
 */
function asSent(one, other) {
  return one.time - other.time || one.msgId.length - other.msgId.length || (one.msgId < other.msgId ? -1 : 1);
}

module.exports = { inTurn };
