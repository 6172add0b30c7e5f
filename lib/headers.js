'use strict';

/**
 * One header, from `Headers` of the web or from an object with names in any case.
 * @param {any} headers
 * @param {string} name in lower case
 * @returns {string | undefined}
 */
function headerOf(headers, name) {
  if (!headers) return undefined;
  if (typeof headers.get === 'function') return headers.get(name) ?? undefined;
  if (headers[name] !== undefined) return String(headers[name]);
  const found = Object.keys(headers).find((one) => one.toLowerCase() === name);
  return found === undefined ? undefined : String(headers[found]);
}

/** What a proxy, or WeChat, says of which host was meant. */
const OF_HOST = ['host', 'x-forwarded-host'];

/**
 * Those of the headers that say which host a request was for: all that may be kept of them.
 * @param {any} headers
 * @returns {Record<string, string>}
 */
function hostHeadersOf(headers) {
  const found = OF_HOST.map((name) => [name, headerOf(headers, name)]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

module.exports = { headerOf, hostHeadersOf };
