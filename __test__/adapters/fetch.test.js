'use strict';

// What is a web server's own: the signal of a request, work after the answer, bodies that were read.

const { messagePush } = require('../../fetch.js');
const { account, modes, openReply, push } = require('../support/wechat.js');

/** A push as a `Request`. */
function requestOf({ url, body } = push(), more) {
  return new Request(`http://localhost${url}`, { method: 'POST', body, ...more });
}

/** A handler that waits to be let go on, and what it was called with. */
function gated() {
  const [entered, enter] = deferred();
  const [opened, open] = deferred();
  const handler = jest.fn(async (message, context) => {
    enter(context);
    await opened;
    return 'the reply';
  });
  return { handler, entered, open };
}

function deferred() {
  let resolve;
  return [new Promise((settle) => (resolve = settle)), resolve];
}

test('answers with a Response; the context has the Request', async () => {
  const seen = jest.fn();
  const respond = messagePush(account, ({ Content }, { request }) => {
    seen(request);
    return `you said ${Content}`;
  });
  const request = requestOf(push({ encrypted: true }));
  const response = await respond(request);
  expect(response).toBeInstanceOf(Response);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  expect(openReply(await response.text(), account)).toContain('you said 你好');
  expect(seen.mock.calls).toEqual([[request]]);
});

test.each([undefined, null, {}, 'handler'])('without a handler, but %p, it is a TypeError', (handler) => {
  const make = () => messagePush(account, handler);
  expect(make).toThrow(TypeError);
  expect(make).toThrow(expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'handler' }));
});

test('a signal that fires: the handler goes on, and its answer is kept for the retry', async () => {
  const { handler, entered, open } = gated();
  const respond = messagePush(modes.plain, handler);
  const sent = push();
  const aborter = new AbortController();
  const first = respond(requestOf(sent, { signal: aborter.signal }));
  const context = await entered;
  aborter.abort();
  expect((await first).status).toBe(503);
  expect(context.signal.aborted).toBe(false);
  open();
  expect(await (await respond(requestOf(sent))).text()).toContain('the reply');
  expect(handler).toHaveBeenCalledTimes(1);
});

test('a signal that had fired before: the answer is kept as well', async () => {
  const handler = jest.fn(() => 'the reply');
  const respond = messagePush(modes.plain, handler);
  const sent = push();
  const body = new ReadableStream({
    pull(controller) {
      controller.enqueue(Buffer.from(sent.body));
      controller.close();
    },
  });
  const request = { ...fields(requestOf(sent)), body, signal: AbortSignal.abort() };
  expect((await respond(request)).status).toBe(503);
  expect(await (await respond(requestOf(sent))).text()).toContain('the reply');
  expect(handler).toHaveBeenCalledTimes(1);
});

test('waitUntil gets the work that goes on after the answer, called as a method', async () => {
  const work = [];
  class Context {
    #own = work;
    waitUntil(promise) {
      this.#own.push(promise);
    }
  }
  const respond = messagePush(modes.plain, () => 'the reply');
  await respond(requestOf(), new Context());
  expect(work).toHaveLength(1);
  await work[0];
});

test.each([undefined, null, {}, { waitUntil: 'no' }, () => {}])(
  'a host that gives %p is no matter',
  async (host) => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const respond = messagePush(modes.plain, () => 'the reply');
    expect((await respond(requestOf(), host)).status).toBe(200);
    warn.mockRestore();
  },
);

test.each([
  ['was read', (request) => request.text()],
  ['is being read', (request) => void request.text()],
  ['has a reader', (request) => void request.body.getReader()],
  ['was read by a part', (request) => readPart(request.body)],
])('a body that %s is refused at once: body_consumed', async (_, consume) => {
  const onReject = jest.fn();
  const respond = messagePush({ ...modes.plain, onReject }, () => {});
  const request = requestOf();
  await consume(request);
  expect((await respond(request)).status).toBe(400);
  expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual(['body_consumed']);
});

test("a handler's error is a 500 and a warning", async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const respond = messagePush(modes.plain, () => {
    throw new Error('no luck');
  });
  const response = await respond(requestOf());
  expect([response.status, await response.text()]).toEqual([500, '']);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('no luck'), { code: 'WECHAT_PUSH_FAILED' });
  warn.mockRestore();
});

async function readPart(stream) {
  const reader = stream.getReader();
  await reader.read();
  reader.releaseLock();
}

/** Some of a request. */
function fields({ method, url, headers, bodyUsed }) {
  return { method, url, headers, bodyUsed };
}
