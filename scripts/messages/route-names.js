'use strict';

// lib/route-names.js: the routes of the rows of the table.

const prefixes = { MsgType: '', Event: 'event.', InfoType: 'info.' };

/** The text of lib/route-names.js, not formatted. */
function routeNames(rows) {
  // Both families have some of them, and what changed has its first level, too.
  const named = [...new Set(rows.flatMap(namesOf))];
  const former = rows.flatMap(({ kind, name, formerly }) =>
    formerly.map((one) => [prefixes[kind] + one, prefixes[kind] + name]),
  );
  return `'use strict';

// Generated from core/messages.json by scripts/generate-messages.js.

/** The routes of all that is known. */
const named = ${JSON.stringify(named)};

/** The routes of former or competing names of the same thing. @type {Record<string, string>} */
const former = ${JSON.stringify(Object.fromEntries(former))};

module.exports = { former, named };
`;
}

function namesOf({ kind, name }) {
  const [first] = name.split('.');
  return first === name ? [prefixes[kind] + name] : [prefixes[kind] + first, prefixes[kind] + name];
}

module.exports = { routeNames };
