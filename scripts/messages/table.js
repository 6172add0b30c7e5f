'use strict';

// Reads core/messages.json.

const fs = require('node:fs');
const path = require('node:path');
const { root } = require('../write-generated.js');
const { parseFields } = require('./fields.js');

const file = 'core/messages.json';

/** The rows, each with the field that tells its kind, its name, and its fields as text and read. */
function readRows() {
  const table = JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
  return Object.entries(table).flatMap(([kind, rows]) =>
    Object.entries(rows).map(([name, { fields, formerly = [], ...rest }]) =>
      Object.assign(rest, { kind, name, formerly, text: fields, fields: parseFields(fields) }),
    ),
  );
}

module.exports = { file, readRows };
