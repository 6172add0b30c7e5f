'use strict';

const HANGS_UP = 5000;
const DELIVERIES = 3;

/**
 * @typedef {object} Delivery one request, from WeChat's side and from the server's
 * @property {string} name
 * @property {any} push
 * @property {string} [bodyHash]
 * @property {boolean} isGenuine
 * @property {number} sentAt
 * @property {boolean} isOpen whether its sender still listens
 * @property {boolean} isSilent whether its end is never told
 * @property {(() => void)[]} onLeave
 * @property {boolean} isClosed whether the server knows of its end
 * @property {import('./server.js').Server} [server]
 * @property {number} [arrived]
 * @property {number} [begun] when its body was there
 * @property {any} [answer]
 * @property {number} [answeredAt]
 * @property {boolean} [couldCarry] whether the answer had a chance to arrive
 * @property {number} [leftAt] when the server knew that its sender was gone
 */

/** WeChat as it sends one push, and whoever repeats it. */
class Sender {
  #world;
  #push;
  #sent = 0;
  #isDone = false;

  /** @param {import('./world.js').World} world */
  constructor(world, push) {
    this.#world = world;
    this.#push = push;
    push.sender = this;
  }

  /** WeChat delivers. */
  send() {
    if (this.#isDone || this.#sent === DELIVERIES) return;
    const { random, plan, time } = this.#world;
    const number = ++this.#sent;
    if (random.chance(plan.isLost)) {
      this.#world.tell(`WeChat: delivery ${number} of ${this.#push.id} reaches nobody`);
      return time.after(random.between(10, HANGS_UP), () => this.#again());
    }
    this.#request(`delivery ${number} of ${this.#push.id}`, true);
    if (random.chance(plan.duplicates))
      time.after(random.chance(0.5) ? random.between(0, 6000) : random.between(0, 300), () =>
        this.#request(`a copy of delivery ${number} of ${this.#push.id}`, false),
      );
  }

  /** The same once more, as if its network had sent it twice. */
  copy() {
    this.#request(`a copy of ${this.#push.id}`, false);
  }

  /** Somebody who has seen the push sends another body with its signature. */
  forge() {
    // Nobody can repeat what was never sent.
    const isSeen = this.#push.deliveries.some(({ begun }) => begun + 500 < this.#world.time.now);
    if (isSeen) this.#open(`a forgery of ${this.#push.id}`, { isGenuine: false, bodyHash: 'f'.repeat(40) });
  }

  /** @param {Delivery} delivery */
  answered(delivery, isSuccess) {
    const { time, random, plan } = this.#world;
    time.after(random.between(...plan.network), () => {
      if (!delivery.isOpen) return;
      delivery.isOpen = false;
      if (!delivery.isRepeated) return;
      if (isSuccess) this.#isDone = true;
      else this.#again();
    });
  }

  #request(name, isRepeated) {
    const { time, random, plan } = this.#world;
    const delivery = this.#open(name, { isGenuine: true, bodyHash: this.#push.bodyHash });
    delivery.isRepeated = isRepeated;
    const isEarly = random.chance(plan.hangsUp);
    delivery.isSilent = random.chance(plan.isSilent);
    time.after(isEarly ? random.between(1, HANGS_UP) : HANGS_UP, () => this.hangUp(delivery));
  }

  /** @param {Delivery} delivery */
  hangUp(delivery) {
    if (!delivery.isOpen) return;
    const { time, random, plan } = this.#world;
    delivery.isOpen = false;
    if (delivery.server && !delivery.isSilent)
      delivery.server.loop.receive(time.now + random.between(...plan.network), () =>
        delivery.server.close(delivery),
      );
    if (delivery.isRepeated) this.#again();
  }

  #again() {
    const { time, random, plan } = this.#world;
    time.after(random.between(...plan.retryAfter), () => this.send());
  }

  /** @returns {any} */
  #open(name, more) {
    const { time, random, plan } = this.#world;
    const place = random.whole(0, plan.processes - 1);
    const delivery = {
      name,
      push: this.#push,
      sentAt: time.now,
      isOpen: true,
      onLeave: [],
      isClosed: false,
      ...more,
    };
    this.#push.deliveries.push(delivery);
    time.after(random.between(...plan.network), () => this.#arrive(delivery, place));
    return delivery;
  }

  #arrive(delivery, place) {
    const { time, servers } = this.#world;
    const server = servers[place];
    if (!server) return this.hangUp(delivery);
    delivery.server = server;
    server.loop.receive(time.now, () => server.accept(delivery));
    // It had hung up before its first byte came through.
    if (!delivery.isOpen && !delivery.isSilent) server.loop.receive(time.now, () => server.close(delivery));
  }
}

module.exports = { Sender };
