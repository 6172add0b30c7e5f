'use strict';

const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');

/** Formats the text of a file as prettier would, if it were written by hand. */
async function format(text, file) {
  // Not at the top: prettier loads itself with import(), which jest refuses.
  const prettier = require('prettier');
  const target = path.join(root, file);
  return prettier.format(text, { ...(await prettier.resolveConfig(target)), filepath: target });
}

/** Writes a generated file; with --check it only says whether the one that is there is up to date. */
function writeOrCheck(file, text, source) {
  const target = path.join(root, file);
  if (process.argv[2] !== '--check') {
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  } else if (!fs.existsSync(target) || fs.readFileSync(target, 'utf8') !== text) {
    console.error(`${file} differs from ${source}: run npm run generate`);
    process.exitCode = 1;
  }
}

const END = '<!-- End of what is generated. -->';

/** A page with another text where it says from what that is generated. @param {string} page @param {string} source */
function fillIn(page, source, text) {
  const begin = `<!-- From ${source}, by \`npm run generate\`. -->`;
  const [before, rest] = page.split(begin);
  const after = rest.slice(rest.indexOf(END));
  return `${before}${begin}\n\n${text}\n\n${after}`;
}

module.exports = { fillIn, format, root, writeOrCheck };
