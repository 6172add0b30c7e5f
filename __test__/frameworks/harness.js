'use strict';

// As much of jest as the conformance suite uses, for runtimes on which jest itself does not run.

const { format } = require('node:util');
const { expect } = require('expect');
const { ModuleMocker } = require('jest-mock');

/** For a machine that is busy: one of them is a whole build. */
const LIMIT = 180_000;

/** Where tests are being declared. */
let group = { title: [], before: [], after: [] };
/** @type {{ title: string, run: () => Promise<void> }[]} */
const tests = [];

/** Makes jest's names global. */
function install() {
  const mocker = new ModuleMocker(globalThis);
  const jest = {
    fn: (...args) => mocker.fn(...args),
    spyOn: (...args) => mocker.spyOn(...args),
    restoreAllMocks: () => mocker.restoreAllMocks(),
    setTimeout: () => {},
  };
  const beforeEach = (hook) => group.before.push(hook);
  const afterEach = (hook) => group.after.unshift(hook);
  Object.assign(globalThis, {
    afterEach,
    beforeEach,
    describe: eachOf(describe),
    expect,
    jest,
    test: eachOf(test),
  });
}

function describe(title, declare) {
  const outer = group;
  group = { title: [...outer.title, title], before: [...outer.before], after: [...outer.after] };
  declare();
  group = outer;
}

function test(title, body) {
  const within = group;
  tests.push({
    title: [...within.title, title].join(' › '),
    async run() {
      try {
        for (const hook of within.before) await hook();
        await inTime(body());
      } finally {
        for (const hook of within.after) await hook();
      }
    },
  });
}

/** Adds `each`, whose titles have a %s for each value. */
function eachOf(declare) {
  const each = (rows) => (title, body) => {
    for (const row of rows) {
      const values = Array.isArray(row) ? row : [row];
      const places = title.match(/%[a-z]/g)?.length ?? 0;
      declare(format(title, ...values.slice(0, places)), () => body(...values));
    }
  };
  return Object.assign(declare, { each });
}

async function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${LIMIT / 1000} s`)), LIMIT);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Runs what was declared, one after another, and yields each result. @param {RegExp} only */
async function* results(only) {
  for (const { title, run } of tests.filter((one) => only.test(one.title))) {
    try {
      await run();
      yield { title };
    } catch (error) {
      yield { title, error: error?.stack ?? String(error) };
    }
  }
}

module.exports = { install, results };
