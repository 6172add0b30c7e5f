'use strict';

const bodyParser = require('body-parser');
const { createReceiver } = require('..');
const { createGateway } = require('../testing.js');
const { readRows } = require('../scripts/messages/table.js');
const { closeServers, serve } = require('./support/servers.js');

require('body-parser-xml')(bodyParser);

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

describe.each([
  ['as it is', {}],
  ['with names in lower case', { normalizeTags: true }],
  ['with names in lower case and no arrays', { normalizeTags: true, explicitArray: false }],
])('after body-parser-xml, %s', (_, xmlParseOptions) => {
  const gateway = createGateway({ ...account, format: 'xml' });
  const parse = bodyParser.xml({ xmlParseOptions });
  let url;
  let parsed;

  beforeAll(async () => {
    url = await serve((req, res) =>
      parse(req, res, () => {
        parsed = req.body;
        res.end();
      }),
    );
  });
  afterAll(closeServers);

  test.each(kinds)('%s reaches the handler as its sample says', async (name, message) => {
    const sent = gateway.request(message);
    await fetch(url, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body: sent.body });
    const outcome = receiver.receive({ method: 'POST', url: sent.url, body: parsed });
    expect(outcome.message).toEqual(message);
  });
});
