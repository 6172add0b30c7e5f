'use strict';

const { randomUUID } = require('node:crypto');
const { placeOf, withMessages } = require('../endpoint/context.js');
const { HANDLER_LIMIT, LOOK_EVERY, TURN_LEASE } = require('../deadlines.js');
const { handlerNeverReturned, storeBusy, turnFailed } = require('../errors.js');
const { handlerArgument, inTurnOptions } = require('../options.js');
const { openStream } = require('./stream.js');

/** Of so many pushes whose turn is over it is kept, for those that wait for it, or are delivered again. */
const REMEMBERED = 20;

/** So often a record is tried to be written that other processes write too. */
const TRIES = 50;

/** How often it is looked whether whoever is before this one still lives. */
const LOOK_FOR_LIFE_EVERY = 10 * LOOK_EVERY;

/**
 * One user's pushes, in a record that all processes share: those that wait, in the order in which the user sent them;
 * those at which a process works; and those whose turn is over, or has failed. Each turn has a record of its own for as
 * long as its process lives, so that the store's clock says which are dead.
 * @typedef {{ id: string, turn: string, time: number, msgId: string, message: any }} Waiting
 * @typedef {{ ids: string[], lead: string, turn: string, others: Waiting[] }} Over a call that has returned, of the push
 *   that gives its answer, and of others that were merged with it
 * @typedef {{ v: 1, waiting: Waiting[], running: Waiting[], runner: string, over: Over[], failed: string[] }} Queue
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
      const value = await handle(message, withMessages(context, messages));
      const stream = openStream(value);
      if (stream) return untilEnd(stream, turn);
      await turn.end(true);
      return value;
    } catch (error) {
      await turn.end(false);
      throw error;
    }
  };
}

/**
 * A stream whose end is that of its turn. No generator: one that was not begun does not notice that it is left.
 * @param {NonNullable<ReturnType<typeof openStream>>} stream
 * @param {Turn} turn
 */
function untilEnd(stream, turn) {
  let hasText = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const { text, done } = await stream.next();
        hasText ||= !done;
        if (done) await turn.end(true);
        return { done, value: text };
      } catch (error) {
        // What there was is sent all the same.
        await turn.end(hasText);
        throw error;
      }
    },
    async return() {
      stream.close();
      await turn.endAfter(stream.left);
      return { done: true, value: undefined };
    },
  };
}

/** One push that waits for its turn. */
class Turn {
  #place;
  #message;
  #merge;
  #me = randomUUID();
  /** Who waited when it was last looked, and since when nobody else has come. */
  #seen = '';
  #quietSince = 0;
  #lookForLifeAt = 0;
  #timer = /** @type {any} */ (undefined);
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

  /**
   * Waits for the turn. Gives its messages; nothing where another push's turn was this one's too, and throws where that
   * has failed.
   */
  async come() {
    try {
      await this.#live();
      const messages = await this.#wait();
      if (!messages) await this.#stop();
      return messages;
    } catch (error) {
      await this.#stop();
      throw error;
    }
  }

  async #wait() {
    const { clock, id } = this.#place;
    let queue = await this.#change((found) => this.#joined(found));
    const until = clock.now() + HANDLER_LIMIT;
    while (clock.now() < until) {
      if (isAnswered(queue, id)) return undefined;
      if (queue.failed.includes(id)) throw turnFailed();
      const taken = await this.#orLater(() => this.#next(queue));
      if (taken) return taken;
      await new Promise((resolve) => clock.setTimeout(() => resolve(undefined), LOOK_EVERY));
      queue = (await this.#orLater(() => this.#look())) ?? queue;
    }
    throw handlerNeverReturned(HANDLER_LIMIT / 60_000);
  }

  /**
   * The turn is over; the next push may run.
   * @param {boolean} isDone whether the handler has returned: else WeChat delivers again
   */
  async end(isDone) {
    const { id: lead } = this.#place;
    const change = this.#change((found) => {
      if (found.runner !== this.#me) return found;
      const ids = found.running.map(idOf);
      const ended = { ...found, running: [], runner: '' };
      if (!isDone)
        return { ...ended, failed: [...ids, ...found.failed].slice(0, Math.max(REMEMBERED, ids.length)) };
      const others = found.running.filter(({ id }) => id !== lead);
      return { ...ended, over: latest([{ ids, lead, turn: this.#me, others }, ...found.over]) };
    });
    // Without the store it ends when no sign of life comes any more.
    await change.catch(() => {});
    await this.#stop();
  }

  /**
   * The same, once a model has stopped; one that does not is not waited for long.
   * @param {Promise<void> | undefined} stopped
   */
  async endAfter(stopped) {
    const { clock } = this.#place;
    let timer;
    const late = new Promise((resolve) => (timer = clock.setTimeout(() => resolve(undefined), TURN_LEASE)));
    await Promise.race([stopped, late]);
    clock.clearTimeout(timer);
    await this.end(true);
  }

  /** A store that is away for a moment costs nobody the turn. @template T @param {() => Promise<T>} act */
  async #orLater(act) {
    try {
      return await act();
    } catch {
      return undefined;
    }
  }

  /** The queue; where the store has lost it, this one stands in it again. */
  async #look() {
    const queue = this.#queueOf(await this.#record());
    const { id } = this.#place;
    const isThere = [...queue.running, ...queue.waiting].some((one) => one.id === id);
    if (isThere || isAnswered(queue, id) || queue.failed.includes(id)) return queue;
    return this.#change((found) => this.#joined(found));
  }

  /**
   * The queue with this push. One whose own call has returned comes again where the answer was lost with its process: then
   * it has to be made once more, of the same messages.
   * @param {Queue} queue
   * @returns {Queue}
   */
  #joined(queue) {
    const { id } = this.#place;
    const known = new Set([...queue.running, ...queue.waiting].map(idOf));
    if (known.has(id) || isAnswered(queue, id)) return queue;
    const { CreateTime: time = 0, MsgId: msgId = '' } = this.#message;
    const lost = queue.over.find(({ lead }) => lead === id);
    const others = (lost?.others ?? []).filter((one) => !known.has(one.id));
    const joining = [{ id, time, msgId, message: this.#message }, ...others];
    const mine = joining.map((one) => Object.assign({}, one, { turn: this.#me }));
    const failed = queue.failed.filter((one) => one !== id);
    const over = queue.over.filter((one) => one !== lost);
    return { ...queue, failed, over, waiting: [...queue.waiting, ...mine].toSorted(asSent) };
  }

  /** Begins the turn, where nobody is before this one. @param {Queue} queue */
  async #next(queue) {
    // The store took it, and did not get to say so.
    if (queue.runner === this.#me) return this.#messagesOf(queue.running);
    if (this.#mayRun(queue)) return this.#take();
    const { clock } = this.#place;
    if (clock.now() < this.#lookForLifeAt) return undefined;
    this.#lookForLifeAt = clock.now() + LOOK_FOR_LIFE_EVERY;
    await this.#buryDead(queue);
    return undefined;
  }

  /** @param {Queue} queue */
  #mayRun({ waiting, running }) {
    const { clock } = this.#place;
    const seen = waiting.map(idOf).join(' ');
    if (seen !== this.#seen) this.#quietSince = clock.now();
    this.#seen = seen;
    if (running.length > 0) return false;
    if (this.#merge > 0) return waiting.some(this.#isMine) && clock.now() - this.#quietSince >= this.#merge;
    return waiting.length > 0 && this.#isMine(waiting[0]);
  }

  #isMine = (/** @type {Waiting} */ { turn }) => turn === this.#me;

  /** What a dead process was at, or waited with, no longer stands before the others. @param {Queue} queue */
  async #buryDead({ running, runner, waiting }) {
    const { id } = this.#place;
    const own = waiting.find((one) => one.id === id && !this.#isMine(one));
    if (running.length > 0 && !(await this.#lives(runner))) {
      await this.#change((found) => (found.runner === runner ? released(found) : found));
    } else if (own && !(await this.#lives(own.turn))) {
      const adopt = (/** @type {Waiting} */ one) =>
        one.turn === own.turn ? { ...one, turn: this.#me } : one;
      await this.#change((found) => ({ ...found, waiting: found.waiting.map(adopt) }));
    } else if (
      running.length === 0 &&
      this.#merge === 0 &&
      waiting.length > 0 &&
      !(await this.#lives(waiting[0].turn))
    ) {
      // It stands in line again, should its push come again.
      const { turn } = waiting[0];
      await this.#change((found) => ({
        ...found,
        waiting: found.waiting.filter((one) => one.turn !== turn),
      }));
    }
  }

  /** Begins the turn, unless another process was quicker. @returns {Promise<any[] | undefined>} */
  async #take() {
    const record = await this.#record();
    const queue = this.#queueOf(record);
    if (!this.#mayRun(queue)) return undefined;
    const isTaken = (/** @type {Waiting} */ one) => this.#merge > 0 || this.#isMine(one);
    const running = queue.waiting.filter(isTaken);
    const waiting = queue.waiting.filter((one) => !isTaken(one));
    if (!(await this.#write({ ...queue, waiting, running, runner: this.#me }, record))) return undefined;
    return this.#messagesOf(running);
  }

  /** @param {Waiting[]} running */
  #messagesOf(running) {
    return running.map(({ id, message }) => (id === this.#place.id ? this.#message : message));
  }

  /** Others see by it that the process of this turn lives. */
  async #live() {
    const { clock, records } = this.#place;
    await records.set(this.#lifeOf(this.#me), '', { ttl: TURN_LEASE });
    const again = () => {
      if (this.#isEnded) return;
      this.#timer = clock.setTimeout(async () => {
        await records.set(this.#lifeOf(this.#me), '', { ttl: TURN_LEASE }).catch(() => {});
        again();
      }, TURN_LEASE / 3);
      this.#timer?.unref?.();
    };
    again();
  }

  async #stop() {
    const { clock, records } = this.#place;
    this.#isEnded = true;
    clock.clearTimeout(this.#timer);
    await records.set(this.#lifeOf(this.#me), null, { ttl: 1 }).catch(() => {});
  }

  /** @param {string} turn */
  async #lives(turn) {
    return (await this.#place.records.get(this.#lifeOf(turn))) !== undefined;
  }

  /** @param {string} turn */
  #lifeOf(turn) {
    return `${this.#place.identity}:turning:${turn}`;
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

  #record() {
    return this.#place.records.get(this.#key);
  }

  /**
   * @param {Queue} queue
   * @param {import('../..').PushRecord | undefined} over
   */
  #write(queue, over) {
    const options = { ttl: 2 * HANDLER_LIMIT, version: over?.version ?? null };
    return this.#place.records.set(this.#key, JSON.stringify(queue), options);
  }

  /**
   * What a record says; what another version wrote is not read.
   * @param {import('../..').PushRecord | undefined} record
   * @returns {Queue}
   */
  #queueOf(record) {
    const queue = record && JSON.parse(record.value);
    return queue?.v === 1 ? queue : { v: 1, waiting: [], running: [], runner: '', over: [], failed: [] };
  }

  get #key() {
    const { identity, user } = this.#place;
    return `${identity}:turn:${user}`;
  }
}

/** What was being handled waits again. @param {Queue} queue @returns {Queue} */
function released(queue) {
  const waiting = [...queue.running, ...queue.waiting].toSorted(asSent);
  return { ...queue, waiting, running: [], runner: '' };
}

/** Whether a call for another push has had it, and so answered it. @param {Queue} queue @param {string} id */
function isAnswered({ over }, id) {
  return over.some(({ ids, lead }) => lead !== id && ids.includes(id));
}

/** The newest of the calls that are over. @param {Over[]} over */
function latest(over) {
  let count = 0;
  return over.filter(({ ids }, i) => (count += ids.length) <= REMEMBERED || i === 0);
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
