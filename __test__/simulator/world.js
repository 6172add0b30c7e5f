'use strict';

const { planWorld } = require('./plan.js');
const { brokenPromises } = require('./promises.js');
const { Random } = require('./random.js');
const { RedisModel } = require('./redis-model.js');
const { Server } = require('./server.js');
const { Time } = require('./time.js');
const { Sender } = require('./wechat.js');

/** A world of one seed: processes, a store, and WeChat. */
class World {
  time = new Time();
  wallShift = 0;
  pushes = [];
  /** Those that live, by place. @type {(Server | undefined)[]} */
  servers = [];
  /** All that ever lived. @type {Server[]} */
  lives = [];
  #broken = [];

  /**
   * @param {number} seed
   * @param {(line: string) => void} [write] gets what happens
   */
  constructor(seed, write) {
    this.random = new Random(seed);
    this.plan = planWorld(this.random);
    this.redis = new RedisModel(() => this.time.now);
    this.#write = write;
  }

  #write;

  /** What happens, for people. */
  tell(text) {
    this.#write?.(`${(this.time.now / 1000).toFixed(4).padStart(9)} s  ${text}`);
  }

  /** Something is as it must not be. */
  broken(text) {
    this.#broken.push(text);
    this.tell(`BROKEN: ${text}`);
  }

  /** Which promises were broken, in words. @returns {Promise<string[]>} */
  async run() {
    const reject = (error) =>
      this.broken(`a promise was rejected and nobody looked: ${String(error?.stack)}`);
    process.on('unhandledRejection', reject);
    try {
      this.#begin();
      await this.time.run();
      for (const text of brokenPromises(this)) this.broken(text);
    } catch (error) {
      this.broken(`an exception: ${error?.stack ?? String(error)}`);
    } finally {
      process.off('unhandledRejection', reject);
    }
    return this.#broken;
  }

  #begin() {
    const { time, random, plan } = this;
    for (let place = 0; place < plan.processes; place++) this.#start(place);
    for (let number = 1; number <= plan.pushes; number++)
      this.#addPush(`push ${number}`, random.between(0, 8000));
    for (const { at, place, down } of plan.crashes) time.at(at, () => this.#crash(place, down));
    for (const { at, place, ms } of plan.pauses) time.at(at, () => this.#pause(place, ms));
    for (const { at, by } of plan.jumps) time.at(at, () => this.#jump(by));
    for (const fault of plan.storeFaults) this.#announce(fault);
  }

  #start(place) {
    this.servers[place] = new Server(this, place);
    this.lives.push(this.servers[place]);
  }

  #addPush(id, at) {
    const { time, random, plan } = this;
    const push = { id, deliveries: [], runs: [] };
    if (plan.plaintext) {
      push.signature = `signature of ${id}`;
      push.bodyHash = 'a'.repeat(40);
    }
    const sender = new Sender(this, push);
    this.pushes.push(push);
    time.at(at, () => sender.send());
    if (plan.plaintext)
      for (let i = random.whole(0, 3); i > 0; i--)
        time.at(at + random.between(1500, 15_000), () => sender.forge());
  }

  #crash(place, down) {
    const server = this.servers[place];
    if (!server) return;
    this.tell(`${server.name} dies`);
    server.die();
    this.servers[place] = undefined;
    for (const push of this.pushes)
      for (const delivery of push.deliveries)
        if (delivery.server === server)
          this.time.after(this.random.between(...this.plan.network), () => push.sender.hangUp(delivery));
    this.time.after(down, () => {
      this.tell(`${server.name} starts again`);
      this.#start(place);
    });
  }

  #pause(place, ms) {
    const server = this.servers[place];
    if (!server) return;
    this.tell(`${server.name} stands still for ${Math.round(ms)} ms`);
    server.standStill(ms);
  }

  #jump(by) {
    this.tell(`the system's time is moved by ${by / 3_600_000} h`);
    this.wallShift += by;
  }

  #announce(fault) {
    const where = fault.place === undefined ? '' : ` for process ${fault.place + 1}`;
    this.time.at(fault.from, () => {
      this.tell(`the store ${fault.kind}${where}, for ${Math.round(fault.to - fault.from)} ms`);
      if (fault.kind === 'loses its data') this.redis.flush();
    });
  }
}

module.exports = { World };
