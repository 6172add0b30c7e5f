'use strict';

/** How much of a body is looked at, in bytes; what a proxy or tunnel says of itself stands at the beginning. */
const LOOKED_AT = 16 * 1024;

const NOT_THERE = [502, 503, 504];
const BOTH_ALIKE = (/** @type {string} */ text) => ({ en: text, zh: text });

/** Who may answer in the server's place, as people call them. */
const WHO = {
  aliyun: { en: 'Alibaba Cloud', zh: '阿里云' },
  tencent: { en: 'Tencent Cloud', zh: '腾讯云' },
  host: { en: 'The hosting provider', zh: '服务器所在的机房或云厂商' },
  aliyunWaf: { en: 'Alibaba Cloud WAF', zh: '阿里云 WAF' },
  safedog: { en: 'SafeDog', zh: '安全狗' },
  firewall: { en: 'A firewall', zh: '防火墙' },
  cloudflare: BOTH_ALIKE('Cloudflare'),
  vercel: BOTH_ALIKE('Vercel'),
  awsWaf: BOTH_ALIKE('AWS WAF'),
  access: BOTH_ALIKE('Cloudflare Access'),
  netlify: BOTH_ALIKE('Netlify'),
  devTunnels: BOTH_ALIKE('Microsoft dev tunnels'),
  oauth2Proxy: BOTH_ALIKE('oauth2-proxy'),
  google: { en: 'Google sign-in', zh: 'Google 登录' },
  entra: BOTH_ALIKE('Microsoft Entra ID'),
  cloudbase: { en: 'Tencent CloudBase', zh: '腾讯云开发（CloudBase）' },
  fc: { en: 'Alibaba Cloud Function Compute', zh: '阿里云函数计算' },
  awsGateway: BOTH_ALIKE('AWS API Gateway'),
  ngrok1: { en: 'A tunnel service based on ngrok 1.x', zh: '基于 ngrok 1.x 的内网穿透服务' },
  localtunnel: BOTH_ALIKE('localtunnel'),
  cpolar: BOTH_ALIKE('cpolar'),
  natapp: BOTH_ALIKE('NATAPP'),
  oray: { en: 'Oray', zh: '花生壳' },
  frp: BOTH_ALIKE('frp'),
  apache: BOTH_ALIKE('Apache'),
  tomcat: BOTH_ALIKE('Tomcat'),
  iis: BOTH_ALIKE('IIS'),
  envoy: BOTH_ALIKE('Envoy'),
  caddy: BOTH_ALIKE('Caddy'),
};

/** At the end of the pages that nginx and what is made of it bring along. */
const NGINX = /<center>(?<who>nginx|openresty|tengine|stgw|awselb|cloudflare)\b/i;
/** An HTML page, but not Express's own. */
const PAGE = /^<(?![^]*Cannot (?:GET|POST) )/;
const APACHE = /<address>Apache\b/;
const CLOUDFLARE_CODE = /(?:error code: |Error\s+|cf-error-code">)(?<code>1\d{3})\b/;

/**
 * What tells who answered: everything that a row has must fit. Named groups become facts of the finding.
 * @typedef {object} Signature
 * @property {string} name of the finding
 * @property {{ en: string, zh: string }} [who]
 * @property {number[]} [status]
 * @property {Record<string, RegExp>} [headers]
 * @property {RegExp} [host] of the URL that was asked
 * @property {RegExp} [body]
 */

/** The first that fits counts. @type {Signature[]} */
const SIGNATURES = [
  // Tunnels.
  { name: 'ngrok_warning', headers: { 'ngrok-error-code': /^ERR_NGROK_6024$/ } },
  { name: 'ngrok_offline', headers: { 'ngrok-error-code': /^ERR_NGROK_3200$/ } },
  { name: 'ngrok_upstream', headers: { 'ngrok-error-code': /^ERR_NGROK_8012$/ } },
  { name: 'ngrok_error', headers: { 'ngrok-error-code': /^(?<code>ERR_NGROK_\d+)$/ } },
  { name: 'ngrok_offline', status: [404], body: /\bERR_NGROK_3200\b/ },
  { name: 'tunnel_offline', who: WHO.localtunnel, headers: { 'x-localtunnel-status': /unavailable/i } },
  { name: 'localtunnel_password', status: [511], body: /localtunnel|loca\.lt|tunnel password/i },
  { name: 'localtunnel_password', status: [511], host: /\.loca\.lt$/ },
  { name: 'network_login', status: [511] },
  { name: 'tunnel_offline', who: WHO.frp, status: [404, 503], body: /Faithfully yours, frp/ },
  { name: 'tunnel_offline', who: WHO.frp, status: [404, 503], headers: { server: /^frp\// } },
  { name: 'tunnel_offline', who: WHO.ngrok1, status: [404], body: /^Tunnel \S+ not found/ },

  // Cloudflare.
  { name: 'cloudflare_tunnel', status: [530], body: /(?:error code: |Error\s+|cf-error-code">)1033\b/ },
  { name: 'bot_check', who: WHO.cloudflare, headers: { 'cf-mitigated': /^challenge$/ } },
  {
    name: 'bot_check',
    who: WHO.cloudflare,
    status: [403, 503],
    body: /_cf_chl_opt|\/cdn-cgi\/challenge-platform\//,
  },
  { name: 'cloudflare_tls', status: [525, 526] },
  { name: 'cloudflare_origin', status: [520, 521, 522, 523, 524], headers: { server: /^cloudflare/i } },
  { name: 'cloudflare_origin', status: [520, 521, 522, 523, 524], headers: { 'cf-ray': /./ } },
  {
    name: 'cloudflare_blocked',
    status: [403, 429],
    headers: { server: /^cloudflare/i },
    body: /error code: 10\d\d|Attention Required! \| Cloudflare|Sorry, you have been blocked/,
  },
  {
    name: 'cloudflare_error',
    status: [403, 404, 409, 429, 500, 503, 530],
    headers: { server: /^cloudflare/i },
    body: CLOUDFLARE_CODE,
  },

  // Websites in mainland China without an ICP filing.
  { name: 'icp_blocked', who: WHO.aliyun, headers: { server: /^Beaver\b/ } },
  { name: 'icp_blocked', who: WHO.aliyun, headers: { location: /\/\/batit\.aliyun\.com\// } },
  {
    name: 'icp_blocked',
    who: WHO.aliyun,
    body: /batit\.aliyun\.com\/|beian-block|Non-compliance ICP Filing/,
  },
  { name: 'icp_blocked', who: WHO.tencent, headers: { location: /\/webblock\.html/ } },
  { name: 'icp_blocked', who: WHO.tencent, body: /dnspod\.qcloud\.com\/[\w/]*webblock\.html/ },
  { name: 'icp_blocked', who: WHO.host, body: /^<[^]*未(?:进行|完成|办理|通过)?\s?(?:ICP)?\s?备案/i },

  // Checks that a person is asking.
  { name: 'bot_check', who: WHO.vercel, headers: { 'x-vercel-mitigated': /^challenge$/ } },
  { name: 'bot_check', who: WHO.awsWaf, headers: { 'x-amzn-waf-action': /^(challenge|captcha)$/ } },
  { name: 'bot_check', who: WHO.aliyunWaf, body: /\bacw_sc__v2\b|aliyun_waf/ },
  { name: 'bot_check', who: WHO.safedog, body: /安全狗防护验证/ },
  {
    name: 'bot_check',
    who: WHO.firewall,
    body: /<title>[^<]{0,80}(?:captcha|are you (?:a )?human|人机验证|安全验证|访问验证)/i,
  },

  // Logins in front of the server.
  { name: 'login_proxy', who: WHO.vercel, status: [401], headers: { 'set-cookie': /_vercel_sso_nonce/ } },
  { name: 'login_proxy', who: WHO.vercel, headers: { location: /\/\/vercel\.com\/(?:sso|login)/ } },
  { name: 'login_proxy', who: WHO.access, headers: { location: /\.cloudflareaccess\.com\// } },
  { name: 'login_proxy', who: WHO.netlify, status: [401], headers: { server: /^Netlify/i } },
  {
    name: 'login_proxy',
    who: WHO.devTunnels,
    headers: { location: /\btunnels\.api\.visualstudio\.com\// },
  },
  { name: 'login_proxy', who: WHO.oauth2Proxy, headers: { 'set-cookie': /^_oauth2_proxy/ } },
  { name: 'login_proxy', who: WHO.google, headers: { location: /\/\/accounts\.google\.com\// } },
  { name: 'login_proxy', who: WHO.entra, headers: { location: /\/\/login\.microsoftonline\.com\// } },
  { name: 'basic_auth', status: [401], headers: { 'www-authenticate': /^Basic\b/i } },

  // Clouds that run functions.
  { name: 'no_function', who: WHO.vercel, headers: { 'x-vercel-error': /^(?<code>\w*NOT_FOUND)$/ } },
  { name: 'function_failed', who: WHO.vercel, headers: { 'x-vercel-error': /^(?<code>\w+)$/ } },
  {
    name: 'no_function',
    who: WHO.cloudbase,
    body: /^\{(?=[^]*"requestId")[^]*"code"\s*:\s*"(?<code>INVALID_(?:PATH|HOST|ENV)|(?:FUNCTION|SERVICE)(?:_\w+)?_NOT_FOUND|HTTPSERVICE_NONACTIVATED|DEFAULT_DOMAIN_EXPIRED|ENV_FEATURE_NOT_CONFIGURED)"/,
  },
  {
    name: 'function_failed',
    who: WHO.cloudbase,
    body: /^\{(?=[^]*"requestId")[^]*"code"\s*:\s*"(?<code>(?:FUNCTION|SERVICE|ENV)_[A-Z_]+)"/,
  },
  {
    name: 'no_function',
    who: WHO.fc,
    status: [404],
    headers: { 'x-fc-error-type': /^(?<code>\w+)$/ },
  },
  { name: 'function_failed', who: WHO.fc, headers: { 'x-fc-error-type': /^(?<code>\w+)$/ } },
  {
    name: 'no_function',
    who: WHO.fc,
    status: [404],
    body: /"(?:ErrorCode|errorCode|Code)"\s*:\s*"(?<code>(?:Function|Service|Trigger|DomainName|DomainRoute)NotFound)"/,
  },
  {
    name: 'no_function',
    who: WHO.awsGateway,
    status: [403, 404],
    headers: { 'x-amzn-errortype': /^(?<code>MissingAuthenticationToken|Forbidden|NotFound)/ },
  },
  {
    name: 'function_failed',
    who: WHO.awsGateway,
    status: [500, ...NOT_THERE],
    headers: { 'x-amzn-errortype': /^(?<code>\w+)/ },
  },
  {
    name: 'no_function',
    who: WHO.netlify,
    status: [404],
    headers: { server: /^Netlify/i },
    body: /(?<code>Not Found) - Request ID/,
  },

  // A page with nothing but an error, from a host name that a tunnel service gives.
  { name: 'tunnel_page', who: WHO.cpolar, status: [404, ...NOT_THERE], host: /\.cpolar\.\w+$/, body: PAGE },
  {
    name: 'tunnel_page',
    who: WHO.natapp,
    status: [404, ...NOT_THERE],
    host: /\.natapp(?:free|\d)?\.cc$/,
    body: PAGE,
  },
  {
    name: 'tunnel_page',
    who: WHO.oray,
    status: [404, ...NOT_THERE],
    host: /\.(?:[vxyz]icp\.fun|[eq]icp\.vip|oicp\.(?:io|net)|goho\.co|imwork\.net)$/,
    body: PAGE,
  },

  // Pages that web servers bring along.
  { name: 'panel_no_site', body: /没有找到站点|没有找到对应的站点|没有将此域名或IP绑定到对应站点/ },
  { name: 'default_page', body: /<title>Welcome to (?<who>nginx|OpenResty|tengine|CentOS)\b/i },
  { name: 'default_page', who: WHO.apache, body: /<title>Apache2? \w+ Default Page|<h1>It works!<\/h1>/ },
  { name: 'default_page', who: WHO.iis, body: /<title>IIS Windows/ },
  { name: 'proxy_unanswered', status: NOT_THERE, body: NGINX },
  { name: 'proxy_unanswered', who: WHO.apache, status: NOT_THERE, body: APACHE },
  {
    name: 'proxy_unanswered',
    who: WHO.envoy,
    status: NOT_THERE,
    body: /^(?:upstream connect error|no healthy upstream|upstream request timeout)/,
  },
  { name: 'proxy_unanswered', who: WHO.caddy, status: NOT_THERE, headers: { server: /^Caddy/ }, body: /^$/ },
  { name: 'proxy_not_found', status: [404], body: NGINX },
  { name: 'proxy_not_found', who: WHO.apache, status: [404], body: APACHE },
  { name: 'proxy_not_found', who: WHO.apache, status: [404], body: /URL was not found on this server\./ },
  { name: 'proxy_not_found', who: WHO.tomcat, status: [404], body: /<h3>Apache Tomcat\// },
  {
    name: 'proxy_not_found',
    who: WHO.iis,
    status: [404],
    headers: { server: /^Microsoft-IIS/ },
    body: /^<!DOCTYPE/i,
  },
  { name: 'proxy_static', status: [405], body: NGINX },
  { name: 'proxy_forbidden', status: [403], body: NGINX },
  { name: 'proxy_forbidden', who: WHO.apache, status: [403], body: APACHE },
];

/**
 * Who gave an answer that is wrong, where that was not the server itself.
 * @param {import('../lib/exchange.js').Answer} answer
 * @param {string} url that was asked
 * @returns {import('./words.js').Finding | null}
 */
function answeredBy({ status, headers, body, error }, url) {
  if (error) return null;
  const host = new URL(url).hostname;
  const text = body.toString('utf8', 0, LOOKED_AT).trim();
  for (const sign of SIGNATURES) {
    const facts = sign.who ? { who: sign.who } : {};
    const isIt =
      (!sign.status || sign.status.includes(Number(status))) &&
      (!sign.host || sign.host.test(host)) &&
      (!sign.body || fits(sign.body, text, facts)) &&
      Object.entries(sign.headers ?? {}).every(([name, value]) => fits(value, headers[name] ?? '', facts));
    if (isIt) return { name: sign.name, facts };
  }
  return null;
}

/**
 * @param {RegExp} pattern
 * @param {string | string[]} text
 * @param {object} facts gets what the named groups hold
 */
function fits(pattern, text, facts) {
  const found = pattern.exec(String(text));
  Object.assign(facts, found?.groups);
  return found !== null;
}

module.exports = { SIGNATURES, answeredBy };
