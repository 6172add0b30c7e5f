'use strict';

// `npm run soak` calls `receive` and sends HTTP requests until a leak would show, and fails when memory
// grows, a handle stays open or an answer is wrong. `npm run soak -- --calls 100000 --requests 5000` is a
// short run. What is measured runs in a child process, so that the traffic has no part in the figures.

const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');
const { parseArgs } = require('node:util');
const { judge, megabytes, milliseconds } = require('./figures.js');
const { createTraffic } = require('./traffic.js');

/** How often memory is looked at in each part, and how many looks at the beginning are warm-up. */
const LOOKS = 40;
const WARM_UP = 10;

/** So that RSS is what is held, not what the busiest moment held: V8's young generation stays small … */
const FLAGS = ['--expose-gc', '--max-semi-space-size=1'];
/** … and glibc gives back at once what is free. */
const FRUGAL = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '32768' };

main();

async function main() {
  const { calls, requests } = counts();
  const flaws = [];
  if (calls > 0) flaws.push(...(await part('receive', calls, runCalls)));
  if (requests > 0) flaws.push(...(await part('HTTP', requests, runRequests)));
  for (const flaw of flaws) console.error(`soak: ${flaw}`);
  console.log(flaws.length === 0 ? 'soak: passed' : 'soak: failed');
  process.exitCode = flaws.length === 0 ? 0 : 1;
}

function counts() {
  const options = {
    calls: { type: 'string', default: '5000000' },
    requests: { type: 'string', default: '200000' },
  };
  const { calls, requests } = parseArgs({ options }).values;
  return { calls: whole('calls', calls), requests: whole('requests', requests) };
}

function whole(name, text) {
  if (/^\d+$/.test(text)) return Number(text);
  console.error(`soak: --${name} must be a whole number, not ${text}`);
  process.exit(2);
}

/** Runs one part, prints its figures, and returns what is wrong. */
async function part(name, count, run) {
  const begun = performance.now();
  const samples = [];
  const look = (done, rss) => {
    samples.push(rss);
    console.log(`soak: ${name}: ${done.toLocaleString('en')} done, RSS ${megabytes(rss)}`);
  };
  const { delay, left, wrong } = await run(count, look);
  const seconds = (performance.now() - begun) / 1000;
  const { flat, text } = judge(samples.slice(WARM_UP));
  console.log(`soak: ${name}: ${count.toLocaleString('en')} in ${Math.round(seconds)} s`);
  console.log(`soak: ${name}: settled memory ${text}`);
  console.log(`soak: ${name}: event-loop delay p99 ${milliseconds(delay)}`);
  console.log(`soak: ${name}: handles left at the end: ${left.length === 0 ? 'none' : left.join(', ')}`);
  const flaws = wrong.map((flaw) => `${name}: ${flaw}`);
  if (!flat) flaws.push(`${name}: memory grew, ${text}`);
  if (left.length > 0) flaws.push(`${name}: handles were left: ${left.join(', ')}`);
  return flaws;
}

async function runCalls(count, look) {
  const child = start('calls.js');
  const { ended } = child;
  for (let i = 1; i <= LOOKS; i++) {
    const { rss } = await child.ask(
      'run',
      Math.round((count * i) / LOOKS) - Math.round((count * (i - 1)) / LOOKS),
    );
    look(Math.round((count * i) / LOOKS), rss);
  }
  const result = await child.ask('end');
  await ended;
  return result;
}

async function runRequests(count, look) {
  const child = start('server.js');
  const { ended } = child;
  const { port } = await child.ask('listen');
  const traffic = createTraffic(port);
  for (let i = 1; i <= LOOKS; i++) {
    await traffic.send(Math.round((count * i) / LOOKS) - Math.round((count * (i - 1)) / LOOKS));
    look(Math.round((count * i) / LOOKS), (await child.ask('look')).rss);
  }
  await traffic.end();
  const result = await child.ask('end');
  await ended;
  for (const line of traffic.summary()) console.log(`soak: HTTP: ${line}`);
  return { ...result, wrong: traffic.wrong() };
}

/** A child process that is asked one thing at a time. */
function start(file) {
  const env = { ...process.env, ...FRUGAL };
  const child = fork(path.join(__dirname, file), { execArgv: FLAGS, env });
  let dead;
  const ended = once(child, 'exit').then(([code, signal]) => {
    dead = new Error(`${file} ended with ${signal ?? `status ${code}`}`);
    if (code !== 0) throw dead;
  });
  ended.catch(() => {});
  const ask = async (what, count) => {
    if (dead) throw dead;
    child.send({ what, count });
    const answered = once(child, 'message');
    const [answer] = await Promise.race([answered, ended.then(() => Promise.reject(dead))]);
    return answer;
  };
  return { ask, ended };
}
