'use strict';

// Events of cloud functions, as the documentation of their hosts shows them; the conformance suite runs on them too.

const fc = require('fast-check');
const { memoryStore } = require('../..');
const { messagePush } = require('../../serverless.js');
const { signedQuery } = require('../support/servers.js');
const { account, modes, openReply, push, textMessage, write } = require('../support/wechat.js');

/** A store that is not the memory store, and tells when it has recorded. */
function sharedStore(told = []) {
  const memory = memoryStore();
  const slow =
    (name) =>
    async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      told.push(name);
      return memory[name](...args);
    };
  return { ...memory, finish: slow('finish'), release: slow('release') };
}

const options = () => ({ ...account, store: sharedStore() });

/** What a GET with this query is, by host: from a raw query, or from the parameters. */
const events = {
  'AWS API Gateway, HTTP API': (raw, all) => ({
    version: '2.0',
    routeKey: 'ANY /wx',
    rawPath: '/prod/wx',
    rawQueryString: raw,
    headers: { accept: '*/*', host: 'r3pmxmplak.execute-api.us-east-2.amazonaws.com' },
    queryStringParameters: all,
    requestContext: {
      accountId: '123456789012',
      http: { method: 'GET', path: '/prod/wx', protocol: 'HTTP/1.1', sourceIp: '1.2.3.4', userAgent: '-' },
      stage: 'prod',
    },
    isBase64Encoded: false,
  }),
  'AWS API Gateway, REST API': (raw, all) => ({
    resource: '/wx',
    path: '/wx',
    httpMethod: 'GET',
    headers: { Accept: '*/*' },
    multiValueHeaders: { Accept: ['*/*'] },
    queryStringParameters: all,
    multiValueQueryStringParameters: Object.fromEntries(
      Object.entries(all).map(([name, value]) => [name, [value]]),
    ),
    pathParameters: null,
    stageVariables: null,
    requestContext: { httpMethod: 'GET', path: '/prod/wx', stage: 'prod' },
    body: null,
    isBase64Encoded: false,
  }),
  'AWS load balancer': (raw) => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/a/b' } },
    httpMethod: 'GET',
    path: '/wx',
    queryStringParameters: Object.fromEntries(raw.split('&').map((pair) => pair.split('='))),
    headers: { accept: '*/*' },
    body: '',
    isBase64Encoded: false,
  }),
  'Tencent SCF, API gateway': (raw, all) => ({
    requestContext: {
      serviceId: 'service-f94sy04v',
      path: '/wx/{path}',
      httpMethod: 'GET',
      stage: 'release',
    },
    headers: { 'User-Agent': 'Mozilla/4.0' },
    body: '',
    pathParameters: { path: 'value' },
    queryStringParameters: { declared: 'bar' },
    headerParameters: { Refer: '10.0.2.14' },
    stageVariables: { stage: 'release' },
    path: '/wx/value',
    queryString: { declared: 'bar', ...all },
    httpMethod: 'GET',
  }),
  CloudBase: (raw, all) => ({
    path: '/',
    httpMethod: 'GET',
    headers: { host: 'env-1.service.tcloudbase.com' },
    queryStringParameters: all,
    requestContext: { appId: '1', envId: 'env-1' },
    body: '',
    isBase64Encoded: false,
  }),
  uniCloud: (raw, all) => ({
    path: '/a/b',
    httpMethod: 'GET',
    headers: { 'x-real-ip': '1.2.3.4' },
    queryStringParameters: all,
    isBase64Encoded: false,
  }),
  'Aliyun FC 3, as text': (raw, all) => JSON.stringify(ofAliyun(all)),
  'Aliyun FC 3, as bytes': (raw, all) => Buffer.from(JSON.stringify(ofAliyun(all))),
};

function ofAliyun(all) {
  return {
    version: 'v1',
    rawPath: '/wx',
    body: '',
    isBase64Encoded: false,
    headers: { Accept: '*/*' },
    queryParameters: all,
    requestContext: {
      accountId: '1',
      domainName: 'x.cn-hangzhou.fcapp.run',
      http: { method: 'GET', path: '/wx', protocol: 'HTTP/1.1', sourceIp: '1.2.3.4', userAgent: '-' },
      requestId: '1-6',
    },
  };
}

describe.each(Object.entries(events))('%s', (_, event) => {
  const ask = (query) =>
    messagePush(options(), () => {})(event(query, Object.fromEntries(new URLSearchParams(query))), {});

  test('a handshake gets its echostr as text', async () => {
    const answer = await ask(signedQuery(account.token, { echostr: 'a+b/c==' }));
    expect(answer).toMatchObject({ statusCode: 200, body: 'a+b/c==', isBase64Encoded: false });
    expect(answer.headers['Content-Type']).toBe('text/plain; charset=utf-8');
  });

  test('a forged one is refused', async () => {
    const answer = await ask(signedQuery('Sesame', { echostr: '1' }));
    expect(answer).toMatchObject({ statusCode: 400, body: '{"status":400,"data":"check msg error"}' });
  });
});

describe('one parameter twice', () => {
  const twice = Object.fromEntries(new URLSearchParams(signedQuery(account.token)));

  test.each([
    ['joined by a comma', { ...twice, echostr: '1,2' }],
    ['as an array', { ...twice, echostr: ['1', '2'] }],
    ['of the same value', { ...twice, nonce: `${twice.nonce},${twice.nonce}`, echostr: '1' }],
  ])('%s is refused as repeated', async (__, queryStringParameters) => {
    const onReject = jest.fn();
    const call = messagePush({ ...options(), onReject }, () => {});
    const answer = await call({ httpMethod: 'GET', path: '/', queryStringParameters });
    expect(answer.statusCode).toBe(400);
    expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual(['repeated_parameter']);
  });
});

/** A push as an event. */
function pushEvent(more, given) {
  const { url, body } = push({ encrypted: true, ...given });
  const queryStringParameters = Object.fromEntries(new URL(url, 'http://x').searchParams);
  return { httpMethod: 'POST', path: '/', headers: {}, queryStringParameters, body, ...more(body) };
}

test.each([
  ['text', () => ({ isBase64Encoded: false })],
  ['text, with no word about it', () => ({})],
  ['base64', (body) => ({ body: Buffer.from(body).toString('base64'), isBase64Encoded: true })],
])('a body as %s is read, byte for byte', async (_, more) => {
  const handler = jest.fn(({ Content }) => `you said ${Content}`);
  const { statusCode, headers, body } = await messagePush(options(), handler)(pushEvent(more));
  expect(statusCode).toBe(200);
  expect(headers['Content-Type']).toBe('application/xml; charset=utf-8');
  expect(openReply(body, account)).toContain('you said 你好 😀');
  expect(handler.mock.calls[0][0]).toEqual(textMessage);
});

test('base64 that is no UTF-8 is refused as it is, and not mended', async () => {
  const onReject = jest.fn();
  const body = Buffer.from('<xml><a>\xff</a></xml>', 'latin1').toString('base64');
  const event = pushEvent(() => ({ body, isBase64Encoded: true }));
  const call = messagePush({ ...modes.plain, store: sharedStore(), onReject }, () => {});
  expect((await call(event)).statusCode).toBe(400);
  expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual(['invalid_utf8']);
});

test('what has to be recorded is recorded before the answer', async () => {
  const told = [];
  const handler = jest.fn(() => 'the reply');
  const call = messagePush({ ...account, store: sharedStore(told) }, handler);
  const event = pushEvent(() => ({}));
  await call(event);
  expect(told).toEqual(['finish']);
  expect(openReply((await call(event)).body, account)).toContain('the reply');
  expect(handler).toHaveBeenCalledTimes(1);
});

test("a handler's error is recorded, a 500 and a warning", async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const told = [];
  const call = messagePush({ ...account, store: sharedStore(told) }, () => {
    throw new Error('no luck');
  });
  expect(await call(pushEvent(() => ({})))).toMatchObject({ statusCode: 500, body: '' });
  expect(told).toEqual(['release']);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('no luck'), { code: 'WECHAT_PUSH_FAILED' });
  warn.mockRestore();
});

test('whatever stands in the places of an event, it is answered or named', async () => {
  const call = messagePush({ ...options(), onReject: () => {} }, () => {});
  const query = { ...Object.fromEntries(new URLSearchParams(signedQuery(account.token))), echostr: '1' };
  const samples = Object.values(events).map((event) => event(new URLSearchParams(query).toString(), query));
  const objects = samples.filter((event) => typeof event === 'object' && !Buffer.isBuffer(event));
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom({ toString: 1 }, { __proto__: null }, [[]], '%', '\ud800'),
  );
  const changes = fc.tuple(fc.constantFrom(...objects), fc.array(fc.tuple(fc.nat(), odd), { maxLength: 4 }));
  await fc.assert(
    fc.asyncProperty(changes, async ([sample, changed]) => {
      const event = structuredClone(sample);
      for (const [place, value] of changed) Object.assign(...placeIn(event, place, structuredClone(value)));
      const answer = await call(event).catch((error) => error);
      if (answer instanceof Error) expect(answer.code).toBe('ERR_WECHAT_PUSH_EVENT');
      else expect([200, 400, 405]).toContain(answer.statusCode);
    }),
    { numRuns: 500 },
  );
});

/** An object of an event, and what to put into it. */
function placeIn(event, number, value) {
  const names = Object.keys(event);
  const name = names[number % names.length];
  const isInside = number % 2 === 1 && typeof event[name] === 'object' && event[name] !== null;
  if (isInside && Object.keys(event[name]).length > 0) return placeIn(event[name], number >> 1, value);
  return [event, { [name]: value }];
}

test.each([
  ['nothing', undefined, 'of type undefined'],
  ['null', null, 'of type object'],
  ['a timer', { Type: 'Timer', TriggerName: 'a', Time: '2026-01-01T00:00:00Z' }, 'Type, TriggerName, Time'],
  ['a list', [1], 'an object with 0'],
  ['text that is no JSON', 'hello', 'of type string'],
  ['a number', 7, 'of type number'],
  ['JSON of a number', '7', 'of type number'],
  ['a thousand fields', Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, 1])), 'f19,'],
])('an event that is %s is a clear error', async (_, event, words) => {
  const call = messagePush(options(), () => {});
  const error = await call(event).catch((thrown) => thrown);
  expect(error).toBeInstanceOf(TypeError);
  expect(error.code).toBe('ERR_WECHAT_PUSH_EVENT');
  expect(error.message).toContain(words);
  expect(error.message).toContain('AWS API Gateway');
  expect(error.message.length).toBeLessThan(900);
});

test('without a handler it is a TypeError', () => {
  expect(() => messagePush(account)).toThrow(
    expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'handler' }),
  );
});

describe('an event that is the push itself', () => {
  const trusting = (more) => ({ trust: 'cloudrun', store: sharedStore(), ...more });
  const { FromUserName } = textMessage;
  /** In the forms in which a host tells who called, also in both, of which one says nothing. */
  const contexts = (source) => [
    { environment: '{"TCB_SOURCE":""}', environ: `TCB_SOURCE=${source}` },
    { environment: { TCB_SOURCE: [source] } },
    { environment: JSON.stringify({ TCB_SOURCE: source }) },
    { environment: { TCB_SOURCE: source } },
    { environ: `WX_OPENID=o1;TCB_SOURCE=${source};WX_APPID=wx1` },
  ];

  afterEach(() => {
    delete process.env.TCB_SOURCE;
  });

  test('is handled, and the reply is what the function returns', async () => {
    const { ToUserName, CreateTime } = textMessage;
    const addresses = { ToUserName, FromUserName, CreateTime };
    const event = { ...addresses, MsgType: 'event', Event: 'xpay_goods_deliver_notify', OpenId: 'o2' };
    const handler = jest.fn((_, { user }) => ({ ErrCode: 0, ErrMsg: `success, ${user}` }));
    const call = messagePush(trusting(), handler);
    expect(await call(event, {})).toEqual({ ErrCode: 0, ErrMsg: 'success, o2' });
    expect(handler.mock.calls[0]).toMatchObject([event, { format: 'json', encrypted: false }]);
    expect(handler.mock.calls[0][1].request).toBe(event);
  });

  test('is handled once, with an id of its own kind', async () => {
    const handler = jest.fn();
    const call = messagePush(trusting(), handler);
    const message = { ...textMessage, MsgId: '49d72d67-0000-4f3a-9f0d-1f1f1f1f1f1f_1555684067' };
    expect(await call(message)).toBe('success');
    expect(await call(message)).toBe('success');
    expect(handler).toHaveBeenCalledTimes(1);
  });

  test('may hand the user over to customer service', async () => {
    const { reply } = require('../..');
    const call = messagePush(trusting({ platform: 'mini-program' }), () => reply.transferCustomerService());
    expect(await call(textMessage)).toEqual({
      ToUserName: FromUserName,
      FromUserName: textMessage.ToUserName,
      CreateTime: expect.any(Number),
      MsgType: 'transfer_customer_service',
    });
  });

  test('fails where the handler does, so that it is called again', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const handler = jest.fn().mockRejectedValueOnce(new Error('no luck')).mockResolvedValueOnce('');
    const call = messagePush(trusting(), handler);
    await expect(call(textMessage)).rejects.toThrow('no luck');
    expect(await call(textMessage)).toBe('success');
    warn.mockRestore();
  });

  test('is refused without trust', async () => {
    const onReject = jest.fn();
    const handler = jest.fn();
    const call = messagePush({ ...options(), onReject }, handler);
    await expect(call(textMessage)).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_EVENT', status: 400 });
    await expect(call(textMessage)).rejects.toThrow(/trust: 'cloudrun'/);
    expect(handler).not.toHaveBeenCalled();
    expect(onReject).toHaveBeenCalledTimes(2);
  });

  test.each(
    ['wx_client', 'wx_http', 'wx_crawler', 'scf,wx_client', 'wx_client, scf'].flatMap((source) =>
      contexts(source).map((context) => [source, context]),
    ),
  )('is refused when %s called, which can send anything: %j', async (_, context) => {
    const onReject = jest.fn();
    const handler = jest.fn();
    const call = messagePush(trusting({ onReject }), handler);
    await expect(call(textMessage, context)).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_EVENT' });
    expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual(['outside_cloud']);
    expect(handler).not.toHaveBeenCalled();
  });

  test('is refused when the environment says so', async () => {
    process.env.TCB_SOURCE = 'wx_client';
    await expect(messagePush(trusting({ onReject() {} }), () => {})(textMessage)).rejects.toThrow(/client/);
  });

  test.each(['wx_unknown', 'wx_devtools', 'scf', ''].flatMap(contexts))(
    'is taken from anybody else: %j',
    async (context) => {
      expect(await messagePush(trusting(), () => {})(textMessage, context)).toBe('success');
    },
  );

  test('cannot pass for HTTP, nor HTTP for it', async () => {
    const onReject = jest.fn();
    const call = messagePush(trusting({ onReject }), () => {});
    const headers = { 'x-wx-source': 'wx_unknown', 'X-WX-SOURCES': 'wx_unknown' };
    const asked = {
      httpMethod: 'POST',
      path: '/',
      queryStringParameters: {},
      body: write(textMessage, 'json'),
    };
    const more = [{ headers }, { multiValueHeaders: { 'x-wx-source': ['x'] } }, { headers, ...textMessage }];
    for (const one of more) expect(await call({ ...asked, ...one })).toMatchObject({ statusCode: 400 });
    expect(onReject.mock.calls.map(([{ reason }]) => reason)).toEqual(more.map(() => 'outside_cloud'));
  });

  test('whatever it is, the function answers or rejects with an error of ours', async () => {
    const call = messagePush(trusting({ onReject() {} }), () => {});
    const event = fc.oneof(
      fc.anything(),
      fc.record({ MsgType: fc.anything(), Event: fc.anything(), InfoType: fc.anything() }),
    );
    await fc.assert(
      fc.asyncProperty(event, fc.anything(), async (given, context) => {
        const answer = await call(given, context).catch((error) => error);
        if (answer instanceof Error) expect(answer.code).toBe('ERR_WECHAT_PUSH_EVENT');
        else expect(answer.statusCode ?? answer).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });
});
