'use strict';

const { createReceiver } = require('..');
const { createGateway } = require('../testing.js');
const { readRows } = require('../scripts/messages/table.js');

const account = { token: 'sesame', mode: 'plain' };
const receiver = createReceiver(account);
const commons = {
  MsgType: {
    ToUserName: 'gh_1',
    FromUserName: 'oUser_1',
    CreateTime: 1714036504,
    MsgId: '4561255354251345929',
  },
  Event: { ToUserName: 'gh_1', FromUserName: 'oUser_1', CreateTime: 1714036504, MsgType: 'event' },
  InfoType: { AppId: 'wx0123456789abcdef', CreateTime: 1714036504 },
};
const kinds = readRows().flatMap(({ kind, name, formerly, sample }) =>
  [name, ...formerly].map((one) => [one, { ...commons[kind], [kind]: one, ...sample }]),
);

describe.each([['xml'], ['json']])('in %s', (format) => {
  const gateway = createGateway({ ...account, format });

  test.each(kinds)('%s reaches the handler as its sample says', (_, message) => {
    const { method, url, body } = gateway.request(message);
    const outcome = receiver.receive({ method, url, body });
    expect(outcome).toMatchObject({ type: 'message' });
    expect(outcome.message).toEqual(message);
  });
});
