'use strict';

const bodyParser = require('body-parser');
const { createReceiver } = require('..');
const { createGateway } = require('../testing.js');
const { readRows } = require('../scripts/messages/table.js');
const { closeServers, serve } = require('./support/servers.js');

require('body-parser-xml')(bodyParser);

const TIME = 1714036504;
const CORP = 'ww0123456789abcdef';

/** The accounts, and what the pushes to them have in common. */
const families = {
  wechat: {
    account: { token: 'sesame', mode: 'plain' },
    commons: {
      MsgType: {
        ToUserName: 'gh_1',
        FromUserName: 'oUser_1',
        CreateTime: TIME,
        MsgId: '4561255354251345929',
      },
      Event: { ToUserName: 'gh_1', FromUserName: 'oUser_1', CreateTime: TIME, MsgType: 'event' },
      InfoType: { AppId: 'wx0123456789abcdef', CreateTime: TIME },
    },
  },
  wecom: {
    account: { token: 'sesame', encodingAESKey: 'a'.repeat(43), receiveId: CORP, platform: 'wecom' },
    commons: {
      MsgType: { ToUserName: CORP, FromUserName: 'zhangsan', CreateTime: TIME, MsgId: '4561255354251345929' },
      Event: { ToUserName: CORP, FromUserName: 'zhangsan', CreateTime: TIME, MsgType: 'event' },
      InfoType: { TimeStamp: TIME },
    },
  },
  bot: {
    account: { token: 'sesame', encodingAESKey: 'a'.repeat(43), platform: 'wecom-bot' },
    commons: {
      MsgType: { msgid: 'm1', aibotid: 'aib1', chattype: 'single', from: { userid: 'zhangsan' } },
      Event: { msgid: 'm1', aibotid: 'aib1', chattype: 'group', chatid: 'c1', from: { userid: 'zhangsan' } },
    },
  },
};

/** The kinds of a family, each with a whole message. */
function kindsOf(family) {
  return readRows()
    .filter((row) => row.family === family)
    .flatMap(({ kind, name, formerly, sample }) =>
      [name, ...formerly].map((one) => [
        one,
        { ...families[family].commons[kind], ...suiteOf(kind, sample), ...namedBy(kind, one), ...sample },
      ]),
    );

  function namedBy(kind, name) {
    if (family !== 'bot') return { [kind]: name.split('.')[0] };
    const ofEvent = { create_time: TIME, msgtype: 'event' };
    return kind === 'Event' ? ofEvent : { msgtype: name };
  }

  function suiteOf(kind, sample) {
    return family === 'wecom' && kind === 'InfoType' && !sample.ServiceCorpId ? { SuiteId: CORP } : {};
  }
}

describe.each(
  Object.keys(families).flatMap((family) => [
    [family, 'xml'],
    [family, 'json'],
  ]),
)('of %s in %s', (family, format) => {
  const { account } = families[family];
  const gateway = createGateway({ ...account, format });
  const receiver = createReceiver(account);

  test.each(kindsOf(family))('%s reaches the handler as its sample says', (_, message) => {
    const { method, url, body } = gateway.request(message);
    const outcome = receiver.receive({ method, url, body });
    expect(outcome).toMatchObject({ type: 'message' });
    const { response_url: added, ...received } = outcome.message;
    expect(received).toEqual(message);
    const isAnswered = message.msgtype && !['stream', 'event'].includes(message.msgtype);
    expect(added !== undefined).toBe(Boolean(isAnswered || message.event?.template_card_event));
  });
});

describe.each([
  ['as it is', {}],
  ['with names in lower case', { normalizeTags: true }],
  ['with names in lower case and no arrays', { normalizeTags: true, explicitArray: false }],
])('after body-parser-xml, %s', (_, xmlParseOptions) => {
  const { account } = families.wechat;
  const gateway = createGateway({ ...account, format: 'xml' });
  const receiver = createReceiver(account);
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

  test.each(kindsOf('wechat'))('%s reaches the handler as its sample says', async (name, message) => {
    const sent = gateway.request(message);
    await fetch(url, { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body: sent.body });
    const outcome = receiver.receive({ method: 'POST', url: sent.url, body: parsed });
    expect(outcome.message).toEqual(message);
  });
});
