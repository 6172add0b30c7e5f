'use strict';

// The grammar in which core/messages.json writes the fields of a row.

const marks = { '#': 'number', '!': 'boolean', '~': 'string' };

/**
 * Reads comma-separated fields, each a name and then, in this order, what it holds (`#` an integer, `!` true or
 * false, `~` text that a user or another stranger typed or chose, nothing: other text), `[]` (a list), `?` (not
 * always there), `{fields}`. Right behind the name, `=` has another spelling under which it is pushed, too. A `^` before the name marks the element that wraps the fields in XML and that JSON
 * drops.
 */
function parseFields(text) {
  const token = /(\^?)([A-Za-z]\w*)((?:=\w+)?)([#!~]?)((?:\[\])?)(\??)(\{?)/y;
  let at = 0;
  const all = text === '' ? [] : parseLevel(0);
  if (at < text.length) fail();
  return all;

  function parseLevel(depth) {
    const level = [parseField(depth)];
    while (text[at] === ',') {
      at += 1;
      level.push(parseField(depth));
    }
    if (new Set(level.map((field) => field.name)).size < level.length) fail();
    return level;
  }

  function parseField(depth) {
    token.lastIndex = at;
    const match = token.exec(text) ?? fail();
    const [wrapper, marked, list, optional, nested] = [1, 4, 5, 6, 7].map((group) => match[group] !== '');
    if (marked && nested) fail();
    if (wrapper && (depth > 0 || list || optional || !nested)) fail();
    at = token.lastIndex;
    const fields = nested ? parseLevel(depth + 1) : null;
    if (nested && text[at++] !== '}') fail();
    const type = nested ? 'object' : (marks[match[4]] ?? 'string');
    const variant = match[3].slice(1);
    if (variant && match[4] === '~') fail();
    return { name: match[2], variant, wrapper, type, typed: match[4] === '~', list, optional, fields };
  }

  function fail() {
    throw new Error(`core/messages.json: cannot read ${JSON.stringify(text)} at character ${at}`);
  }
}

module.exports = { parseFields };
