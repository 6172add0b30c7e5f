'use strict';

const { createDelivery } = require('../../lib/delivery/delivery.js');
const { withFallback } = require('../../lib/stores/fallback.js');
const { openMemoryStore } = require('../../lib/stores/memory.js');
const { Link } = require('./network.js');
const { modelStore } = require('./redis-model.js');
const { Loop } = require('./time.js');

/** What a handler may throw. */
const THROWN = [
  () => new Error('no luck'),
  () => 'text',
  () => undefined,
  () => null,
  () => Symbol('s'),
  () => Object.create(null),
];

/** A handler that has not returned by now never does, unless it never returns at all. */
const LONGEST = 20_000;

/** One life of a process that receives pushes, from its start until it dies. */
class Server {
  /** Deliveries that have reached it. @type {import('./wechat.js').Delivery[]} */
  deliveries = [];
  /** When it stood still. @type {{ from: number, to: number }[]} */
  pauses = [];
  /** When it had no store. @type {{ from: number, to: number }[]} */
  troubles = [];
  diedAt = Infinity;
  #world;

  /** @param {import('./world.js').World} world */
  constructor(world, place) {
    const { time, random, plan } = world;
    this.#world = world;
    this.place = place;
    this.name = `process ${place + 1}`;
    this.loop = new Loop(time, () => world.wallShift);
    const { deliver, runs } = observedDelivery({
      store: plan.shared ? this.#sharedStore() : openMemoryStore(undefined, this.loop.clock),
      replyWindow: plan.replyWindow,
      clock: this.loop.clock,
    });
    this.deliver = deliver;
    /** What it runs. */
    this.runs = runs;
    this.random = random;
  }

  #sharedStore() {
    const { time, random, plan, redis } = this.#world;
    const { storeFaults: faults, latency, lease, remember } = plan;
    const link = new Link({ time, random, loop: this.loop, place: this.place, faults, latency });
    this.troubles = link.troubles;
    return withFallback(modelStore(redis, link.send, { lease, remember }), this.loop.clock);
  }

  /** A delivery comes in, head first. @param {import('./wechat.js').Delivery} delivery */
  accept(delivery) {
    delivery.server = this;
    delivery.arrived = this.loop.clock.now();
    this.deliveries.push(delivery);
    this.#world.tell(`${this.name}: ${delivery.name} arrives`);
    const body = this.random.chance(0.2) ? this.random.between(0, 300) : 0;
    this.loop.receive(this.#world.time.now + body, () => this.#handOn(delivery));
  }

  /** Its sender has hung up. @param {import('./wechat.js').Delivery} delivery */
  close(delivery) {
    if (delivery.isClosed) return;
    delivery.isClosed = true;
    if (delivery.answeredAt === undefined) {
      delivery.leftAt = this.#world.time.now;
      this.#world.tell(`${this.name}: ${delivery.name} has hung up`);
    }
    for (const listener of delivery.onLeave) listener();
  }

  standStill(ms) {
    this.pauses.push({ from: this.#world.time.now, to: this.#world.time.now + ms });
    this.loop.standStill(ms);
  }

  die() {
    this.diedAt = this.#world.time.now;
    this.loop.isDead = true;
  }

  /** @param {import('./wechat.js').Delivery} delivery */
  #handOn(delivery) {
    const { push } = delivery;
    delivery.begun = this.#world.time.now;
    const given = {
      id: push.id,
      replay: push.signature && { signature: push.signature, bodyHash: delivery.bodyHash },
      arrived: delivery.arrived,
      handle: (run) => this.#handle(delivery, run),
      hasLeft: () => delivery.isClosed,
      onLeave: (listener) => (delivery.isClosed ? listener() : delivery.onLeave.push(listener)),
      undelivered: (value, run) => this.#undelivered(push, value, run),
      failed: (error, run) => this.#failed(push, error, run),
    };
    this.deliver(given).then(
      (delivered) => this.#answer(delivery, typeof delivered === 'string' ? { is: delivered } : delivered),
      (error) => this.#answer(delivery, { is: 'error', error }),
    );
  }

  /** @param {import('./wechat.js').Delivery} delivery */
  #answer(delivery, answer) {
    const { now } = this.#world.time;
    delivery.answer = answer;
    delivery.answeredAt = now;
    delivery.couldCarry = !delivery.isClosed && now - delivery.arrived < 5000;
    const what = answer.is ?? (answer.record === '' ? 'success' : answer.record);
    this.#world.tell(
      `${this.name}: ${delivery.name} is answered ${what} after ${Math.round(now - delivery.arrived)} ms`,
    );
    delivery.push.sender.answered(delivery, isSuccess(answer));
    // Node tells the end of an answered request, too.
    this.loop.receive(now, () => this.close(delivery));
  }

  /**
   * The app's handler.
   * @param {import('./wechat.js').Delivery} delivery
   */
  async #handle(delivery, run) {
    const { push } = delivery;
    const began = {
      push,
      delivery,
      run,
      server: this,
      number: push.runs.length + 1,
      attempt: run.attempt,
      start: this.#world.time.now,
      undelivered: 0,
      failures: [],
    };
    push.runs.push(began);
    const name = `run ${began.number} of ${push.id} (attempt ${run.attempt})`;
    this.#world.tell(`${this.name}: ${name} starts`);
    try {
      began.value = await this.#work(began);
      this.#ended(began, 'returned', `${name} returns ${began.value}`);
      const { value } = began;
      const response = { status: 200, headers: {}, body: value ?? 'success' };
      const record = value === undefined ? '' : JSON.stringify(value);
      return { value, record, lasts: began.number % 2 === 0, response };
    } catch (error) {
      began.error = error;
      this.#ended(began, 'threw', `${name} throws`);
      throw error;
    }
  }

  #ended(began, outcome, text) {
    began.end = this.#world.time.now;
    began.outcome = outcome;
    began.wasAbandoned = began.run.abandoned;
    const stored = () => (began.storedAt = this.#world.time.now);
    this.loop.receive(began.end, () => began.run.stored?.then(stored));
    this.#world.tell(`${this.name}: ${text}`);
    const { random, plan, time } = this.#world;
    if (random.chance(plan.copiesAtEnd) && began.push.runs.length < 5)
      time.after(random.between(0, 300), () => began.push.sender.copy());
  }

  async #work(began) {
    const { random, plan } = this.#world;
    const value = random.chance(0.1) ? undefined : `reply ${began.number} to ${began.push.id}`;
    const ms = durationOf(random, plan);
    const watches = random.chance(0.7);
    const obeys = watches && random.chance(0.4);
    const throws = random.chance(plan.throws);
    const thrown = random.pick(THROWN)();
    if (ms > 0) {
      await new Promise((resolve) => {
        if (ms < Infinity) this.loop.receive(this.#world.time.now + ms, resolve);
        if (!watches) return;
        began.run.signal.addEventListener('abort', () => {
          began.abortedAt = this.#world.time.now;
          this.#world.tell(`${this.name}: run ${began.number} of ${began.push.id} is aborted`);
          if (obeys) resolve();
        });
      });
    }
    if (throws) throw thrown;
    return value;
  }

  #undelivered(push, value) {
    const run = push.runs.find((some) => some.value === value);
    this.#world.tell(`${this.name}: ${value} is told as undelivered`);
    if (run) run.undelivered++;
    else this.#world.broken(`undelivered() was told ${value}, which is no reply to ${push.id}`);
  }

  #failed(push, error, run) {
    this.#world.tell(`${this.name}: a failure of ${push.id} is told`);
    push.runs.find((some) => some.run === run)?.failures.push({ error, at: this.#world.time.now });
  }
}

/** `createDelivery`, and what it keeps of its runs: the only Map that it makes. */
function observedDelivery(options) {
  const maps = [];
  const RealMap = global.Map;
  global.Map = class extends RealMap {
    constructor(...args) {
      super(...args);
      maps.push(this);
    }
  };
  try {
    return { ...createDelivery(options), runs: maps[0] };
  } finally {
    global.Map = RealMap;
  }
}

function durationOf(random, plan) {
  if (plan.neverReturns && random.chance(0.4)) return Infinity;
  const kind = random.next();
  if (kind < 0.2) return 0;
  if (kind < 0.4) return random.between(1, 4500);
  // Just when deliveries end.
  if (kind < 0.7) return random.pick([4500, 5000, 5500, 9500, 10_000]) + random.between(-300, 300);
  return random.between(0, LONGEST);
}

/** Whether WeChat takes an answer for a success. */
function isSuccess({ is }) {
  return is === undefined;
}

module.exports = { Server };
