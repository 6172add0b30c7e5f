'use strict';

// customerService as a carrier: real sockets to a server that plays WeChat's API, real records.

const { memoryStore, reply } = require('..');
const { customerService } = require('../api.js');
const { systemClock } = require('../lib/clock.js');
const { openCustomerService } = require('../lib/api/customer-service.js');
const { createApiServer } = require('../testing.js');
const { event, fastClock, textMessage, undelivered } = require('./support/api.js');

const SEND = 'cgi-bin/message/custom/send';
const MINI = { id: 'wx1', appId: 'wx1', platform: 'mini-program' };
const OFFICIAL = { id: 'wx1', appId: 'wx1', platform: 'official-account' };
/** Sentences that can be told apart. */
const sentences = (count) => Array.from({ length: count }, (_, i) => `第${i}句话说的是这一件事情。`).join('');

let server;
beforeEach(async () => {
  server = await createApiServer();
});
afterEach(() => server.close());

const open = (more, clock = systemClock) =>
  openCustomerService({ appSecret: 's1', fetch: server.fetch, ...more }, clock);
const texts = () => server.messages.map(({ text }) => text);
const sends = () => server.calls.filter(({ path }) => path === `/${SEND}`);

/** An answer to a push that the server knows of, too. */
function answerTo(message, more) {
  server.pushed(message);
  return undelivered({ message, ...more });
}

describe('a text', () => {
  test.each([
    ['a string', '你好'],
    ['a reply', reply.text('你好')],
  ])('as %s goes as one message', async (_, value) => {
    const answer = answerTo(textMessage(), { value });
    expect(await open().carry(answer)).toBeUndefined();
    expect(server.messages).toEqual([
      expect.objectContaining({ account: 'wx1', user: 'ouser', kind: 'text', text: '你好' }),
    ]);
    expect(answer.told).toEqual([]);
  });

  test('is cut into parts, in order, each recorded', async () => {
    const value = sentences(200);
    const answer = answerTo(textMessage(), { value });
    expect(await open().carry(answer)).toBeUndefined();
    expect(texts().length).toBeGreaterThan(1);
    expect(texts().join('')).toBe(value);
    for (const text of texts()) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
    expect(answer.told).toEqual(
      texts()
        .slice(1)
        .map((_, i) =>
          texts()
            .slice(i + 1)
            .join(''),
        ),
    );
  });

  test('of a reply stays a reply in what is left', async () => {
    const answer = answerTo(event('user_enter_tempsession'), {
      value: reply.text(sentences(300)),
      account: MINI,
    });
    const left = await open().carry(answer);
    expect(left).toEqual({ MsgType: 'text', Content: expect.stringMatching(/^第/) });
    expect(answer.told.at(-1)).toEqual(left);
    expect(texts().join('') + left.Content).toBe(sentences(300));
  });

  test('that is long and blank at the cut has no blank parts', async () => {
    const blank = ' \n'.repeat(3000);
    const answer = answerTo(textMessage(), { value: `${blank}one${blank}two${blank}` });
    expect(await open().carry(answer)).toBeUndefined();
    expect(texts().map((text) => text.trim())).toEqual(['one', 'two']);
  });

  test('is sent in raw UTF-8', async () => {
    await open().carry(answerTo(textMessage(), { value: '你好😀' }));
    // The server shows \uXXXX as WeChat does.
    expect(texts()).toEqual(['你好😀']);
  });
});

describe('the budget', () => {
  const value = sentences(700);

  test.each([
    ['a message', textMessage(), 5, OFFICIAL],
    ['a menu', event('CLICK', { EventKey: 'a' }), 3, OFFICIAL],
    ['a tap in a message', textMessage({ bizmsgmenuid: '1' }), 3, OFFICIAL],
    ['a scan', event('SCAN'), 3, OFFICIAL],
    ['following', event('subscribe'), 3, OFFICIAL],
    ['entering', event('user_enter_tempsession'), 2, MINI],
  ])(
    'after %s: so many, the last says where the rest goes, and WeChat never has to refuse',
    async (_, message, count, account) => {
      const answer = answerTo(message, { value, account, nextCarrier: 'nextMessage' });
      const left = await open().carry(answer);
      expect(texts()).toHaveLength(count);
      for (const text of texts()) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
      const announcement = '\n\n（未完，回复“继续”查看后面的内容）';
      expect(texts().filter((text) => text.includes('继续'))).toEqual([texts().at(-1)]);
      expect(texts().at(-1)).toMatch(new RegExp(`${announcement}$`));
      expect(texts().join('').replace(announcement, '') + left).toBe(value);
      expect(sends().every(({ answer: { errcode } }) => errcode === 0)).toBe(true);
    },
  );

  test('that is just enough says nothing', async () => {
    const parts = '句'.repeat(682).repeat(5);
    expect(
      await open().carry(answerTo(textMessage(), { value: parts, nextCarrier: 'nextMessage' })),
    ).toBeUndefined();
    expect(texts().join('')).toBe(parts);
  });

  test('without another carrier the last one says nothing, either', async () => {
    const left = await open().carry(answerTo(textMessage(), { value }));
    expect(texts().join('') + left).toBe(value);
  });

  test('the words can be one’s own, and are others for other carriers', async () => {
    const enter = () =>
      answerTo(event('user_enter_tempsession'), { value, account: MINI, nextCarrier: 'mail' });
    await open({ announcement: 'The rest comes by mail.' }).carry(enter());
    expect(texts().at(-1)).toMatch(/\n\nThe rest comes by mail\.$/);
    await open().carry(enter());
    expect(texts().at(-1)).toMatch(/（未完，后面的内容将另行发送）$/);
    await open({ announcement: '' }).carry(enter());
    expect(texts().at(-1)).toMatch(/。$/);
  });

  test('is shared by all answers to a user, and by all processes', async () => {
    const message = textMessage();
    const { records } = memoryStore();
    server.pushed(message);
    const answers = Array.from({ length: 8 }, (_, n) =>
      undelivered({ message, value: `answer ${n}`, records }),
    );
    const left = await Promise.all(answers.map((answer) => open().carry(answer)));
    expect(left.filter((one) => one === undefined)).toHaveLength(5);
    expect(server.messages).toHaveLength(5);
    expect(sends()).toHaveLength(5);
  });

  test('is refilled by a new message, not by the same again, nor by an older one', async () => {
    const { records } = memoryStore();
    const older = textMessage();
    const message = textMessage();
    const five = '句'.repeat(682 * 5);
    const carry = (more) => open().carry(undelivered({ records, value: five, ...more }));
    server.pushed(message);
    expect(await carry({ message })).toBeUndefined();
    expect(await carry({ message })).toBe(five);
    expect(await carry({ message: older })).toBe(five);
    expect(await carry({ message: undefined })).toBe(five);
    const newer = textMessage();
    server.pushed(newer);
    expect(await carry({ message: newer })).toBeUndefined();
    expect(sends()).toHaveLength(10);
  });

  test('of an event does not take away that of a message before it, nor add to it', async () => {
    const { records } = memoryStore();
    const carry = (message, text) => (
      server.pushed(message),
      open().carry(undelivered({ records, message, value: text }))
    );
    expect(await carry(textMessage(), 'one')).toBeUndefined();
    expect(await carry(event('CLICK'), '句'.repeat(682 * 4))).toBeUndefined();
    expect(await carry(event('VIEW'), 'six')).toBe('six');
    expect(server.messages).toHaveLength(5);
  });

  test('of one user is not another’s, and of one account not another’s', async () => {
    const { records } = memoryStore();
    const five = '句'.repeat(682 * 5);
    for (const [user, id] of [
      ['a', 'wx1'],
      ['b', 'wx1'],
      ['a', 'wx2'],
    ]) {
      const message = textMessage({ FromUserName: user });
      server.pushed(message);
      const answer = undelivered({ records, message, user, value: five, account: { id, appId: id } });
      expect(await open().carry(answer)).toBeUndefined();
    }
    expect(server.messages).toHaveLength(15);
  });

  test('ends with its minute', async () => {
    const { records } = memoryStore();
    let later = 0;
    const clock = { ...systemClock, wall: () => Date.now() + later };
    const message = event('SCAN');
    server.pushed(message);
    const carry = () => open({}, clock).carry(undelivered({ records, message }));
    expect(await carry()).toBeUndefined();
    later = 59_000;
    expect(await carry()).toBeUndefined();
    later = 61_000;
    expect(await carry()).toBe('hi');
    expect(sends()).toHaveLength(2);
  });

  test('when WeChat says that it is over, it is, and the rest goes on at once', async () => {
    for (const errcode of [45015, 45047]) {
      const { records } = memoryStore();
      server.answer(SEND, undefined);
      server.answer(SEND, { errcode });
      const answer = answerTo(textMessage(), { value, records });
      await expect(open().carry(answer)).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_API', errcode });
      expect(answer.told).toHaveLength(1);
      const calls = server.calls.length;
      expect(await open().carry(answer)).toBe(value);
      expect(server.calls).toHaveLength(calls);
      expect(await open().carry(answerTo(textMessage(), { records }))).toBeUndefined();
    }
  });

  test('without a push or a record nothing is known, and WeChat is asked', async () => {
    server.pushed(textMessage());
    expect(await open().carry(undelivered({ message: undefined }))).toBeUndefined();
    expect(await open().carry(undelivered({ message: event('LOCATION') }))).toBeUndefined();
    expect(texts()).toEqual(['hi', 'hi']);
  });

  test('a record of another version, or no store, keeps no message back', async () => {
    const { records } = memoryStore();
    await records.set('wx1:budget:ouser', JSON.stringify({ v: 2, message: { left: 0 } }), { ttl: 1000 });
    expect(await open().carry(answerTo(textMessage(), { records }))).toBeUndefined();
    const gone = () => Promise.reject(new Error('gone'));
    const away = { get: gone, set: gone, claimDue: gone };
    const message = textMessage();
    expect(
      await open().carry(answerTo(message, { records: away, value: '句'.repeat(682 * 4) })),
    ).toBeUndefined();
    expect(await open().carry(undelivered({ message, records: away, value: 'five' }))).toBeUndefined();
    expect(await open().carry(undelivered({ message, records: away, value: 'six' }))).toBe('six');
  });
});

describe('other replies', () => {
  const page = { Title: 't', AppId: 'wx9', PagePath: 'p', ThumbMediaId: 'm' };

  test.each([
    [reply.image('M1'), 'image', { media_id: 'M1' }],
    [reply.voice('M1'), 'voice', { media_id: 'M1' }],
    [reply.video({ mediaId: 'M1', title: 't' }), 'video', { media_id: 'M1', title: 't' }],
    [
      reply.music({ thumbMediaId: 'M1', title: 't', description: 'd', musicUrl: 'u', hqMusicUrl: 'h' }),
      'music',
      { title: 't', description: 'd', musicurl: 'u', hqmusicurl: 'h', thumb_media_id: 'M1' },
    ],
    [
      reply.news([{ title: 't', description: 'd', picUrl: 'p', url: 'u' }]),
      'news',
      { articles: [{ title: 't', description: 'd', url: 'u', picurl: 'p' }] },
    ],
    [
      { MsgType: 'miniprogrampage', MiniProgramPage: page },
      'miniprogrampage',
      { title: 't', appid: 'wx9', pagepath: 'p', thumb_media_id: 'm' },
    ],
    [
      { MsgType: 'msgmenu', msgmenu: { list: [{ id: '1', content: 'a' }] } },
      'msgmenu',
      { list: [{ id: '1', content: 'a' }] },
    ],
    [{ MsgType: 'wxcard', wxcard: { card_id: 'c' } }, 'wxcard', { card_id: 'c' }],
  ])('of an official account: %j', async (value, kind, content) => {
    expect(await open().carry(answerTo(textMessage(), { value }))).toBeUndefined();
    expect(server.messages).toEqual([{ account: 'wx1', user: 'ouser', kind, content }]);
  });

  test.each([
    [reply.image('M1'), 'image', { media_id: 'M1' }],
    [
      reply.news([{ title: 't', description: 'd', picUrl: 'p', url: 'u' }]),
      'link',
      { title: 't', description: 'd', url: 'u', thumb_url: 'p' },
    ],
    [
      { MsgType: 'link', Link: { Title: 't', Url: 'u', ThumbUrl: 'p' } },
      'link',
      { title: 't', url: 'u', thumb_url: 'p' },
    ],
    [{ MsgType: 'miniprogrampage', miniprogrampage: { title: 't' } }, 'miniprogrampage', { title: 't' }],
  ])('of a mini program: %j', async (value, kind, content) => {
    expect(await open().carry(answerTo(textMessage(), { value, account: MINI }))).toBeUndefined();
    expect(server.messages).toEqual([{ account: 'wx1', user: 'ouser', kind, content }]);
  });

  test.each([
    [reply.voice('M1'), MINI],
    [{ MsgType: 'wxcard', wxcard: { card_id: 'c' } }, MINI],
    [{ MsgType: 'link', Link: { Title: 't' } }, OFFICIAL],
    [reply.transferCustomerService(), OFFICIAL],
    [reply.news([]), OFFICIAL],
    [{ ErrCode: 0 }, OFFICIAL],
    [{ MsgType: 'constructor' }, OFFICIAL],
    [{ MsgType: 'image' }, OFFICIAL],
  ])(
    'what has no such message is left, costs nothing, and the error says why: %j',
    async (value, account) => {
      const { records } = memoryStore();
      const message = textMessage();
      const error = await open()
        .carry(answerTo(message, { value, account, records }))
        .catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'ERR_WECHAT_PUSH_API', reason: 'not_taken', temporary: false });
      expect(error.message).toContain(String(value.MsgType));
      expect(server.calls).toEqual([]);
      expect(
        await open().carry(undelivered({ message, records, value: '句'.repeat(682 * 5) })),
      ).toBeUndefined();
    },
  );

  test('several articles are several messages, as far as the budget goes', async () => {
    const articles = Array.from({ length: 4 }, (_, i) => ({ title: `t${i}` }));
    const answer = answerTo(event('SCAN'), { value: reply.news(articles), nextCarrier: 'mail' });
    const left = await open().carry(answer);
    expect(
      server.messages.map(({ kind, content, text }) => text ?? [kind, content.articles[0].title]),
    ).toEqual([['news', 't0'], ['news', 't1'], '（未完，后面的内容将另行发送）']);
    expect(left).toEqual({
      MsgType: 'news',
      ArticleCount: 2,
      Articles: { item: [{ Title: 't2' }, { Title: 't3' }] },
    });
  });
});

describe('an API that does not work', () => {
  test.each([
    ['down', 'down', {}],
    ['slow beyond the deadline', 'hang', {}],
    ['answering HTML', 'html', {}],
    ['502', 'html', { status: 502 }],
    ['busy', { errcode: -1 }, {}],
  ])('that is %s twice gets the message the third time', async (_, answer, options) => {
    server.answer(SEND, answer, { times: 2, ...options });
    expect(await open({}, fastClock).carry(answerTo(textMessage()))).toBeUndefined();
    expect(texts()).toEqual(['hi']);
    expect(sends()).toHaveLength(3);
  });

  test('for longer is left to the next carrier, with what has not gone', async () => {
    const value = sentences(200);
    const answer = answerTo(textMessage(), { value });
    server.answer(SEND, undefined);
    server.answer(SEND, 'down', { times: Infinity });
    const before = fastClock.now();
    await expect(open({}, fastClock).carry(answer)).rejects.toMatchObject({
      code: 'ERR_WECHAT_PUSH_API',
      reason: 'unreachable',
    });
    expect(fastClock.now() - before).toBeGreaterThanOrEqual(5000);
    expect(sends()).toHaveLength(4);
    expect(answer.told).toEqual([value.slice(texts()[0].length)]);
  });

  test('tries take 30 seconds at most', async () => {
    // The time of the waiting alone, not that of this machine.
    let waited = 0;
    const clock = {
      ...fastClock,
      now: () => waited,
      setTimeout: (call, ms) =>
        setTimeout(() => {
          waited += ms;
          call();
        }, ms / 20),
    };
    server.answer(SEND, 'hang', { times: Infinity });
    await expect(open({}, clock).carry(answerTo(textMessage()))).rejects.toMatchObject({ reason: 'timeout' });
    expect(waited).toBeLessThanOrEqual(30_000);
    expect(sends()).toHaveLength(3);
  });

  test.each([[40003], [40164], [45002], [45009], [48001], [50002]])(
    '%s is no case for trying again',
    async (errcode) => {
      server.answer(SEND, { errcode });
      await expect(open().carry(answerTo(textMessage()))).rejects.toMatchObject({
        errcode,
        detail: expect.any(String),
        zh: expect.any(String),
      });
      expect(sends()).toHaveLength(1);
    },
  );

  test('a rejected token is replaced, and rejected twice is an error', async () => {
    const { records } = memoryStore();
    await open().carry(answerTo(textMessage(), { records }));
    server.replaceTokens();
    await open().carry(answerTo(textMessage(), { records }));
    expect(texts()).toEqual(['hi', 'hi']);
    server.answer(SEND, { errcode: 40001 }, { times: 2 });
    await expect(open().carry(answerTo(textMessage(), { records }))).rejects.toMatchObject({
      errcode: 40001,
    });
  });

  test('a wrong secret', async () => {
    server.answer('cgi-bin/stable_token', { errcode: 40125, errmsg: 'invalid appsecret s1' });
    const error = await open()
      .carry(answerTo(textMessage()))
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ errcode: 40125, path: '/cgi-bin/stable_token' });
    expect(require('node:util').inspect(error)).not.toMatch(/\bs1\b/);
  });

  test('what cannot be recorded is not gone on with', async () => {
    const progress = () =>
      Promise.reject(Object.assign(new Error('away'), { code: 'ERR_WECHAT_PUSH_STORE' }));
    const answer = answerTo(textMessage(), { value: sentences(300), progress });
    await expect(open().carry(answer)).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_STORE' });
    expect(sends()).toHaveLength(1);
  });

  test('the signal ends the waiting', async () => {
    const ending = new AbortController();
    server.answer(SEND, 'down', { times: Infinity });
    const waiting = open({}, undefined)
      .carry(answerTo(textMessage(), { signal: ending.signal }))
      .catch((error) => error);
    while (sends().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    ending.abort(new Error('the process ends'));
    expect((await waiting).message).toMatch('the process ends');
    expect(sends()).toHaveLength(1);
  });
});

describe('working', () => {
  test('shows that one is typing, until the answer comes', async () => {
    const answer = answerTo(textMessage());
    await open().working(answer);
    expect(server.isTyping('ouser')).toBe(true);
    await open().carry(answer);
    expect(server.isTyping('ouser')).toBe(false);
  });

  test('never fails', async () => {
    await open().working(undelivered());
    server.answer('*', 'down');
    await open().working(undelivered());
    await open({
      appSecret: undefined,
      accessToken: () => {
        throw new Error('no');
      },
    }).working(undelivered());
  });
});

describe('the token', () => {
  test('can come from elsewhere, by account; a rejected one is asked for again', async () => {
    const asked = [];
    const tokens = () =>
      fetch(`${server.url}/cgi-bin/token?appid=wx1&secret=s`).then((response) => response.json());
    const accessToken = async (about) => {
      asked.push(about);
      return about.rejected || asked.length > 2 ? (await tokens()).access_token : 'old';
    };
    const { carry } = open({ appSecret: undefined, accessToken });
    expect(await carry(answerTo(textMessage()))).toBeUndefined();
    expect(asked).toEqual([{ account: OFFICIAL }, { account: OFFICIAL, rejected: 'old' }]);
    expect(texts()).toEqual(['hi']);
  });

  test.each([[''], [undefined], [{ access_token: 'x' }]])('that is %j is no token', async (token) => {
    const { carry } = open({ appSecret: undefined, accessToken: () => token });
    await expect(carry(answerTo(textMessage()))).rejects.toMatchObject({ option: 'accessToken' });
  });

  test('the secret can be each account’s own', async () => {
    const secrets = { wx1: 's1', wx2: 's2' };
    const both = await createApiServer({ secrets });
    const { carry } = open({ appSecret: ({ account }) => secrets[account.id], fetch: both.fetch });
    const message = textMessage();
    both.pushed(message);
    for (const id of ['wx1', 'wx2']) await carry(undelivered({ message, account: { id, appId: id } }));
    expect(both.messages.map(({ account }) => account)).toEqual(['wx1', 'wx2']);
    const unknown = undelivered({ message, account: { id: 'wx3', appId: 'wx3' } });
    await expect(carry(unknown)).rejects.toMatchObject({ option: 'appSecret' });
    await both.close();
  });

  test('needs an AppID', async () => {
    const account = { id: 'a hash' };
    await expect(open().carry(answerTo(textMessage(), { account }))).rejects.toMatchObject({
      option: 'appId',
    });
    expect(await open({ appId: 'wx1' }).carry(answerTo(textMessage(), { account }))).toBeUndefined();
  });
});

test.each([
  ['appSecret', {}],
  ['appSecret', { appSecret: undefined }],
  ['appSecret', { appSecret: 's', accessToken() {} }],
  ['appSecret', { appSecret: 1 }],
  ['accessToken', { accessToken: 'token' }],
  ['announcement', { appSecret: 's', announcement: 1 }],
  ['announcement', { appSecret: 's', announcement: '长'.repeat(201) }],
  ['prompt', { appSecret: 's', prompt: 'x' }],
])('a wrong option is refused: %s', (option, options) => {
  expect(() => customerService(options)).toThrow(
    expect.objectContaining({ code: 'ERR_WECHAT_PUSH_OPTIONS', option }),
  );
});
