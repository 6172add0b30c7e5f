'use strict';

/** Medians in ns per call of functions that do the same work, measured in turns. */
async function medians(functions) {
  const { measure } = await import('mitata');
  const rounds = 5;
  const samples = Object.fromEntries(Object.keys(functions).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(functions)) {
      samples[name].push((await measure(call, { min_cpu_time: 200e6 })).p50);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, of]) => [name, median(of)]));
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** A function that returns the next of `values` at each call, for ever. */
function cycle(values) {
  let at = 0;
  return () => values[at === values.length - 1 ? (at = 0) : ++at];
}

module.exports = { cycle, medians };
