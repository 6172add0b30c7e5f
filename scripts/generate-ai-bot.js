'use strict';

// Writes what examples/ai-bot prints into the pages that show it. That takes half a minute, so that --check is left
// to __test__/ai-bot.test.js, which runs it anyway.

const fs = require('node:fs');
const path = require('node:path');
const { PAGES, TALKS, runAiBot } = require('./run-ai-bot.js');
const { fillIn, root, writeOrCheck } = require('./write-generated.js');

if (process.argv[2] !== '--check')
  for (const [locale, pages] of Object.entries(PAGES)) fillInAll(pages, locale);

/**
 * @param {string[]} pages
 * @param {string} locale
 */
async function fillInAll(pages, locale) {
  const { talks } = await runAiBot(locale);
  for (const page of pages) {
    let text = fs.readFileSync(path.join(root, page), 'utf8');
    for (const [i, file] of TALKS.entries())
      if (text.includes(`<!-- From ${file},`)) text = fillIn(text, file, `\`\`\`\n${talks[i]}\n\`\`\``);
    writeOrCheck(page, text, 'what examples/ai-bot prints');
  }
}
