'use strict';

// Writes what examples/ai-bot prints into the guide on slow answers. That takes half a minute, so that --check is left
// to __test__/ai-bot.test.js, which runs it anyway.

const fs = require('node:fs');
const path = require('node:path');
const { PAGES, TALKS, runAiBot } = require('./run-ai-bot.js');
const { fillIn, root, writeOrCheck } = require('./write-generated.js');

if (process.argv[2] !== '--check') for (const [page, locale] of Object.entries(PAGES)) write(page, locale);

/**
 * @param {string} page
 * @param {string} locale
 */
async function write(page, locale) {
  const { talks } = await runAiBot(locale);
  const text = fs.readFileSync(path.join(root, page), 'utf8');
  const filled = TALKS.reduce((all, file, i) => fillIn(all, file, `\`\`\`\n${talks[i]}\n\`\`\``), text);
  writeOrCheck(page, filled, 'what examples/ai-bot prints');
}
