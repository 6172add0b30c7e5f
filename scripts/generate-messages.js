'use strict';

// Writes what is generated from core/messages.json; with --check it only says whether that is up to date.

const { coreRows } = require('./messages/core-rows.js');
const { eventsPages } = require('./messages/events-page.js');
const { kinds } = require('./messages/kinds.js');
const { knownFields } = require('./messages/known-fields.js');
const { routeNames } = require('./messages/route-names.js');
const { samples } = require('./messages/samples.js');
const { file, readRows } = require('./messages/table.js');
const { types } = require('./messages/types.js');
const { format, writeOrCheck } = require('./write-generated.js');

main();

async function main() {
  const rows = readRows();
  writeOrCheck('cli/samples.json', samples(rows), file);
  writeOrCheck('cli/play/kinds.json', kinds(rows), file);
  const texts = {
    'core/rows.json': coreRows(rows),
    'messages.d.ts': types(rows),
    'lib/known-fields.js': knownFields(rows),
    'lib/route-names.js': routeNames(rows),
    ...eventsPages(rows),
  };
  for (const [target, text] of Object.entries(texts)) writeOrCheck(target, await format(text, target), file);
}
