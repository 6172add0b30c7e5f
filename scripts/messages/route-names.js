'use strict';

// lib/route-names.js: the routes of the rows of the table.

const prefixes = { MsgType: '', Event: 'event.', InfoType: 'info.' };

/** The text of lib/route-names.js, not formatted. */
function routeNames(rows) {
  const named = rows.map(({ kind, name }) => prefixes[kind] + name);
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

module.exports = { routeNames };
