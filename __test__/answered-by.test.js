'use strict';

// Who answers in the server's place: tunnels, clouds, proxies and firewalls, as real sockets that answer as those do.

const http = require('node:http');
const { SIGNATURES } = require('../cli/answered-by.js');
const findings = require('../cli/findings.json');
const { checkPush } = require('..');
const { ACCOUNT, TOKEN, app, cli, closeAll, listen, right, start } = require('./support/cli.js');
const { account } = require('./support/wechat.js');

afterEach(closeAll);

const page = (title, rest = '') =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${rest}</body></html>`;
const nginx = (title, name = 'nginx/1.24.0') =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>${name}</center>\r\n</body>\r\n</html>\r\n`;
const apache = (title) =>
  `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head><title>${title}</title></head><body><h1>${title}</h1><hr>\n<address>Apache/2.4.58 (Ubuntu) Server at example.com Port 80</address></body></html>`;
const FLARE = { server: 'cloudflare', 'cf-ray': '8f0c1d2e3f4a5b6c-HKG' };
const frp = page('Not Found', '<h1>The page was not found.</h1><p><em>Faithfully yours, frp.</em></p>');
const cloudbase = (code) => JSON.stringify({ code, message: 'see the error codes', requestId: 'a1b2-c3d4' });

/** What people see of each: finding, a word of its sentence, status, headers, body. */
const STRANGERS = [
  ['ngrok_warning', 'ngrok', 200, { 'ngrok-error-code': 'ERR_NGROK_6024' }, page('ngrok - warning')],
  ['ngrok_offline', 'ngrok', 404, { 'ngrok-error-code': 'ERR_NGROK_3200' }, page('ngrok - offline')],
  ['ngrok_offline', 'ngrok', 404, {}, page('ngrok', 'The endpoint is offline. ERR_NGROK_3200')],
  ['ngrok_upstream', 'ngrok', 502, { 'ngrok-error-code': 'ERR_NGROK_8012' }, page('ngrok - upstream')],
  ['ngrok_error', 'ERR_NGROK_727', 429, { 'ngrok-error-code': 'ERR_NGROK_727' }, page('ngrok - limit')],
  ['tunnel_offline', 'localtunnel', 503, { 'x-localtunnel-status': 'Tunnel Unavailable' }, '503'],
  ['tunnel_offline', 'frp', 404, {}, frp],
  ['tunnel_offline', 'frp', 404, { server: 'frp/0.61.0' }, 'custom page'],
  ['tunnel_offline', 'ngrok 1.x', 404, {}, 'Tunnel abcdef.natappfree.cc not found\n'],
  ['localtunnel_password', 'localtunnel', 511, {}, page('Tunnel website ahead!', 'Tunnel Password: loca.lt')],
  ['network_login', '511', 511, {}, page('Please log in')],
  ['cloudflare_tunnel', '1033', 530, FLARE, 'error code: 1033'],
  ['cloudflare_tunnel', '1033', 530, FLARE, page('x', '<span class="cf-error-code">1033</span>')],
  ['bot_check', 'Cloudflare', 403, { ...FLARE, 'cf-mitigated': 'challenge' }, page('Just a moment...')],
  ['bot_check', 'Cloudflare', 503, {}, page('x', '<script>window._cf_chl_opt={}</script>')],
  ...[520, 521, 522, 523, 524].map((status) => [
    'cloudflare_origin',
    status,
    status,
    FLARE,
    `error code: ${status}`,
  ]),
  ['cloudflare_origin', '522', 522, { 'cf-ray': '8f0c' }, ''],
  ['cloudflare_tls', '525', 525, FLARE, 'error code: 525'],
  ['cloudflare_tls', '526', 526, {}, ''],
  ['cloudflare_blocked', 'Cloudflare', 403, FLARE, 'error code: 1020'],
  ['cloudflare_blocked', 'Cloudflare', 403, FLARE, page('Attention Required! | Cloudflare')],
  ['cloudflare_error', '1016', 530, FLARE, 'error code: 1016'],
  ['icp_blocked', 'Alibaba Cloud', 403, { server: 'Beaver' }, page('Non-compliance ICP Filing')],
  ['icp_blocked', 'Alibaba Cloud', 302, { location: 'http://batit.aliyun.com/alww.html?id=1' }, ''],
  [
    'icp_blocked',
    'Alibaba Cloud',
    403,
    {},
    page('x', '<iframe src="http://batit.aliyun.com/alww.html"></iframe>'),
  ],
  [
    'icp_blocked',
    'Tencent Cloud',
    302,
    { location: 'https://dnspod.qcloud.com/static/webblock.html?d=example.com' },
    '',
  ],
  [
    'icp_blocked',
    'Tencent Cloud',
    403,
    {},
    page('x', '<a href="https://dnspod.qcloud.com/static/webblock.html">'),
  ],
  ['icp_blocked', 'hosting provider', 200, {}, page('提示', '该网站尚未进行备案，暂时无法访问')],
  ['bot_check', 'Vercel', 429, { 'x-vercel-mitigated': 'challenge' }, page('Vercel Security Checkpoint')],
  ['bot_check', 'AWS WAF', 202, { 'x-amzn-waf-action': 'challenge' }, ''],
  [
    'bot_check',
    'Alibaba Cloud WAF',
    200,
    {},
    `<html><script>var arg1='0A'; document.cookie='acw_sc__v2='</script></html>`,
  ],
  ['bot_check', 'SafeDog', 200, {}, page('服务器安全狗防护验证页面')],
  ['bot_check', 'firewall', 200, {}, page('滑动完成人机验证')],
  [
    'login_proxy',
    'Vercel',
    401,
    { 'set-cookie': '_vercel_sso_nonce=x; Path=/' },
    page('Authentication Required'),
  ],
  ['login_proxy', 'Vercel', 302, { location: 'https://vercel.com/sso-api?url=x' }, ''],
  [
    'login_proxy',
    'Cloudflare Access',
    302,
    { ...FLARE, location: 'https://team.cloudflareaccess.com/cdn-cgi/access/login/x' },
    '',
  ],
  ['login_proxy', 'Netlify', 401, { server: 'Netlify' }, page('Password protected')],
  [
    'login_proxy',
    'dev tunnels',
    302,
    { location: 'https://asse.rel.tunnels.api.visualstudio.com/auth/x' },
    '',
  ],
  ['login_proxy', 'oauth2-proxy', 403, { 'set-cookie': '_oauth2_proxy_csrf=x' }, page('Sign in')],
  ['login_proxy', 'Google', 302, { location: 'https://accounts.google.com/o/oauth2/auth' }, ''],
  ['login_proxy', 'Entra', 302, { location: 'https://login.microsoftonline.com/common/oauth2' }, ''],
  [
    'basic_auth',
    'Basic',
    401,
    { 'www-authenticate': 'Basic realm="site"' },
    nginx('401 Authorization Required'),
  ],
  [
    'no_function',
    'Vercel',
    404,
    { 'x-vercel-error': 'DEPLOYMENT_NOT_FOUND' },
    'The deployment could not be found',
  ],
  [
    'function_failed',
    'Vercel',
    500,
    { 'x-vercel-error': 'FUNCTION_INVOCATION_FAILED' },
    'A server error has occurred',
  ],
  ['no_function', 'CloudBase', 404, {}, cloudbase('INVALID_PATH')],
  ['no_function', 'CloudBase', 404, {}, cloudbase('FUNCTION_NOT_FOUND')],
  ['function_failed', 'CloudBase', 433, {}, cloudbase('FUNCTION_TIME_LIMIT_EXCEEDED')],
  ['no_function', 'Function Compute', 404, { 'x-fc-error-type': 'FcCommonError' }, '{}'],
  ['no_function', 'Function Compute', 404, {}, '{"Code":"DomainNameNotFound","Message":"x"}'],
  ['function_failed', 'Function Compute', 502, { 'x-fc-error-type': 'UnhandledInvocationError' }, '{}'],
  [
    'no_function',
    'AWS',
    403,
    { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
    '{"message":"Missing Authentication Token"}',
  ],
  [
    'function_failed',
    'AWS',
    502,
    { 'x-amzn-errortype': 'InternalServerErrorException' },
    '{"message": "Internal server error"}',
  ],
  ['no_function', 'Netlify', 404, { server: 'Netlify' }, 'Not Found - Request ID: 01H'],
  ['panel_no_site', 'BaoTa', 404, {}, page('没有找到站点', '您的请求在Web服务器中没有找到对应的站点！')],
  ['default_page', 'nginx', 200, {}, page('Welcome to nginx!')],
  ['default_page', 'Apache', 200, {}, '<html><body><h1>It works!</h1></body></html>'],
  ['default_page', 'IIS', 200, {}, page('IIS Windows Server')],
  ['proxy_unanswered', 'nginx', 502, { server: 'nginx/1.24.0' }, nginx('502 Bad Gateway')],
  ['proxy_unanswered', 'openresty', 504, {}, nginx('504 Gateway Time-out', 'openresty')],
  ['proxy_unanswered', 'cloudflare', 502, FLARE, nginx('502 Bad Gateway', 'cloudflare')],
  ['proxy_unanswered', 'Apache', 503, {}, apache('503 Service Unavailable')],
  ['proxy_unanswered', 'Envoy', 503, {}, 'upstream connect error or disconnect/reset before headers'],
  ['proxy_unanswered', 'Caddy', 502, { server: 'Caddy' }, ''],
  ['proxy_not_found', 'nginx', 404, {}, nginx('404 Not Found')],
  ['proxy_not_found', 'Apache', 404, {}, apache('404 Not Found')],
  [
    'proxy_not_found',
    'Apache',
    404,
    {},
    page('404 Not Found', '<p>The requested URL was not found on this server.</p>'),
  ],
  ['proxy_not_found', 'Tomcat', 404, {}, page('HTTP Status 404', '<h3>Apache Tomcat/9.0.80</h3>')],
  [
    'proxy_not_found',
    'IIS',
    404,
    { server: 'Microsoft-IIS/10.0' },
    page('404 - File or directory not found.'),
  ],
  ['proxy_static', 'nginx', 405, {}, nginx('405 Not Allowed')],
  ['proxy_forbidden', 'nginx', 403, {}, nginx('403 Forbidden')],
  ['proxy_forbidden', 'Apache', 403, {}, apache('403 Forbidden')],
];

/** Those that are known by the name that was asked. */
const HOSTS = [
  ['tunnel_page', 'cpolar', 'demo.cpolar.cn', 404, page('404')],
  ['tunnel_page', 'NATAPP', 'demo.natappfree.cc', 502, page('502')],
  ['tunnel_page', 'Oray', 'demo.vicp.fun', 503, page('503')],
  ['localtunnel_password', 'localtunnel', 'demo.loca.lt', 511, page('x')],
  ['not_found', 'GET', 'demo.cpolar.cn', 404, page('Error', '<pre>Cannot GET /wx</pre>')],
  ['not_found', 'GET', 'demo.cpolar.cn', 404, '{"error":"no such path"}'],
];

/** A server that answers everything so. */
async function stranger(status, headers, body) {
  const server = http.createServer((req, res) => {
    req.resume().once('end', () => res.writeHead(status, headers).end(body));
  });
  return `http://127.0.0.1:${await listen(server)}/wx`;
}

const checksOf = ({ stdout }) => Object.fromEntries(JSON.parse(stdout).checks.map((row) => [row.check, row]));

describe('somebody else answered', () => {
  test.each(STRANGERS)('%s, %s, status %i', async (finding, word, status, headers, body) => {
    const url = await stranger(status, headers, body);
    const found = checksOf(await cli(['doctor', url, ...ACCOUNT, '--json']));
    for (const check of ['handshake', 'message']) {
      expect(found[check]).toMatchObject({ verdict: 'fail', finding, status });
      expect(found[check].cause).toContain(String(word));
    }
    // Nothing is said of a server that was not reached.
    for (const check of ['forged_handshake', 'forged_message', 'duplicate', 'slow', 'oversized', 'time']) {
      expect(found[check].verdict).toBe('skip');
    }
    const message = checksOf(await cli(['send', url, ...ACCOUNT, '--content', 'hi', '--json'])).message;
    expect(message.finding).toBe(finding);
    const chinese = checksOf(await cli(['verify', url, ...TOKEN, '--json', '--lang', 'zh'])).handshake;
    expect(chinese.cause + chinese.next).not.toMatch(/undefined|\[object|\{\w+\}/);
    expect(chinese.next).toMatch(/。$/);
  });

  test.each(HOSTS)('%s by %s, asked as %s', async (finding, word, host, status, body) => {
    const url = (await stranger(status, {}, body)).replace('127.0.0.1', host);
    const found = checksOf(await start(['verify', url, ...TOKEN, '--json']).ended);
    expect(found.handshake).toMatchObject({ finding, cause: expect.stringContaining(word) });
  });

  test('every signature has its server here', async () => {
    const seen = new Set([...STRANGERS, ...HOSTS].map(([finding]) => finding));
    const names = new Set(SIGNATURES.map(({ name }) => name));
    expect([...names].filter((name) => !seen.has(name))).toEqual([]);
    expect([...names].filter((name) => !(name in findings))).toEqual([]);
  });
});

describe('the server itself answered', () => {
  const BETWEEN = { ...FLARE, via: '1.1 Caddy', 'x-vercel-id': 'hkg1::a', 'x-amzn-requestid': 'a' };

  test.each([['nginx/1.24.0'], ['cloudflare'], ['Beaver'], ['frp/0.61.0'], ['Netlify']])(
    'a right answer through %s is right',
    async (server) => {
      const marked = (_, res, next) => {
        for (const [name, value] of Object.entries({ ...BETWEEN, server })) res.setHeader(name, value);
        next();
      };
      const { status, stdout } = await cli(['doctor', await app(marked, right()), ...ACCOUNT, '--json']);
      expect(JSON.parse(stdout).ok).toBe(true);
      expect(status).toBe(0);
    },
  );

  test('a right answer is right, whatever headers others put on it', async () => {
    for (const [finding, , , headers] of STRANGERS) {
      const { location, ...kept } = headers;
      const marked = (_, res, next) => next(Object.entries(kept).forEach((pair) => res.setHeader(...pair)));
      const { stdout } = await cli(['verify', await app(marked, right()), ...TOKEN, '--json']);
      expect([finding, location, JSON.parse(stdout).ok]).toEqual([finding, location, true]);
    }
  });

  test.each([
    ['signature_refused', 400, { status: 400, data: 'check msg error' }],
    ['login', 401, { message: 'Unauthorized' }],
    ['login', 403, { message: 'Forbidden' }],
    ['not_found', 404, { code: 'NOT_FOUND', message: 'no such route' }],
    ['method_not_allowed', 405, { message: 'Method Not Allowed' }],
    ['server_error', 500, { code: 'FUNCTION_BROKE', message: 'x' }],
    ['bad_gateway', 503, { message: 'busy' }],
    ['json_body', 200, { code: 1, msg: '域名未备案' }],
  ])('%s stays what it is behind nginx and Cloudflare, status %i', async (finding, status, body) => {
    const url = await stranger(status, { ...BETWEEN, server: 'nginx' }, JSON.stringify(body));
    expect(checksOf(await cli(['verify', url, ...TOKEN, '--json'])).handshake.finding).toBe(finding);
  });

  test('a proxy that refuses a forged request is the refusal', async () => {
    const url = await app((req, res, next) => {
      if (req.method === 'POST' || checkPush(req.query, account.token)) return next();
      res.status(403).send(nginx('403 Forbidden'));
    }, right());
    expect(checksOf(await cli(['doctor', url, ...ACCOUNT, '--json'])).forged_handshake).toMatchObject({
      verdict: 'pass',
      said: 'refused',
    });
  });

  test('messages are still sent where only the handshake was answered by another', async () => {
    const url = await app((req, res, next) => {
      if (req.method === 'POST') return next();
      res.set('ngrok-error-code', 'ERR_NGROK_6024').send(page('ngrok - warning'));
    }, right());
    const found = checksOf(await cli(['doctor', url, ...ACCOUNT, '--json']));
    expect(found.handshake.finding).toBe('ngrok_warning');
    expect(found.message.verdict).toBe('pass');
  });

  test('what a stranger says is no way for a secret to be printed', async () => {
    const headers = { 'x-vercel-error': account.token };
    const { stdout } = await cli(['verify', await stranger(500, headers, ''), ...TOKEN]);
    expect(stdout).toContain('Vercel');
    expect(stdout).not.toContain(account.token);
  });
});
