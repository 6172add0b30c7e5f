'use strict';

// The code blocks of the pages, and a world to run one in: its Express apps listen on free ports, WeChat's API
// is a recorder, and the names that a fragment takes for granted are there (types/snippet-globals.d.ts).

const channels = require('node:diagnostics_channel');
const { once } = require('node:events');
const fs = require('node:fs');
const path = require('node:path');
const express = require('express');
const { OpenAI } = require('openai');
const { noRedis } = require('../apps/check.js');
const { account } = require('./wechat.js');
const { bot } = require('./wecom-bot.js');
const { application, SUITE } = require('./wecom.js');

const root = path.join(__dirname, '..', '..');
const AsyncFunction = (async () => {}).constructor;

/** The environment that the pages tell to set, of an account of WeChat, and of an application and a bot of WeCom. */
const environment = {
  WECHAT_PUSH_TOKEN: account.token,
  WECHAT_PUSH_APP_ID: account.appId,
  WECHAT_PUSH_ENCODING_AES_KEY: account.encodingAESKey,
  WECHAT_APP_SECRET: 'the-secret',
};
const environmentOfWeCom = {
  WECHAT_PUSH_TOKEN: application.token,
  WECHAT_PUSH_ENCODING_AES_KEY: application.encodingAESKey,
  WECHAT_PUSH_RECEIVE_ID: application.receiveId,
};
const environmentOfBot = {
  WECHAT_PUSH_TOKEN: bot.token,
  WECHAT_PUSH_ENCODING_AES_KEY: bot.encodingAESKey,
};

/** What is set for a snippet. @param {string} code */
function environmentOf(code) {
  if (code.includes("platform: 'wecom-bot'")) return environmentOfBot;
  if (!code.includes("platform: 'wecom'")) return environment;
  if (!code.includes("split(',')")) return environmentOfWeCom;
  return { ...environmentOfWeCom, WECHAT_PUSH_RECEIVE_ID: `${SUITE},${application.receiveId}` };
}

/** The pages that show the examples of frameworks: frameworks-page.test.js starts those. */
const FRAMEWORK_PAGES = ['frameworks', 'koa', 'fastify', 'fetch', 'serverless', 'nestjs'];

/** Every other page that a user reads, in both languages. */
function pages() {
  const docs = fs.readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`);
  const all = ['README.md', 'README.zh-CN.md', 'llms.txt', ...docs];
  const shown = new Set(FRAMEWORK_PAGES.flatMap((name) => [`docs/${name}.md`, `docs/${name}.zh-CN.md`]));
  return all.filter((name) => /\.(md|txt)$/.test(name) && !shown.has(name));
}

/** The code blocks of a page, each named by the line it begins at. */
function blocks(page) {
  const text = fs.readFileSync(path.join(root, page), 'utf8');
  return Array.from(text.matchAll(/^```(\w*)\n(.*?)^```$/gms), ({ 1: language, 2: code, index }) => ({
    page,
    name: `${page}:${text.slice(0, index).split('\n').length + 1}`,
    language,
    code,
  }));
}

/** The blocks of JavaScript of every page. */
function snippets() {
  return pages()
    .flatMap(blocks)
    .filter(({ language }) => /^([cm]?js|javascript|ts|typescript)$/.test(language));
}

/**
 * A place to run snippets in, with what they did there: calls of WeChat's API, lines they said, tests they made. Other
 * modules and variables of the environment than the usual may be given.
 */
function createWorld(more = {}) {
  const world = { app: recorded(express()), sent: [], said: [], tests: [], answers: [], run, serve, end };
  const pushes = [];
  const servers = [];
  const subscribed = [];
  const wechatPush = require('../../index.js');
  const api = require('../../api.js');
  const modules = {
    express: () => recorded(express()),
    'node:diagnostics_channel': { channel: (name) => ({ subscribe: (listen) => subscribe(name, listen) }) },
    redis: { createClient: () => ({ ...noRedis, on() {}, connect: async () => {} }) },
    'wechat-push': { ...wechatPush, messagePush: (...args) => kept(wechatPush.messagePush(...args)) },
    openai: { OpenAI: OurOpenAI },
    'wechat-push/api': {
      ...api,
      accessToken: (given) => api.accessToken({ fetch: wechatApi, ...given }),
      customerService: (given) => api.customerService({ fetch: wechatApi, ...given }),
    },
    'wechat-push/answers': require('../../answers.js'),
    'wechat-push/redis': require('../../redis.js'),
    'wechat-push/testing': require('../../testing.js'),
    ...more.modules,
  };
  const globals = {
    ...account,
    account,
    app: world.app,
    askTheModel: async (question) => `You said: ${question}`,
    console: { ...console, log: (...line) => world.said.push(line) },
    expect,
    fetch: wechatApi,
    handler: () => 'handled',
    require: (name) => modules[name] ?? require(name),
    supertest: (app) => asked(app),
    test: (name, body) => world.tests.push({ name, body }),
  };

  /** Runs a snippet; resolves to what it exports. */
  async function run(code) {
    const module = { exports: {} };
    const names = {
      ...globals,
      module,
      process: { ...process, env: { ...environmentOf(code), ...more.environment } },
    };
    await new AsyncFunction(...Object.keys(names), `{${code}\n}`)(...Object.values(names));
    return module.exports;
  }

  /** Runs a snippet and serves what it made; resolves to the origin. */
  async function serve(code) {
    await run(code);
    if (!code.includes('.use(')) for (const push of pushes) world.app.use('/checkPushMsg', push);
    const server = servers.at(-1) ?? world.app.listen(0);
    if (!server.listening) await once(server, 'listening');
    return `http://127.0.0.1:${server.address().port}`;
  }

  /** Channels are the process's, so that what listens to one would hear other tests, too. */
  function subscribe(name, listen) {
    channels.subscribe(name, listen);
    subscribed.push([name, listen]);
  }

  async function end() {
    for (const [name, listen] of subscribed) channels.unsubscribe(name, listen);
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  function kept(push) {
    pushes.push(push);
    return push;
  }

  /** The ports of the pages may be taken. */
  function recorded(app) {
    const { listen } = app;
    app.listen = (port) => {
      const server = listen.call(app, [80, 3000].includes(port) ? 0 : port, '127.0.0.1');
      servers.push(server);
      return server;
    };
    return app;
  }

  /** WeChat's API: gives what `world.answers` has, else says yes. What nothing is sent to is a file. */
  async function wechatApi(url, { method, body } = {}) {
    if (body === undefined) return fetch(url);
    const { origin, pathname, searchParams } = new URL(url);
    const sent = JSON.parse(body);
    world.sent.push({ method, url: origin + pathname, token: searchParams.get('access_token'), body: sent });
    const yes = pathname.endsWith('stable_token') ? { access_token: 'T1', expires_in: 7200 } : { errcode: 0 };
    return Response.json(world.answers.shift() ?? yes);
  }

  return world;
}

/** The client of a model's provider, by a server that is none. */
class OurOpenAI extends OpenAI {
  constructor(given) {
    super({ ...given, apiKey: 'any', fetch: modelApi });
  }
}

/** A model's API: says what it was asked, in a stream. */
async function modelApi(url, { body }) {
  const { messages, stream } = JSON.parse(body);
  expect([new URL(url).pathname, stream]).toEqual([expect.stringMatching(/\/chat\/completions$/), true]);
  const pieces = ['You said: ', messages.at(-1).content];
  const chunks = [
    ...pieces.map((content) => ({ delta: { content }, finish_reason: null })),
    { delta: {}, finish_reason: 'stop' },
  ].map((choice) => `data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`);
  const headers = { 'content-type': 'text/event-stream' };
  return new Response(`${chunks.join('')}data: [DONE]\n\n`, { headers });
}

/** As much of supertest as a page uses. */
function asked(app) {
  const request = { method: 'POST' };
  const chain = {
    post: (url) => Object.assign(chain, { url }),
    set: (headers) => (Object.assign(request, { headers }), chain),
    async send(body) {
      const server = app.listen(0);
      await once(server, 'listening');
      const origin = `http://127.0.0.1:${server.address().port}`;
      return { text: await (await fetch(origin + chain.url, { ...request, body })).text() };
    },
  };
  return chain;
}

module.exports = { FRAMEWORK_PAGES, createWorld, snippets };
