'use strict';

const { cells, pick } = require('../scripts/matrix/parts.js');
const { withResult } = require('../scripts/matrix/results.js');

const named = (words) => pick(words).map(({ runtime, engine, host }) => `${runtime} ${engine} ${host}`);

test('words pick parts of the matrix', () => {
  expect(named(['node20', 'own'])).toEqual(['node20 addon own', 'node20 wasm own']);
  expect(named(['bun', 'deno', 'wasm'])).toEqual([
    'bun wasm own',
    'bun wasm bun',
    'deno wasm own',
    'deno wasm deno',
  ]);
  expect(pick([])).toEqual(cells);
  expect(new Set(named(['workerd']))).toEqual(new Set(['workerd wasm workerd']));
  expect(() => pick(['node20', 'rhino'])).toThrow('there is no rhino; there are node20, ');
});

test('what was run takes the place of an older result; the others stay, in order', () => {
  const resultOf = (cell, date) => ({ ...cell, date });
  const all = cells.map((cell) => resultOf(cell, 'then'));
  const again = withResult(resultOf(cells[3], 'now'), all.toReversed(), cells);
  expect(again).toEqual(all.with(3, resultOf(cells[3], 'now')));
  const former = resultOf({ runtime: 'node18', engine: 'addon', host: 'own' }, 'then');
  const first = resultOf(cells[0], 'now');
  expect(withResult(first, [former], cells)).toEqual([first]);
});
