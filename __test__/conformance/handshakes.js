'use strict';

const { signedQuery } = require('../support/servers.js');
const { account, modes } = require('../support/wechat.js');

const REFUSED = '{"status":400,"data":"check msg error"}';

/** What WeChat asks when the URL is entered, and what is no push at all. @param {import('./host.js').Host} host */
function handshakes(host) {
  test('a signed one gets its echostr', async () => {
    await host.start(modes.plain, () => {});
    const response = await host.handshake(signedQuery(account.token, { echostr: '4375120948345356249' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    if (!host.adapter.isChunked) expect(response.headers.get('content-length')).toBe('19');
    expect(await response.text()).toBe('4375120948345356249');
  });

  test('any echostr comes back byte for byte, as text', async () => {
    await host.start(modes.secure, () => {});
    for (const echostr of ['<script>alert(1)</script>', '你好 😀', 'a+b/c==', ' ', '0', 'x'.repeat(5000)]) {
      const response = await host.handshake(signedQuery(account.token, { echostr }));
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(await response.text()).toBe(echostr);
    }
  });

  test('the URL may have parameters of its own', async () => {
    await host.start(modes.plain, () => {});
    const signed = signedQuery(account.token, { echostr: '7' });
    expect(await (await host.handshake(`tenant=7&tenant=8&${signed}&x=%20`)).text()).toBe('7');
  });

  test.each(
    [
      ['nothing', '', 'missing_parameter'],
      ['the signature of another Token', signedQuery('Sesame', { echostr: '1' }), 'signature_mismatch'],
      ['a repeated nonce', `${signedQuery(account.token)}&nonce=1514711492`, 'repeated_parameter'],
      ['no echostr', signedQuery(account.token), 'missing_echostr'],
      ['a lone percent sign', '%', 'missing_parameter'],
      ['what is no UTF-8', 'signature=%ff%fe&timestamp=1&nonce=2', 'undecodable_parameter'],
      ['nothing but separators', '&&=&', 'missing_parameter'],
      ['10,000 bytes', 'nonce=1&'.repeat(1250), 'repeated_parameter'],
    ].filter(([, , reason]) => reason !== 'undecodable_parameter' || !host.adapter.isLossy),
  )('a query with %s is refused, and the sender learns nothing', async (_, query, reason) => {
    await host.start(modes.plain, () => {});
    const response = await host.handshake(query);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.text()).toBe(REFUSED);
    expect(host.reasons).toEqual([reason]);
  });

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])(
    'the method %s is answered with 405',
    async (method) => {
      const handler = jest.fn();
      await host.start(modes.plain, handler);
      const query = signedQuery(account.token, { echostr: '1' });
      const response = await fetch(`${host.url}?${query}`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
      const text = method === 'HEAD' ? '' : '{"status":405,"data":"method not allowed"}';
      expect(await response.text()).toBe(text);
      expect(host.reasons).toEqual(['method_not_allowed']);
    },
  );

  test('a wrong option is refused when the adapter is made', async () => {
    const made = host.start({ ...modes.plain, tokem: 'x' }, () => {});
    await expect(made).rejects.toMatchObject({ code: 'ERR_WECHAT_PUSH_OPTIONS', option: 'tokem' });
  });

  if (!host.adapter.hasPaths) return;

  test('it is mounted below a path, and every other path is left alone', async () => {
    const handler = jest.fn();
    await host.start(modes.plain, handler);
    const { origin, pathname } = new URL(host.url);
    expect(pathname.length).toBeGreaterThan(1);
    const { url, body } = host.pushOf();
    for (const other of ['/', '/other', pathname.slice(0, -1)]) {
      const answer = await host.send({ url: url.replace(pathname, other), body });
      expect(answer).toMatchObject({ status: 200, text: body });
      expect((await fetch(`${origin}${other}`)).status).toBe(200);
    }
    expect(host.reasons).toEqual([]);
    expect(handler).not.toHaveBeenCalled();
  });
}

module.exports = { handshakes };
