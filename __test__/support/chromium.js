'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** What Debian, Ubuntu, Fedora and Google call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * A Chromium of this machine: what CHROMIUM names, which must be there, else what is in the path; undefined where there
 * is none.
 */
const executable = process.env.CHROMIUM || NAMES.map(inPath).find(Boolean);

function inPath(name) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}

/** Starts it; the caller closes it. */
function launch() {
  const { chromium } = require('playwright-core');
  // In a container its sandbox has no rights; it opens nothing but our page.
  return chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu'] });
}

module.exports = { executable, launch };
