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

module.exports = { headerOf };
