'use strict';

const { createGateway } = require('wechat-push/testing');
const { say, secureConfig } = require('../support/old-bots.js');
const { closeServers, serve } = require('../support/servers.js');

/**
 * A bot of `co-wechat` that an app of Egg has as a controller, where `wechat-push/compat/co-wechat` stands in for it.
 * @param {string} name
 * @param {any} app
 */
function oldBot(name, app) {
  describe(name, () => {
    afterEach(closeServers);

    test('answers the handshake of a controller of co-wechat', async () => {
      const { appid: appId, ...rest } = secureConfig;
      const gateway = createGateway({ ...rest, appId });
      const url = `${await serve(app.callback())}/wx/old`;
      expect(await gateway.handshake(url)).toMatchObject({ ok: true });
    });

    test.each([
      ['plaintext', false],
      ['secure', true],
    ])('answers its messages in %s', async (mode, encrypted) => {
      const origin = await serve(app.callback());
      const answer = await say(origin, 'hi', { url: '/wx/old', encrypted });
      expect(answer).toMatchObject({ isSealed: encrypted, Content: `hi by ${app.name}` });
    });
  });
}

module.exports = { oldBot };
