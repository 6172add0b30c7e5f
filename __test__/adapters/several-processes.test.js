'use strict';

// The warning that retries may come to a process with a memory of its own.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const root = JSON.stringify(path.join(__dirname, '../..'));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-processes-'));

afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The warnings of a program, and of what it forks. */
function warningsOf(program, env = {}) {
  const source = `
    const { createEndpoint, createReceiver, messagePush, memoryStore } = require(${root});
    const serverless = require(${root} + '/serverless.js');
    ${program}`;
  // Workers need a file to run.
  const file = path.join(folder, 'program.js');
  fs.writeFileSync(file, source);
  const { stderr, status } = spawnSync(process.execPath, [file], {
    env: { ...process.env, NODE_APP_INSTANCE: '', ...env },
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stderr.match(/\[WECHAT_PUSH_STORE\].*/g) ?? [];
}

const IN_A_WORKER = `
  const cluster = require('node:cluster');
  if (cluster.isPrimary) cluster.fork();
  else {
    for (let i = 0; i < 3; i++) messagePush('sesame', () => {});
    cluster.worker.disconnect();
  }`;

test('a worker of node:cluster warns once, and names redisStore', () => {
  const warnings = warningsOf(IN_A_WORKER);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("redisStore(client) of 'wechat-push/redis'");
  expect(warnings[0]).toContain('node:cluster');
});

test.each([
  ['1', 1],
  ['7', 1],
  ['0', 0],
  ['', 0],
  ['no number', 0],
])('with NODE_APP_INSTANCE=%s there are %i warnings', (instance, expected) => {
  const program =
    "messagePush('sesame'); createEndpoint({ token: 'sesame', store: memoryStore() }, () => {});";
  expect(warningsOf(program, { NODE_APP_INSTANCE: instance })).toHaveLength(expected);
});

test('a cloud function warns once', () => {
  const program = "for (let i = 0; i < 3; i++) serverless.messagePush('sesame', () => {});";
  const warnings = warningsOf(program);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('cloud functions');
});

test.each([
  ['a store of its own', "messagePush({ token: 'sesame', store: { ...memoryStore() } })"],
  ['no store at all', "createReceiver('sesame')"],
])('with %s nobody warns', (_, program) => {
  expect(warningsOf(program, { NODE_APP_INSTANCE: '1' })).toEqual([]);
});
