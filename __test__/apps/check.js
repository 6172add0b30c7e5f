'use strict';

// Copied into each app: what an app must answer to be accepted by WeChat's console.

const official =
  'signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492&echostr=4375120948345356249';

exports.check = function check(app, createGateway) {
  const server = app.listen(0, '127.0.0.1', async () => {
    const origin = `http://127.0.0.1:${server.address().port}`;
    const get = async (path) => (await fetch(origin + path)).text();
    for (const path of ['/whole', '/snippet']) {
      expect(await get(`${path}?${official}`), '4375120948345356249');
      expect(
        await get(`${path}?${official.replace('=f4', '=f5')}`),
        '{"status":400,"data":"check msg error"}',
      );
    }
    const gateway = createGateway('AAAAA');
    for (const path of ['/whole', '/snippet']) expect((await gateway.handshake(origin + path)).ok, true);
    server.close();
  });
};

/** What `redisStore` needs of a client of ioredis; a handshake asks it nothing. */
exports.noRedis = {
  status: 'end',
  async set() {},
  async evalsha() {},
  async eval() {},
  defineCommand() {},
};

function expect(answer, right) {
  if (answer !== right) throw new Error(`answered ${answer} instead of ${right}`);
}
