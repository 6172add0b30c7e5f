'use strict';

// Worlds of processes, a store and WeChat in virtual time, each of one seed; see simulator/promises.js.

const { spawnSync } = require('node:child_process');
const path = require('node:path');

/** In a process of its own, where a rejection that nobody looks at is seen. */
function simulate(script, ...args) {
  const file = path.join(__dirname, 'simulator', script);
  return spawnSync(process.execPath, [file, ...args.map(String)], { encoding: 'utf8', maxBuffer: 1e9 });
}

test('300 worlds keep every promise', () => {
  const { status, stdout, stderr } = simulate('run.js', 300);
  if (status !== 0) throw new Error(stdout + stderr);
  expect(stdout).toMatch(/^300 worlds .* 0 worlds with a broken promise$/m);
});

test.each([
  ['slow answers, over carriers and kept for the next message', 'answers', 80],
  ['turns, one after another and merged', 'turns', 60],
])('worlds of %s keep every promise', (_, kind, worlds) => {
  const { status, stdout, stderr } = simulate('answers-run.js', worlds, 30, 6, 0, kind);
  if (status !== 0) throw new Error(stdout + stderr);
  expect(stdout).toMatch(new RegExp(`^${worlds} worlds .* 0 worlds with a broken promise$`, 'm'));
});

test('a thousand slow answers for 200 users, in three worlds', () => {
  const { status, stdout, stderr } = simulate('answers-run.js', 3, 1000, 200, 0, 'answers');
  if (status !== 0) throw new Error(stdout + stderr);
  expect(stdout).toMatch(/3000 answers/);
});

test('a seed gives the same world again', () => {
  const [once, again] = [simulate('replay.js', 21), simulate('replay.js', 21)];
  expect(once.stdout).toMatch(/run 1 of push 1 .* starts/);
  expect(again.stdout).toBe(once.stdout);
});
