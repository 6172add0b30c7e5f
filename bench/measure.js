'use strict';

const ROUNDS = 200;
const WARM_UP = 200e6;
const TURN = 2e6;

/**
 * Medians in ns per call of functions that do the same work. They take turns of two milliseconds, so that
 * whatever else the machine does falls on all of them alike.
 * @param {Record<string, () => unknown>} functions
 * @returns {Record<string, number>}
 */
function medians(functions) {
  const forms = Object.entries(functions).map(([name, call]) => ({ name, run: loop(call), ns: [] }));
  const calls = forms.map(({ run }) => Math.ceil(TURN / warmUp(run)));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { run, ns }] of forms.entries()) ns.push(timed(run, calls[i]));
  }
  return Object.fromEntries(forms.map(({ name, ns }) => [name, median(ns)]));
}

/**
 * The same for functions that return promises, one call after the other.
 * @param {Record<string, () => Promise<unknown>>} functions
 * @returns {Promise<Record<string, number>>}
 */
async function asyncMedians(functions) {
  const forms = Object.entries(functions).map(([name, call]) => ({ name, call, ns: [] }));
  for (const form of forms) {
    const end = process.hrtime.bigint() + BigInt(WARM_UP);
    let ns = await asyncTimed(form.call, 1);
    while (process.hrtime.bigint() < end) ns = await asyncTimed(form.call, Math.ceil(TURN / ns));
    form.calls = Math.ceil(TURN / ns);
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { call, calls, ns } of forms) ns.push(await asyncTimed(call, calls));
  }
  return Object.fromEntries(forms.map(({ name, ns }) => [name, median(ns)]));
}

/** ns per call. */
async function asyncTimed(call, calls) {
  const from = process.hrtime.bigint();
  for (let i = 0; i < calls; i++) await call();
  return Number(process.hrtime.bigint() - from) / calls;
}

/** A loop of its own for each function, so that V8 can inline the call. */
function loop(call) {
  const body = 'return (calls) => { let last; for (let i = 0; i < calls; i++) last = call(); return last; }';
  return new Function('call', body)(call);
}

/** Runs until V8 has compiled it; ns per call. */
function warmUp(run) {
  const end = process.hrtime.bigint() + BigInt(WARM_UP);
  let ns = timed(run, 1);
  while (process.hrtime.bigint() < end) ns = timed(run, Math.ceil(TURN / ns));
  return ns;
}

/** ns per call. */
function timed(run, calls) {
  const from = process.hrtime.bigint();
  run(calls);
  return Number(process.hrtime.bigint() - from) / calls;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A function that returns the next of `values` at each call, for ever. */
function cycle(values) {
  let at = 0;
  return () => values[at === values.length - 1 ? (at = 0) : ++at];
}

module.exports = { asyncMedians, cycle, medians };
