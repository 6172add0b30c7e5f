'use strict';

const { VirtualClock } = require('../support/clock.js');
const { closeServers, signedQuery } = require('../support/servers.js');
const { inside } = require('../support/under-test.js');
const { account, post, push } = require('../support/wechat.js');
const { Connection } = require('./connection.js');

const { systemClock } = inside('lib/clock.js');

const TWENTY_MINUTES = 20 * 60_000;
/** For a machine that is busy. */
const PLENTY = 60_000;

/** What the cases do with an adapter. Time stands still, but when they let it pass. */
class Host {
  /** What `onReject` and the framework's place for errors got. */
  reasons = [];
  rejections = [];
  errors = [];
  #realClock = { ...systemClock };
  #clock = new VirtualClock();

  /** @param {import('./conformance.js').Adapter} adapter */
  constructor(adapter) {
    this.adapter = adapter;
  }

  /** Before each case. */
  prepare() {
    const clock = new VirtualClock();
    clock.offset = Date.now() - clock.now();
    const { now, wall, setTimeout, clearTimeout } = clock;
    Object.assign(systemClock, { now, wall, setTimeout, clearTimeout });
    this.#clock = clock;
    Object.assign(this, { reasons: [], rejections: [], errors: [] });
  }

  /** After each case: nothing waits any more once every window has ended and every handler was given up. */
  async finish() {
    await this.#clock.pass(TWENTY_MINUTES);
    Object.assign(systemClock, this.#realClock);
    await closeServers();
    expect(this.#clock.pending).toBe(0);
  }

  /** Serves a handler. */
  start(options, handler) {
    return this.#start(this.adapter.serve, options, handler);
  }

  /** Serves an app without one. */
  startApp(options, app) {
    return this.#start(this.adapter.withoutHandler, options, app);
  }

  async #start(how, options, handler) {
    const { reasons, rejections, errors } = this;
    const onReject = (rejection, request) => {
      reasons.push(rejection.reason);
      rejections.push({ rejection, request });
    };
    this.url = await how({ onReject, ...options }, handler, (error) => errors.push(error));
  }

  /** A push for its URL. */
  pushOf(given) {
    return push({ url: new URL(this.url).pathname, ...given });
  }

  /** Posts it; resolves to the answer. Time that passes here is real, so there is plenty of it. */
  send(sent, headers) {
    const signal = AbortSignal.timeout(PLENTY);
    return post(new URL(this.url).origin, { signal, ...sent }, headers);
  }

  /** @param {string} query */
  handshake(query) {
    return fetch(`${this.url}?${query}`);
  }

  connect() {
    return Connection.to(this.url);
  }

  /** That the server ends a connection whose request it has not read to its end. */
  expectEnd(connection) {
    return this.adapter.keepsOpen ? connection.hangUp() : connection.ended();
  }

  /** A delivery whose sender hangs up once somebody has it. */
  async hungUp(sent, entered) {
    const connection = await this.connect();
    connection.post(sent.url, `Content-Length: ${Buffer.byteLength(sent.body)}`);
    connection.send(sent.body);
    await entered;
    await connection.hangUp();
    await this.catchUp();
  }

  /** The value of a header, as the framework's own request tells it. */
  headerOf(request, name) {
    const { headerOf = () => request.headers[name] } = this.adapter;
    return headerOf(request, name);
  }

  /** Lets milliseconds pass. */
  pass(ms) {
    return this.#clock.pass(ms);
  }

  /** Lets time pass until it settles. */
  async passUntil(promise) {
    const settled = new Set();
    const settle = () => settled.add(promise);
    promise.then(settle, settle);
    while (settled.size === 0) {
      await this.pass(500);
      await this.catchUp();
    }
    return promise;
  }

  /** Resolves once the server has seen all that was sent before. */
  async catchUp() {
    for (let i = 0; i < 3; i++) {
      const { status } = await this.handshake(signedQuery(account.token, { echostr: '1' }));
      expect(status).toBe(200);
    }
  }

  /** Waits for what must come. @param {() => unknown} isThere */
  async until(isThere) {
    for (let i = 0; i < 500 && !isThere(); i++) await this.catchUp();
    expect(isThere()).toBeTruthy();
  }

  /** Waits for the one refusal of the case. @param {string} reason */
  async expectReason(reason) {
    await this.until(() => this.reasons.length > 0);
    expect(this.reasons).toEqual([reason]);
  }
}

module.exports = { Host };
