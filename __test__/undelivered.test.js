'use strict';

const { channel } = require('node:diagnostics_channel');
const { reportFailure, reportUndelivered } = require('../lib/delivery/undelivered.js');

const message = { MsgType: 'text' };
const context = { id: 'id' };
const settle = () => new Promise((resolve) => setImmediate(resolve));

let warn;
let now = 0;
beforeEach(() => {
  // Warnings of one callback are ten seconds apart.
  jest.spyOn(performance, 'now').mockReturnValue((now += 20_000));
  warn = jest.spyOn(process, 'emitWarning').mockImplementation();
});
afterEach(() => jest.restoreAllMocks());

/** What is published on a channel meanwhile. */
function listenTo(name, act) {
  const told = [];
  const listen = (event) => told.push(event);
  channel(name).subscribe(listen);
  act();
  channel(name).unsubscribe(listen);
  return told;
}

test('a reply that nobody carried goes to onUndelivered and to the channel', () => {
  const onUndelivered = jest.fn();
  const told = listenTo('wechat-push:undelivered', () =>
    reportUndelivered('answer', message, context, 'late', onUndelivered),
  );
  expect(onUndelivered.mock.calls).toEqual([['answer', message, context, 'late']]);
  expect(told).toEqual([{ value: 'answer', message, context, reason: 'late' }]);
  expect(warn).not.toHaveBeenCalled();
});

test('without onUndelivered the loss is warned of once', () => {
  reportUndelivered('answer', message, context, 'late');
  reportUndelivered('answer', message, context, 'late');
  expect(warn.mock.calls).toEqual([
    [expect.stringContaining('onUndelivered'), { code: 'WECHAT_PUSH_UNDELIVERED' }],
  ]);
});

test('what no carrier has sent is not said to have come too late', () => {
  for (const reason of ['failed', 'failed', 'not_taken'])
    reportUndelivered('answer', message, context, reason);
  expect(warn.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(/no carrier has sent .*\(failed\).*WECHAT_PUSH_CARRIER.*onUndelivered/),
    expect.stringMatching(/no carrier has sent .*\(not_taken\)/),
  ]);
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no token');
    },
  ],
  [
    'rejects',
    async () => {
      throw new Error('no token');
    },
  ],
])('onUndelivered that %s becomes a warning', async (_, onUndelivered) => {
  reportUndelivered('answer', message, context, 'late', onUndelivered);
  await settle();
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('no token'), {
    code: 'WECHAT_PUSH_CALLBACK',
  });
});

test('a callback that throws over and over is warned of once in ten seconds', async () => {
  const fail = () => {
    throw new Error('again');
  };
  for (let i = 0; i < 5; i++) reportUndelivered('answer', message, context, 'late', fail);
  await settle();
  expect(warn).toHaveBeenCalledTimes(1);
  performance.now.mockReturnValue((now += 20_000));
  reportUndelivered('answer', message, context, 'late', fail);
  await settle();
  expect(warn).toHaveBeenCalledTimes(2);
});

test('a failure that no delivery was there to hear of is warned of, and on the channel', () => {
  const error = new Error('too late');
  const told = listenTo('wechat-push:failed', () => reportFailure(error, message, context));
  expect(told).toEqual([{ error, message, context }]);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('too late'), { code: 'WECHAT_PUSH_FAILED' });
});
