'use strict';

/**
 * Where a file gets `checkPush` from: in place of what it made hashes with, if nothing else needs that, else above what it
 * loads first. Null where it has another thing of that name.
 * @param {import('./source.js').Source} source
 * @param {string} text
 * @param {string} file
 * @param {import('./edits.js').Edit[]} edits what is rewritten
 * @returns {import('./edits.js').Edit | null}
 */
function importEdit(source, text, file, edits) {
  const { tokens } = source;
  if (tokens.some(({ value }) => value === 'checkPush')) return null;
  const loads = loadsOf(source, text);
  const needless = loads.find((load) => isNeedless(load, tokens, edits));
  const first = loads[0];
  const isModule = first ? first.isModule : /\.(?:m[jt]s|tsx?)$/.test(file);
  const quote = first?.quote ?? "'";
  const from = `${quote}wechat-push${quote}`;
  const end = !first || first.end.endsWith(';') ? ';' : '';
  const line = isModule
    ? `import { checkPush } from ${from}${end}`
    : `const { checkPush } = require(${from})${end}`;
  if (needless) return { from: needless.from, to: needless.to, text: line };
  const place = first?.from ?? behindDirectives(text);
  return { from: place, to: place, text: line + (text.includes('\r\n') ? '\r\n' : '\n') };
}

/** What loads one module in a line of its own, and makes hashes. */
const LOADING =
  /^(?:import\s+(?:\*\s+as\s+)?(?<a>[\w$]+)\s+from\s*|import\s*\{\s*(?<b>createHash)\s*\}\s*from\s*|(?:const|let|var)\s+(?:(?<c>[\w$]+)|\{\s*(?<d>createHash)\s*\})\s*=\s*require\()["'](?:(?:node:)?crypto|(?:js-)?sha1)["']\)?;?[ \t]*$/;

/**
 * The statements outside of all brackets that load something, each with the name that is only for hashes, if it has one.
 * @param {import('./source.js').Source} source
 * @param {string} text
 */
function loadsOf({ tokens, partners }, text) {
  const loads = [];
  for (let at = 0; at < tokens.length; at++) {
    const { value, start, line } = tokens[at];
    const isFirst = at === 0 || tokens[at - 1].line < line;
    const isModule = value === 'import' && tokens[at + 1]?.value !== '(';
    if (isFirst && (isModule || (/^(?:const|let|var)$/.test(value) && isRequiring(at)))) {
      const to = (text.indexOf('\n', start) + 1 || text.length + 1) - 1;
      const code = text.slice(start, to).trimEnd();
      const { a, b, c, d } = LOADING.exec(code)?.groups ?? {};
      const quote = /["']/.exec(code)?.[0] ?? "'";
      loads.push({
        from: start,
        to: start + code.length,
        isModule,
        quote,
        end: code.slice(-1),
        name: a ?? b ?? c ?? d,
      });
    }
    if (partners[at] > at) at = partners[at];
  }
  return loads;

  function isRequiring(/** @type {number} */ first) {
    const { line } = tokens[first];
    return tokens.slice(first, first + 40).some((token) => token.line === line && token.value === 'require');
  }
}

/**
 * Whether all that uses a name goes.
 * @param {{ from: number, to: number, name?: string }} load
 * @param {import('./source.js').Token[]} tokens
 * @param {import('./edits.js').Edit[]} edits
 */
function isNeedless({ from, to, name }, tokens, edits) {
  const gone = [{ from, to }, ...edits];
  const isGone = (/** @type {number} */ start) => gone.some((edit) => start >= edit.from && start < edit.to);
  return name !== undefined && tokens.every((token) => token.value !== name || isGone(token.start));
}

/** A hashbang and 'use strict' stay first. @param {string} text */
function behindDirectives(text) {
  return /^\ufeff?(?:#!.*\r?\n)?(?:\s*['"]use strict['"];?[ \t]*\r?\n)?/.exec(text)?.[0].length ?? 0;
}

module.exports = { importEdit };
