'use strict';

// lib/route-names.js: the routes of the rows of the table.

const prefixes = { MsgType: '', Event: 'event.', InfoType: 'info.' };

/** The text of lib/route-names.js, not formatted. */
function routeNames(rows) {
  const named = routesOf(rows, 'wechat');
  const wecom = routesOf(rows, 'wecom');
  const bot = routesOf(rows, 'bot');
  const former = rows.flatMap(({ kind, name, formerly }) =>
    formerly.map((one) => [prefixes[kind] + one, prefixes[kind] + name]),
  );
  return `'use strict';

// Generated from core/messages.json by scripts/generate-messages.js.

/** The routes of all that accounts of WeChat are known to get. */
const named = ${JSON.stringify(named)};

/** The same of applications of WeCom. */
const wecom = ${JSON.stringify(wecom)};

/** The same of bots of WeCom. */
const bot = ${JSON.stringify(bot)};

/** The routes of former or competing names of the same thing. @type {Record<string, string>} */
const former = ${JSON.stringify(Object.fromEntries(former))};

module.exports = { bot, former, named, wecom };
`;
}

/** What changed has its first level, too. */
function routesOf(rows, family) {
  return [...new Set(rows.filter((row) => row.family === family).flatMap(namesOf))];
}

function namesOf({ kind, name }) {
  const [first] = name.split('.');
  return first === name ? [prefixes[kind] + name] : [prefixes[kind] + first, prefixes[kind] + name];
}

module.exports = { routeNames };
