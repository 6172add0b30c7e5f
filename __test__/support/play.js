'use strict';

// `wechat-push play` and `record` as a test runs them, in this process, until the test ends.

const { Readable } = require('node:stream');
const { run } = require('../../cli/main.js');
const { closeLater } = require('./servers.js');

/**
 * Runs a command that goes on; resolves when it has printed what it waits for.
 * @param {string[]} args
 * @param {RegExp} until
 */
async function goOn(args, until, env = {}) {
  const written = { stdout: '', stderr: '' };
  let look = () => {};
  const stream = (name) => ({
    isTTY: false,
    write(text) {
      written[name] += text;
      look();
    },
  });
  let end;
  const ending = new Promise((resolve) => (end = resolve));
  const status = run(args, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    stdin: Readable.from(['']),
    env: { LANG: 'en_US.UTF-8', ...env },
    ended: () => ending,
  });
  closeLater(() => {
    end();
    return status;
  });
  await Promise.race([
    new Promise((resolve) => (look = () => until.test(written.stdout) && resolve())),
    status,
  ]);
  return { written, stop: () => (end(), status) };
}

/** The playground: its page, and the API that it plays. */
async function play(url, args, env) {
  const { written, stop } = await goOn(['play', url, ...args, '--port=0'], /WECHAT_PUSH_API_URL=\S+/, env);
  const page = written.stdout.match(/http:\/\/127\.0\.0\.1:\d+\/[\w-]{20,}\//)?.[0];
  const api = written.stdout.match(/WECHAT_PUSH_API_URL=(\S+)/)?.[1];
  return { written, stop, page, api };
}

/** The page's own part: it asks for actions, and is told what happens. */
async function tab(page) {
  const origin = new URL(page).origin;
  const response = await fetch(`${page}events`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  closeLater(() => reader.cancel().catch(() => {}));
  const changes = [];
  let text = '';
  const read = async () => {
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream has ended');
    text += value;
    const events = text.split('\n\n');
    text = events.pop();
    changes.push(
      ...events.filter((event) => event.startsWith('data: ')).map((event) => JSON.parse(event.slice(6))),
    );
  };

  return {
    changes,
    /** Asks for an action. */
    async act(name, body = {}) {
      const headers = { 'Content-Type': 'application/json', Origin: origin };
      const answer = await fetch(page + name, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, ...(await answer.json()) };
    },
    /** The first change, of those there have been and those to come, that a function likes: what the function gives. */
    async told(wanted) {
      for (let at = 0; ; at++) {
        while (changes.length <= at) await read();
        const found = wanted(changes[at]);
        if (found) return found;
      }
    },
    /** A push that is over. */
    done(id) {
      return this.told(({ push }) => push?.id === id && push.isDone && push);
    },
  };
}

module.exports = { goOn, play, tab };
