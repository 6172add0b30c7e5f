'use strict';

// What only WebAssembly has: memory that grows, an instance that may fail, a copy of the accounts for the next one.

const fc = require('fast-check');
const { createRequire } = require('node:module');
const { runs } = require('./support/runs.js');
const { describeWasm } = require('./support/wasm.js');
const { account, modes, push, textMessage } = require('./support/wechat.js');

const INTERNAL = { code: 'ERR_WECHAT_PUSH_INTERNAL', message: expect.stringMatching(/please report/) };
const NOW = 1714036504;
const query = {
  signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
  timestamp: '1714036504',
  nonce: '1514711492',
};
const secrets = { token: 'x7QnekoTeuqinu', encodingAESKey: 'q'.repeat(20) + 'keyOfNobodyElse12345678' };

/** Instances that were made, oldest first, and what is asked of the next calls. */
let instances;
/** What happens instead of a call of this name. */
let instead;
/** What a `FinalizationRegistry` was given. */
let forget;

afterEach(() => jest.restoreAllMocks());

/** The package with WebAssembly, of which tests see the instances. */
function load() {
  instances = [];
  instead = {};
  const { Instance } = WebAssembly;
  jest.spyOn(WebAssembly, 'Instance').mockImplementation((module, imports) => {
    const { exports } = new Instance(module, imports);
    // What only some calls need joins an instance that is there.
    if (imports?.core) return { exports };
    instances.push(exports);
    const watched = Object.entries(exports).map(([name, value]) => [
      name,
      typeof value === 'function' ? (...args) => (instead[name] ?? value)(...args) : value,
    ]);
    return { exports: Object.fromEntries(watched) };
  });
  jest.spyOn(globalThis, 'FinalizationRegistry').mockImplementation((callback) => {
    forget = callback;
    return { register: () => {} };
  });
  const before = process.env.WECHAT_PUSH_ENGINE;
  process.env.WECHAT_PUSH_ENGINE = 'wasm';
  let api;
  jest.isolateModules(() => (api = { ...require('..'), engine: require('../lib/engine/index.js') }));
  if (before === undefined) delete process.env.WECHAT_PUSH_ENGINE;
  else process.env.WECHAT_PUSH_ENGINE = before;
  return api;
}

/** Has the next call of a function panic in Rust, as a bug would. */
function panicIn(name) {
  const { [name]: real } = instances.at(-1);
  instead[name] = (number) => {
    delete instead[name];
    return real(number, 1e9, 1e9, 0, 0);
  };
}

function memoryOf(exports) {
  return Buffer.from(exports.memory.buffer).toString('latin1');
}

const encrypted = (message) => ({ method: 'POST', ...push({ encrypted: true, message }) });

describeWasm('an instance that fails', () => {
  test('throws what the addon throws, and the accounts go on in another', () => {
    const { createReceiver, checkPush } = load();
    const receivers = [createReceiver(account), createReceiver(modes.plain)];
    const requests = [encrypted(), { method: 'POST', ...push() }];
    expect(checkPush(query, 'AAAAA')).toBe(true);
    for (let round = 1; round < 4; round++) {
      panicIn('receiveMessage');
      expect(() => receivers[0].receive(requests[0])).toThrow(expect.objectContaining(INTERNAL));
      expect(instances).toHaveLength(round);
      for (const [i, receiver] of receivers.entries()) {
        const outcome = receiver.receive(requests[i]);
        expect(outcome).toMatchObject({ message: textMessage });
        expect(receiver.respond(outcome, 'hi').body).toContain(i === 0 ? '<Encrypt>' : 'hi');
      }
      expect(instances).toHaveLength(round + 1);
      expect(checkPush(query, 'AAAAA')).toBe(true);
      expect(checkPush({ ...query, nonce: '1' }, 'AAAAA')).toBe(false);
    }
  });

  test('hands its secrets on, and keeps none', () => {
    const { createReceiver } = load();
    const receiver = createReceiver({ ...account, ...secrets });
    expect(memoryOf(instances[0])).toContain(secrets.token);
    panicIn('receiveHandshake');
    expect(() => receiver.receive({ method: 'GET', url: '/' })).toThrow(expect.objectContaining(INTERNAL));
    expect(receiver.receive({ method: 'GET', url: '/' })).toMatchObject({ type: 'rejected' });
    expect(memoryOf(instances[1])).toContain(secrets.token);
    expect(Buffer.from(instances[0].memory.buffer).every((byte) => byte === 0)).toBe(true);
  });

  test('what was closed is not opened again', () => {
    const { engine } = load();
    const options = { tokens: ['a'], encodingAesKeys: [], appId: undefined, mode: undefined };
    const opened = () => engine.openAccount({ ...options, platform: undefined, tolerance: 0, bodyLimit: 1 });
    const [one, two] = [opened(), opened()];
    forget(one.number);
    panicIn('checkUrl');
    expect(() => engine.checkUrl(two.number, '/', NOW)).toThrow(expect.objectContaining(INTERNAL));
    expect(engine.checkUrl(one.number, '/', NOW)).toBeUndefined();
    expect(engine.checkUrl(two.number, '/', NOW)).toMatch(/^R/);
    expect([opened().number, opened().number]).toEqual([one.number, 2]);
  });

  test('a stack that ends in the middle of a call is no matter afterwards', () => {
    const { createReceiver, checkPush } = load();
    const receiver = createReceiver(account);
    const request = encrypted();
    const seen = new Set();
    const deeper = () => {
      try {
        deeper();
      } catch {
        // Back from the end of the stack, each call has a little more of it.
      }
      try {
        seen.add(receiver.receive(request).type);
      } catch (error) {
        seen.add(error.code ?? error.name);
      }
    };
    deeper();
    expect(seen).toContain('message');
    expect(receiver.receive(request)).toMatchObject({ message: textMessage });
    expect(checkPush(query, 'AAAAA')).toBe(true);
  });
});

describeWasm('its memory', () => {
  test('has nothing of an account or a Token that nobody has any more', () => {
    const { createReceiver, checkPush } = load();
    createReceiver({ ...account, ...secrets });
    checkPush(query, secrets.token);
    const key = Buffer.from(`${secrets.encodingAESKey}=`, 'base64').toString('latin1');
    expect(memoryOf(instances[0])).toContain(secrets.token);
    expect(memoryOf(instances[0])).toContain(secrets.encodingAESKey);
    for (const number of [0, 1]) forget(number);
    const memory = memoryOf(instances[0]);
    expect(memory).not.toContain(secrets.token);
    expect(memory).not.toContain(secrets.encodingAESKey);
    expect(memory).not.toContain(key);
  });

  test('has nothing of the options of an explanation', () => {
    const { explainPush } = load();
    const text = 'signature=x&timestamp=1714036504&nonce=1';
    explainPush(
      text,
      [
        { ...account, ...secrets, name: 'a' },
        { ...account, name: 'b' },
      ].slice(0, 1),
    );
    expect(memoryOf(instances[0])).not.toContain(secrets.token);
    expect(memoryOf(instances[0])).not.toContain(secrets.encodingAESKey);
  });

  test('grows under a call, and what was written and is returned are right', () => {
    const { createReceiver } = load();
    const receiver = createReceiver({ ...account, bodyLimit: 1 << 24 });
    for (const length of [100, 70_000, 10, 1_000_000, 3, 4_000_000]) {
      const message = { ...textMessage, Content: '好'.repeat(length) };
      const outcome = receiver.receive(encrypted(message));
      expect(outcome.message.Content === message.Content).toBe(true);
      expect(outcome.raw).toContain(message.Content.slice(0, 100));
    }
  });

  test('is given back when one push has taken much of it', () => {
    const { createReceiver } = load();
    const receiver = createReceiver({ ...modes.plain, bodyLimit: 1 << 26 });
    const large = push({ message: { ...textMessage, Content: 'x'.repeat(30_000_000) } });
    expect(receiver.receive({ method: 'POST', ...large }).message.Content).toHaveLength(30_000_000);
    expect(instances[0].memory.buffer.byteLength).toBeGreaterThan(64 << 20);
    expect(receiver.receive({ method: 'POST', ...push() })).toMatchObject({ message: textMessage });
    expect(instances).toHaveLength(2);
    expect(instances[1].memory.buffer.byteLength).toBeLessThan(8 << 20);
  });

  test('holds a thousand accounts without a new instance for each', () => {
    const { createReceiver } = load();
    const receivers = Array.from({ length: 1000 }, (_, i) =>
      createReceiver({ ...account, token: `token${i}` }),
    );
    panicIn('receiveHandshake');
    expect(() => receivers[7].receive({ method: 'GET', url: '/' })).toThrow(
      expect.objectContaining(INTERNAL),
    );
    for (const receiver of receivers) receiver.receive({ method: 'GET', url: '/' });
    expect(instances).toHaveLength(2);
  });
});

describeWasm('random bytes', () => {
  test('are never used twice, over many refills', () => {
    const { createReceiver } = load();
    const receiver = createReceiver(account);
    const outcome = receiver.receive(encrypted());
    const bodies = Array.from({ length: 500 }, () => receiver.respond(outcome, 'hi', NOW).body);
    expect(new Set(bodies.map((body) => /<Encrypt>(.*)<\/Encrypt>/.exec(body)[1])).size).toBe(500);
  });
});

describeWasm('both engines', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: fc.integer({ min: 0xd7f0, max: 0xe010 }).map((unit) => String.fromCharCode(unit)) }),
    fc.constantFrom('x'.repeat(20_000), '好'.repeat(30_000), 'é'.repeat(70_000)),
  );

  /** The same calls of both, with the same accounts. */
  function sides() {
    const options = { tokens: ['AAAAA'], encodingAesKeys: [account.encodingAESKey], appId: account.appId };
    const more = { mode: undefined, platform: undefined, tolerance: 0, bodyLimit: 1 << 24 };
    const addon = createRequire(__filename)('../lib/engine/addon.js');
    const { engine: wasm } = load();
    return [addon, wasm].map((engine) => {
      const { number } = engine.openAccount({ ...options, ...more });
      return { engine, number, check: engine.checker('AAAAA') };
    });
  }

  /** Texts in pieces are the same texts. */
  const whole = (received) =>
    Array.isArray(received) ? received.map((one) => [one].flat().join('')) : received;

  test('return the same, whatever they are given', () => {
    const [one, other] = sides();
    const same = (call) => expect(whole(call(other))).toEqual(whole(call(one)));
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (a, b, c, flag) => {
        const url = push().url + a;
        const body = push({ message: { ...textMessage, Content: b } }).body;
        const foreign = push({
          encrypted: true,
          account: { ...account, token: 'AAAAA', appId: `wx${c.slice(0, 9)}` },
        });
        same(({ engine, number }) => engine.receiveHandshake(number, url));
        same(({ engine, number }) => engine.receiveMessage(number, url, body, NOW, flag));
        same(({ engine, number }) => engine.receiveMessage(number, url, Buffer.from(b), NOW, flag));
        same(({ engine, number }) => engine.receiveMessage(number, push().url, c, NOW, flag));
        same(({ engine, number }) => engine.receiveMessage(number, foreign.url, foreign.body, NOW, flag));
        same(({ engine, number }) => engine.checkUrl(number, url, NOW));
        same(({ engine, number }) => engine.plaintext(number, c, flag));
        same(({ engine, number }) => engine.reply(number, a, b, NOW, flag));
        same(({ engine, number }) => engine.reply(number, 'xpr01\x1eo1\x1egh_1\x1e15', b, NOW, false));
        same(({ engine, number }) => engine.readAnswer(number, a, c, b, flag));
        same(({ engine }) => engine.query(url));
        same(({ engine }) => engine.rejection(a, 7) ?? engine.rejection('body_too_large', 7));
        same(({ engine }) => engine.doubtfulToken(c));
        same(({ engine }) => engine.split(b, 16, flag).map((part) => [part].flat().join('')));
        same(({ engine }) => engine.payEventSigMatches(a, b, c, a));
        same(({ engine }) => engine.answerFlaw(flag ? 302 : 200, a, flag ? b : undefined));
        same(({ engine }) => engine.echoFlaw(Buffer.from(a), b));
        same(({ check }) => check(a, b, c));
        same(({ check }) => check(query.signature, query.timestamp, query.nonce));
        const request = { method: 'POST', text: a, body: Buffer.from(b), parsed: flag, now: NOW };
        same(({ engine, number }) => engine.explainFor(number, request, flag));
      }),
      { numRuns: runs(60) },
    );
  });

  test('say the same', () => {
    const [one, other] = sides();
    const { reasons, replies } = require('../core/hints.json');
    expect(other.engine.platforms()).toEqual(one.engine.platforms());
    for (const chinese of [false, true]) {
      for (const reason of Object.keys(reasons)) {
        expect(other.engine.hint(reason, chinese)).toBe(one.engine.hint(reason, chinese));
        expect(one.engine.hint(reason, chinese)).not.toBe('');
      }
    }
    for (const rule of Object.keys(replies)) {
      expect(other.engine.objection(rule)).toBe(one.engine.objection(rule));
    }
    expect(Object.keys(other.engine).toSorted()).toEqual(Object.keys(one.engine).toSorted());
  });
});
