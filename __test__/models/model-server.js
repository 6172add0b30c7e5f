'use strict';

// A local server that speaks as the providers of models do, over HTTP with server-sent events. What the name of the
// model asks for becomes of the answer: `answers`, `fails` in the middle, `is-cut` without a word, `hangs-up`, is
// `endless`, or `refuses` with a status.

const http = require('node:http');
const { json } = require('node:stream/consumers');

const TEXT = ['第一句。', 'Second', ' sentence.'];
const THOUGHT = 'what do they want?';

/**
 * @typedef {object} Served
 * @property {string} url
 * @property {() => Promise<void>} left resolves when the client of the last request has closed its connection
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Served>} */
async function serveModels() {
  let left = Promise.resolve();
  const server = http.createServer(async (req, res) => {
    left = new Promise((resolve) => res.once('close', () => resolve()));
    const protocol = protocols[req.url.replace(/^\/v1/, '')];
    await answer(res, protocol, (await json(req)).model);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    left: () => left,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(res, { begins, texts, ends, fails }, model) {
  if (model === 'refuses') return refuse(res);
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (events) => events.forEach((event) => res.write(sse(event)));
  send(begins);
  for (const text of TEXT) {
    send(texts(text));
    await new Promise(setImmediate);
  }
  if (model === 'endless') return goOn(res, () => send(texts('.')));
  if (model === 'hangs-up') return setTimeout(() => res.destroy(), 50);
  if (model === 'fails') send(fails);
  if (model === 'answers') send(ends);
  res.end();
}

function refuse(res) {
  const error = { type: 'invalid_request_error', message: 'no such model' };
  res.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
}

function goOn(res, more) {
  const timer = setInterval(more, 5);
  res.once('close', () => clearInterval(timer));
}

/** @param {object | string} event */
function sse(event) {
  if (typeof event === 'string') return `data: ${event}\n\n`;
  const name = event.type ? `event: ${event.type}\n` : '';
  return `${name}data: ${JSON.stringify(event)}\n\n`;
}

const chat = (delta, finish_reason = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1764000000,
  model: 'a-model',
  choices: [{ index: 0, delta, finish_reason }],
});

const message = { id: 'msg_1', type: 'message', status: 'in_progress', role: 'assistant', content: [] };
const response = { id: 'resp_1', object: 'response', status: 'in_progress', output: [], model: 'a-model' };
const usage = { input_tokens: 1, output_tokens: 1 };
const thinking = { item_id: 'rs_1', output_index: 0, summary_index: 0 };
const at = { item_id: 'msg_1', output_index: 1, content_index: 0 };

/** By the path of a request. */
const protocols = {
  '/chat/completions': {
    begins: [chat({ role: 'assistant', content: '' }), chat({ reasoning_content: THOUGHT })],
    texts: (content) => [chat({ content })],
    ends: [chat({}, 'stop'), '[DONE]'],
    fails: [{ error: { type: 'server_error', message: 'overloaded' } }],
  },
  '/responses': {
    begins: [
      { type: 'response.created', response },
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { id: 'rs_1', type: 'reasoning', summary: [] },
      },
      {
        type: 'response.reasoning_summary_part.added',
        ...thinking,
        part: { type: 'summary_text', text: '' },
      },
      { type: 'response.reasoning_summary_text.delta', ...thinking, delta: THOUGHT },
      { type: 'response.output_item.added', output_index: 1, item: message },
      {
        type: 'response.content_part.added',
        ...at,
        part: { type: 'output_text', text: '', annotations: [] },
      },
    ],
    texts: (delta) => [{ type: 'response.output_text.delta', ...at, delta }],
    ends: [{ type: 'response.completed', response: { ...response, status: 'completed' } }],
    fails: [
      {
        type: 'response.failed',
        response: { ...response, error: { code: 'server_error', message: 'overloaded' } },
      },
    ],
  },
  '/messages': {
    begins: [
      { type: 'message_start', message: { ...message, model: 'a-model', stop_reason: null, usage } },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'thinking', thinking: '', signature: '' },
      },
      { type: 'ping' },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: THOUGHT } },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    ],
    texts: (text) => [{ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text } }],
    ends: [
      { type: 'content_block_stop', index: 1 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage },
      { type: 'message_stop' },
    ],
    fails: [{ type: 'error', error: { type: 'overloaded_error', message: 'overloaded' } }],
  },
};

module.exports = { TEXT: TEXT.join(''), serveModels };
