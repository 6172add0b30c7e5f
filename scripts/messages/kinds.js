'use strict';

// cli/play/kinds.json: what the playground says of each row beside its sample, for people who pick one.

const { groups } = require('./events-page.js');

/** The text of the file: the titles of the groups, and by family, kind and name when it is pushed and what it takes. */
function kinds(rows) {
  const all = { groups };
  for (const { family, kind, name, group, when, answer } of rows) {
    ((all[family] ??= {})[kind] ??= {})[name] = { group, answer, ...when };
  }
  return `${JSON.stringify(all)}\n`;
}

module.exports = { kinds };
