'use strict';

// Writes what the commands on these pages print below them; with --check it only says whether it stands there.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { root, writeOrCheck } = require('./write-generated.js');

/** A page, and the locale of its reader. */
const PAGES = {
  'docs/explain.md': 'en_US.UTF-8',
  'docs/explain.zh-CN.md': 'zh_CN.UTF-8',
  'docs/migrate.md': 'en_US.UTF-8',
  'docs/migrate.zh-CN.md': 'zh_CN.UTF-8',
};
/** The folder that a page calls `bots`. */
const BOTS = '__test__/migrate/bots';
const TRANSCRIPT = /```console\n(\$ .*\n(?:> .*\n)*)(?:.*\n)*?```/g;

for (const [file, locale] of Object.entries(PAGES)) {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  const written = text.replace(
    TRANSCRIPT,
    (_, typed) => `\`\`\`console\n${typed}${printedBy(typed, locale)}\`\`\``,
  );
  writeOrCheck(file, written, 'what its commands print');
}

/**
 * @param {string} typed a command, with the prompts of a shell
 * @param {string} locale
 */
function printedBy(typed, locale) {
  const command = typed
    .replace(/^[$>] /gm, '')
    .replaceAll('npx wechat-push', '"$NODE" cli/wechat-push.js')
    .replaceAll(/(?<= )bots\b/g, BOTS);
  const env = { ...process.env, NODE: process.execPath, LC_ALL: locale, WECHAT_PUSH_TOKEN: 'MyToken' };
  const { stdout, stderr, error } = spawnSync('sh', ['-c', command], { cwd: root, encoding: 'utf8', env });
  if (error) throw error;
  return stdout + stderr;
}
