'use strict';

// lib/known-fields.js: which fields of a push the package itself reads, by its route.

const prefixes = { MsgType: '', Event: 'event.', InfoType: 'info.' };

/** The text of lib/known-fields.js, not formatted. */
function knownFields(rows) {
  for (const row of rows) refuseUnknown(row);
  const bot = rows.filter((row) => row.family === 'bot');
  const others = rows.filter((row) => row.family !== 'bot');
  return `'use strict';

// Generated from core/messages.json by scripts/generate-messages.js.

/** Where a push has what its user said. @type {Map<string, string>} */
const said = new Map(${tableOf('said', others)});

/** Where a push names its user, if not in \`sender\`; nowhere, if that is empty. @type {Map<string, string>} */
const users = new Map(${tableOf('user', others)});

/** Where a push has a ticket, whose it is, and when it was made. @type {Map<string, { is: string, of: string, time: string }>} */
const tickets = new Map(${tableOf('ticket', others)});

/** Where every other push of a user names it. */
const sender = 'FromUserName';

/** What stands there when nobody sent it (WeCom). */
const nobody = 'sys';

/** The same of what bots are pushed. @type {{ said: Map<string, string>, sender: string }} */
const bot = { said: new Map(${tableOf('said', bot)}), sender: 'from.userid' };

module.exports = { bot, nobody, said, sender, tickets, users };
`;
}

function tableOf(key, rows) {
  const table = new Map();
  for (const row of rows) {
    for (const name of [row.name, ...row.formerly]) {
      const route = prefixes[row.kind] + name;
      const before = table.get(route);
      // A route has the pushes of both families; of what is said, one may have none.
      const isOther = table.has(route) && !isSame(before, row[key]);
      if (isOther && (key !== 'said' || (before && row[key]))) {
        throw new Error(`core/messages.json: the rows of ${route} differ in ${key}`);
      }
      table.set(route, row[key] ?? before);
    }
  }
  return JSON.stringify([...table].filter(([, place]) => place !== undefined));
}

function isSame(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A place that is none of the row's fields is a mistake in the table. */
function refuseUnknown({ name, fields, said, user, ticket }) {
  const places = [said, user, ticket?.is].filter(Boolean);
  for (const place of places) {
    if (!has(fields, place.split('.'))) throw new Error(`core/messages.json: ${name} has no ${place}`);
  }
}

/**
 * @param {any[]} fields
 * @param {string[]} names
 */
function has(fields, [first, ...rest]) {
  const field = fields.find(({ name }) => name === first);
  return Boolean(field) && (rest.length === 0 || has(field.fields ?? [], rest));
}

module.exports = { knownFields };
