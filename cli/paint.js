'use strict';

const util = require('node:util');

/**
 * Colours text where the stream shows colours.
 * @param {any} stream
 * @param {NodeJS.ProcessEnv} env
 * @returns {Paint}
 * @typedef {(style: 'red' | 'green' | 'yellow' | 'bold' | 'dim', text: string) => string} Paint
 */
function painter(stream, env) {
  // Absent before Node 20.12.
  const styleText = /** @type {any} */ (util.styleText);
  const coloured = styleText && stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  // Node's own check of the stream looks at process.stdout, whatever is written to.
  return (style, text) => (coloured ? styleText(style, text, { validateStream: false }) : text);
}

module.exports = { painter };
