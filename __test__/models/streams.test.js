'use strict';

// What the clients themselves yield, from a local server over HTTP, through our reader.

const assert = require('node:assert/strict');
const { after, before, describe, test } = require('node:test');
const { openStream } = require('../../lib/answers/stream.js');
const { TEXT, serveModels } = require('./model-server.js');

const question = [{ role: 'user', content: 'hi' }];

/** What a handler would write, by client. @type {Record<string, (model: string, url: string, signal?: AbortSignal) => Promise<unknown>>} */
const handlers = {
  async 'openai chat.completions.create'(model, url, signal) {
    const client = await openai(url);
    return client.chat.completions.create({ model, messages: question, stream: true }, { signal });
  },
  async 'openai chat.completions.stream'(model, url, signal) {
    const client = await openai(url);
    return client.chat.completions.stream({ model, messages: question }, { signal });
  },
  async 'openai responses.create'(model, url, signal) {
    const client = await openai(url);
    return client.responses.create({ model, input: 'hi', stream: true }, { signal });
  },
  async 'openai responses.stream'(model, url, signal) {
    const client = await openai(url);
    return client.responses.stream({ model, input: 'hi' }, { signal });
  },
  async 'anthropic messages.create'(model, url, signal) {
    const client = await anthropic(url);
    return client.messages.create({ model, messages: question, max_tokens: 99, stream: true }, { signal });
  },
  async 'anthropic messages.stream'(model, url, signal) {
    const client = await anthropic(url);
    return client.messages.stream({ model, messages: question, max_tokens: 99 }, { signal });
  },
  async 'ai streamText'(model, url, signal) {
    return (await aiSdk(model, url, signal)).result;
  },
  async 'ai streamText().fullStream'(model, url, signal) {
    return (await aiSdk(model, url, signal)).result.fullStream;
  },
};

async function openai(url) {
  const { default: OpenAI } = await import('openai');
  return new OpenAI({ apiKey: 'none', baseURL: `${url}/v1`, maxRetries: 0 });
}

async function anthropic(url) {
  const { default: Anthropic } = await import('@anthropic-ai/sdk');
  return new Anthropic({ apiKey: 'none', baseURL: url, maxRetries: 0 });
}

async function aiSdk(model, url, abortSignal) {
  const { streamText } = await import('ai');
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const provider = createOpenAICompatible({ name: 'local', baseURL: `${url}/v1` });
  const options = { model: provider(model), prompt: 'hi', abortSignal, maxRetries: 0, onError() {} };
  return { result: streamText(options) };
}

let server;
before(async () => {
  server = await serveModels();
});
after(() => server.close());

for (const [name, handler] of Object.entries(handlers)) {
  const isAiSdk = name.startsWith('ai ');

  describe(name, { timeout: 20_000 }, () => {
    test('the text, and nothing of what was thought', async () => {
      assert.deepEqual(await read(await handler('answers', server.url)), { text: TEXT });
    });

    test('a model that fails in the middle', async () => {
      const { text, error } = await read(await handler('fails', server.url));
      assert.equal(text, TEXT);
      assert.match(`${error?.message} ${JSON.stringify(error?.error ?? '')}`, /overloaded/);
    });

    test('a server that hangs up', async () => {
      const { text, error } = await read(await handler('hangs-up', server.url));
      assert.equal(text, TEXT);
      assert.ok(error instanceof Error);
    });

    test('an answer that is cut without a word', async () => {
      const { text, error } = await read(await handler('is-cut', server.url));
      assert.equal(text, TEXT);
      // The AI SDK says itself that it has finished, and for what reason it does not know.
      if (!isAiSdk) assert.ok(error instanceof Error);
    });

    test('a server that refuses', async () => {
      const { text, error } = await answerOf(() => handler('refuses', server.url));
      assert.equal(text, '');
      assert.match(error.message, /no such model/);
    });

    test('a reader that wants no more', async () => {
      const control = new AbortController();
      const stream = openStream(await handler('endless', server.url, control.signal));
      const pieces = [];
      while (pieces.join('').length < 50) pieces.push((await stream.next()).text);
      stream.close();
      assert.deepEqual(await stream.next(), { text: '', done: true });
      // It makes each stream of a copy of the answer, and only the signal reaches the model.
      if (isAiSdk) control.abort();
      await server.left();
    });

    test('a signal that aborts', async () => {
      const control = new AbortController();
      const stream = openStream(await handler('endless', server.url, control.signal));
      await stream.next();
      setTimeout(() => control.abort(), 50);
      await assert.rejects(drain(stream));
      await server.left();
    });
  });
}

test('textStream of the AI SDK says nothing of an error, which is why fullStream is read', async () => {
  const { result } = await aiSdk('fails', server.url);
  assert.deepEqual(await read(result.textStream), { text: TEXT });
});

test('a fetch() is refused by name, and so are the bytes in it', async () => {
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'answers' }),
  });
  assert.equal(openStream(response), undefined);
  const { error } = await read(response.body);
  assert.match(error.message, /a stream yielded bytes, .*TextDecoderStream/);
});

/** @param {() => Promise<unknown>} handler */
async function answerOf(handler) {
  try {
    return await read(await handler());
  } catch (error) {
    return { text: '', error };
  }
}

/** @param {unknown} value */
async function read(value) {
  const stream = openStream(value);
  assert.ok(stream, 'it is a stream');
  const answer = { text: '' };
  try {
    for await (const piece of piecesOf(stream)) answer.text += piece;
  } catch (error) {
    answer.error = error;
  }
  return answer;
}

async function drain(stream) {
  for await (const _ of piecesOf(stream));
}

async function* piecesOf(stream) {
  for (;;) {
    const { text, done } = await stream.next();
    if (done) return;
    yield text;
  }
}
