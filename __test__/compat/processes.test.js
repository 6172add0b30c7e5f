'use strict';

// A bot that was written for `wechat`, in three processes with a real Redis.

const { messageOf, say } = require('../support/old-bots.js');
const { killProcesses, startProcess } = require('../support/processes.js');
const { describeWithOwnRedis, ownPrefix, ownRedis } = require('../support/redis.js');

jest.setTimeout(60_000);

describeWithOwnRedis('three processes', () => {
  let redis;
  let processes;
  beforeAll(async () => {
    redis = await ownRedis();
    const options = { url: redis.url, prefix: ownPrefix() };
    const start = (more) => startProcess({ ...options, ...more }, { file: 'old-bot-server.js' });
    processes = await Promise.all([start(), start(), start({ isForgetful: true })]);
  });
  afterAll(async () => {
    await killProcesses();
    await redis?.stop();
  });

  /** Asks one of them. */
  const ask = (index, text, options) =>
    say(processes[index].url.slice(0, -1), text, { encrypted: true, ...options });

  test('share req.wxsession', async () => {
    const user = 'oSession';
    const answers = [];
    for (const [index, text] of [
      [0, 'one'],
      [1, 'two'],
      [0, 'three'],
    ])
      answers.push((await ask(index, text, { user })).Content.split(' '));
    expect(answers.map(([, said]) => said)).toEqual(['one', 'one+two', 'one+two+three']);
    expect(new Set(answers.map(([pid]) => pid)).size).toBe(2);
  });

  test('share whose turn it is in a list, and its end', async () => {
    const user = 'oList';
    expect((await ask(0, 'list', { user })).Content).toBe('回复a');
    const [first, second] = [await ask(0, 'a', { user }), await ask(1, 'a', { user })];
    expect([first.Content, second.Content]).toEqual([
      expect.stringMatching(/^a of \d+$/),
      expect.stringMatching(/^a of \d+$/),
    ]);
    expect(first.Content).not.toBe(second.Content);
    // One that does not know the list hands the text to the handler, and does not fail.
    expect((await ask(2, 'a', { user })).Content).toMatch(/^\d+ a$/);
    expect((await ask(1, 'stop', { user })).Content).toBe('stopped');
    expect((await ask(0, 'a', { user })).Content).toMatch(/^\d+ a\+a$/);
  });

  test('answer a retry alike', async () => {
    const message = messageOf('retried', 'oRetry');
    const answers = [await ask(0, '', { message }), await ask(1, '', { message })];
    expect(answers[0].Content).toMatch(/^\d+ retried$/);
    expect(answers[1].Content).toBe(answers[0].Content);
  });

  test('while the store is away, fail what looks at the session', async () => {
    await redis.stop();
    const { status } = await ask(0, 'one more', { user: 'oSession' });
    expect(status).toBe(500);
  });
});
