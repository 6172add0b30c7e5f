'use strict';

const { fork } = require('node:child_process');
const path = require('node:path');
const autocannon = require('autocannon');
const { handshakeUrls, pushes } = require('./requests.js');

const ROUNDS = 5;
const CONNECTIONS = 20;

async function secureXmlOverHttp() {
  return compare('secure XML message with a text reply, Express 5', loadOfPushes(), [
    ['wechat-push', 'ours'],
    ['wechat', 'wechat', 'must 2.3×'],
    ['floor: raw-body and a fixed answer', 'fixed'],
  ]);
}

async function handshakeOverHttp() {
  const requests = handshakeUrls().map((url) => ({ method: 'GET', path: url }));
  return compare('handshake, Express 5', { requests }, [
    ['messagePush', 'handshake'],
    ['snippet', 'snippet', 'must 1.15×'],
  ]);
}

/** Each connection sends pushes of its own, so that none is there twice at a time. */
function loadOfPushes() {
  const all = pushes('xml', true).map(({ method, url, body }) => ({ method, path: url, body }));
  const share = all.length / CONNECTIONS;
  let connection = 0;
  return {
    headers: { 'content-type': 'text/xml' },
    requests: all.slice(0, share),
    setupClient(client) {
      const from = (connection++ % CONNECTIONS) * share;
      client.setRequests(all.slice(from, from + share));
    },
  };
}

/**
 * In each round every form gets a new process, since one has more luck with its memory than another; the
 * processes of a round are loaded in turns, once to warm up. The median of the rounds counts.
 */
async function compare(title, load, forms) {
  const rates = forms.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    const servers = await Promise.all(forms.map(([, name]) => start(name)));
    for (const [i, { port }] of servers.entries()) await rate(port, load, forms[i][0]);
    for (const [i, { port }] of servers.entries()) rates[i].push(await rate(port, load, forms[i][0]));
    for (const { child } of servers) child.kill();
  }
  const rows = forms.map(([name, , must], i) => {
    const perSecond = rates[i].toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)];
    return [`${name}, ${Math.round(perSecond)} requests/s`, 1e9 / perSecond, must];
  });
  return { title, rows };
}

async function rate(port, load, name) {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}`,
    connections: CONNECTIONS,
    duration: 2,
    ...load,
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${name}: ${result.non2xx} refused`);
  return result.requests.total / result.duration;
}

function start(name) {
  const child = fork(path.join(__dirname, 'http-server.js'), [name], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (port) => resolve({ child, port }));
    child.once('exit', () => reject(new Error(`the ${name} server did not start`)));
  });
}

module.exports = { compare, groups: [secureXmlOverHttp, handshakeOverHttp], loadOfPushes };
