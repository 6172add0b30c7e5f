'use strict';

// cli/samples.json: what the command sends of each row, without all else that core/messages.json has, which is four times
// as large.

/** The text of the file: the samples by family, kind and name; a former name gives the present one. */
function samples(rows) {
  const all = {};
  for (const { family, kind, name, formerly, sample } of rows) {
    const names = ((all[family] ??= {})[kind] ??= {});
    names[name] = sample;
    for (const former of formerly) names[former] = name;
  }
  return `${JSON.stringify(all)}\n`;
}

module.exports = { samples };
