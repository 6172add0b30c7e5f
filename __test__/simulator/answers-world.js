'use strict';

const { createDelivery } = require('../../lib/delivery/delivery.js');
const { openAnswers } = require('../../lib/endpoint/answers.js');
const { memoryRecords } = require('../../lib/stores/memory-records.js');
const { withFallback } = require('../../lib/stores/fallback.js');
const { brokenAnswers } = require('./answers-promises.js');
const { Link } = require('./network.js');
const { Random } = require('./random.js');
const { RedisModel, modelStore } = require('./redis-model.js');
const { HOUR, Loop, Time } = require('./time.js');

const HANGS_UP = 5000;
const DELIVERIES = 3;
/** After the last answer nobody dies any more, and whatever was left is taken up. */
const SETTLES_WITHIN = 200_000;
const LOOKS_EVERY = 5000;
const MOST_EVENTS = 3_000_000;
const FAULTS = ['refuses', 'stands still', 'swallows commands', 'swallows answers', 'fails', 'is slow'];

/**
 * A world in which answers take from three to forty seconds and have up to ten parts: `count` of them for `users`, and
 * processes that die, stand still, or have no store for a while.
 */
class AnswersWorld {
  answers = [];
  lives = [];
  #servers = [];
  #write;

  constructor(seed, { count, users, write }) {
    this.#write = write;
    this.random = new Random(seed);
    this.time = new Time(MOST_EVENTS);
    this.redis = new RedisModel(() => this.time.now);
    this.records = memoryRecords(1e6, /** @type {any} */ ({ now: () => this.time.now }));
    this.plan = planOf(this.random, count);
    for (let number = 1; number <= count; number++) {
      const ms = this.random.between(3000, 40_000);
      const parts = this.random.whole(1, 10);
      const user = `u${this.random.whole(1, users)}`;
      const at = this.random.between(0, this.plan.lasts);
      this.answers.push({ id: `a${number}`, user, ms, parts, at, runs: [], got: [], isAccepted: false });
    }
  }

  tell(text) {
    this.#write?.(`${(this.time.now / 1000).toFixed(3).padStart(9)} s  ${text}`);
  }

  /** Which promises were broken, in words. @returns {Promise<string[]>} */
  async run() {
    const broken = [];
    const reject = (error) => broken.push(`a rejection that nobody looked at: ${String(error?.stack)}`);
    process.on('unhandledRejection', reject);
    try {
      const { plan, time } = this;
      for (let place = 0; place < plan.processes; place++) this.#start(place);
      for (const answer of this.answers) time.at(answer.at, () => this.#deliver(answer, 1));
      this.tell(JSON.stringify(plan));
      for (const { at, place, down } of plan.crashes) time.at(at, () => this.#crash(place, down));
      for (const { at, place, ms } of plan.pauses) time.at(at, () => this.#servers[place]?.standStill(ms));
      for (const { at, by } of plan.jumps) time.at(at, () => (this.wallShift += by));
      await time.run();
      broken.push(...brokenAnswers(this));
    } catch (error) {
      broken.push(`an exception: ${error?.stack ?? String(error)}`);
    } finally {
      process.off('unhandledRejection', reject);
    }
    return broken;
  }

  wallShift = 0;

  #start(place) {
    this.#servers[place] = new AnswerServer(this, place);
    this.lives.push(this.#servers[place]);
  }

  #crash(place, down) {
    const server = this.#servers[place];
    if (!server) return;
    this.tell(`${server.name} dies`);
    server.die();
    this.#servers[place] = undefined;
    this.time.after(down, () => this.#start(place));
  }

  /** WeChat delivers. */
  #deliver(answer, number) {
    const { time, random, plan } = this;
    const again = () => {
      if (delivery.isOver) return;
      delivery.isOver = true;
      for (const listener of delivery.listeners) delivery.server.loop.receive(time.now, listener);
      if (number < DELIVERIES) this.#deliver(answer, number + 1);
    };
    const server = this.#servers[random.whole(0, plan.processes - 1)];
    const delivery = { server, isOver: false, listeners: [], again };
    time.after(HANGS_UP, again);
    if (server) server.loop.receive(time.now + random.between(1, 20), () => server.accept(answer, delivery));
  }
}

/** One life of a process. */
class AnswerServer {
  diedAt = Infinity;
  pauses = [];
  #world;

  constructor(world, place) {
    const { time, random, redis, plan } = world;
    const { storeFaults: faults, latency } = plan;
    this.#world = world;
    this.name = `process ${place + 1}`;
    this.loop = new Loop(time, () => world.wallShift);
    const { clock } = this.loop;
    const link = new Link({ time, random, loop: this.loop, place, faults, latency });
    this.troubles = link.troubles;
    const store = modelStore(redis, link.send, { lease: 3000, remember: HOUR });
    const records = recordsOver(link.send, world.records);
    const known = withFallback({ ...store, records }, clock);
    this.delivery = createDelivery({ store: known, replyWindow: plan.replyWindow, clock });
    this.answers = openAnswers({
      carriers: [{ name: 'api', carry: (answer) => this.#carry(answer) }],
      records: known.records,
      isShared: true,
      identities: ['wx'],
      revive: async ({ id }) => this.#pushOf(world.answers.find((one) => one.id === id)),
      runAgain: (push) => this.delivery.takeOver(push),
      clock,
    });
    const until = plan.lasts + SETTLES_WITHIN;
    for (let at = time.now + random.between(0, LOOKS_EVERY); at < until; at += LOOKS_EVERY)
      this.loop.receive(at, () => void this.answers.look());
  }

  standStill(ms) {
    this.pauses.push({ from: this.#world.time.now, to: this.#world.time.now + ms });
    this.loop.standStill(ms);
  }

  die() {
    this.diedAt = this.#world.time.now;
    this.loop.isDead = true;
  }

  accept(answer, delivery) {
    const { time } = this.#world;
    const push = this.#pushOf(answer, delivery);
    const refused = () => time.after(1, delivery.again);
    this.delivery.deliver(push).then((delivered) => {
      if (typeof delivered === 'string') return refused();
      if (delivery.isOver) return;
      delivery.isOver = true;
      answer.isAccepted = true;
      if (delivered.record !== '') this.#got(answer, JSON.parse(delivered.record));
      for (const listener of delivery.listeners) this.loop.receive(time.now, listener);
    }, refused);
  }

  /** The push of an answer, as lib/endpoint/incoming-push.js makes it. */
  #pushOf(answer, delivery = { isOver: true, listeners: [] }) {
    const { clock } = this.loop;
    const push = {
      id: `wx:${answer.id}`,
      identity: 'wx',
      message: {},
      context: { user: answer.user, account: {} },
      arrived: clock.now(),
      keptAs: () => ({ id: answer.id }),
      hasLeft: () => delivery.isOver,
      onLeave: (listener) => (delivery.isOver ? listener() : delivery.listeners.push(listener)),
      handle: () => this.#handle(answer),
      post: (value, run, objection) => this.answers.post(value, push, objection?.outcome ?? 'late'),
      undelivered() {},
      failed() {},
      tellApp() {},
    };
    return Object.assign(push, { keeper: this.answers.keeperOf(push) });
  }

  /** The app's handler: a short answer goes as a reply, of a longer one its first part. */
  async #handle(answer) {
    const { time } = this.#world;
    const run = { server: this, start: time.now };
    answer.runs.push(run);
    const name = `${answer.id}.${answer.runs.length}`;
    this.#world.tell(`${this.name}: ${name} begins`);
    await new Promise((resolve) => this.loop.receive(time.now + answer.ms, resolve));
    run.end = time.now;
    const [first, ...others] = Array.from({ length: answer.parts }, (_, i) => `${name}:${i + 1}`);
    const rest = others.length > 0 && { value: others.join(' '), objection: { outcome: 'too_long' } };
    const value = [first, ...others].join(' ');
    return { value, record: JSON.stringify(first), response: { status: 200 }, ...(rest && { rest }) };
  }

  /** The carrier: a part at a time, each of which takes its time. */
  async #carry({ id, value, progress }) {
    const { time, random, answers } = this.#world;
    const answer = answers.find((one) => `wx:${one.id}` === id);
    const parts = value.split(' ');
    while (parts.length > 0) {
      await new Promise((resolve) => this.loop.receive(time.now + random.between(30, 300), resolve));
      this.#got(answer, parts.shift());
      if (parts.length > 0) await progress(parts.join(' '));
    }
  }

  #got(answer, text) {
    this.#world.tell(`${this.name}: ${answer.user} gets ${text}`);
    answer.got.push({ text, at: this.#world.time.now, server: this });
  }
}

function recordsOver(send, records) {
  return {
    get: (...args) => send(() => records.get(...args)),
    set: (...args) => send(() => records.set(...args)),
    claimDue: (...args) => send(() => records.claimDue(...args)),
  };
}

function planOf(random, count) {
  const processes = random.whole(1, 3);
  const lasts = Math.min(300_000, Math.max(20_000, count * 300));
  const rough = random.chance(0.7);
  const some = (most) => Array.from({ length: rough ? random.whole(0, most) : 0 });
  const when = () => random.between(1000, lasts + 30_000);
  const place = () => random.whole(0, processes - 1);
  return {
    processes,
    lasts,
    replyWindow: random.pick([5000, 15_000]),
    latency: random.pick([
      [0.2, 2],
      [5, 30],
    ]),
    crashes: some(3).map(() => ({ at: when(), place: place(), down: random.between(100, 20_000) })),
    pauses: some(2).map(() => ({ at: when(), place: place(), ms: random.pick([2000, 20_000, 60_000]) })),
    jumps: [{ at: when(), by: random.pick([-HOUR, HOUR]) }],
    storeFaults: some(2).map(() => {
      const from = when();
      const low = random.between(20, 300);
      const ms = random.pick([400, 3000, 12_000, 50_000]);
      return { kind: random.pick(FAULTS), from, to: from + ms, latency: [low, 2 * low] };
    }),
  };
}

module.exports = { AnswersWorld };
