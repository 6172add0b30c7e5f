'use strict';

const { execFile } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { promisify } = require('node:util');
const { root } = require('./write-generated.js');

/** By the locale of their readers, the pages that show what it prints. */
const PAGES = {
  'en_US.UTF-8': ['docs/slow-answers.md', 'docs/wecom-bot.md'],
  'zh_CN.UTF-8': ['docs/slow-answers.zh-CN.md', 'docs/wecom-bot.zh-CN.md'],
};

/** The talks that it prints, each by the file that answers there. */
const TALKS = ['official-account', 'mini-program', 'wecom-bot'].map((name) => `examples/ai-bot/${name}.js`);

/**
 * What examples/ai-bot prints, by talks. It runs in a copy that belongs to this package, so that it finds `wechat-push`
 * and the other packages without an installation of its own.
 * @param {string} locale
 */
async function runAiBot(locale) {
  const copy = path.join(root, 'target', `ai-bot-${process.pid}-${locale}`);
  fs.cpSync(path.join(root, 'examples', 'ai-bot'), copy, {
    recursive: true,
    filter: (from) => !/node_modules|package(-lock)?\.json$/.test(path.relative(root, from)),
  });
  try {
    const env = { ...process.env, LC_ALL: locale };
    const program = [path.join(copy, 'demo.js')];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, program, { env, timeout: 60_000 });
    return { talks: stdout.trimEnd().split('\n\n'), stderr };
  } finally {
    fs.rmSync(copy, { recursive: true });
  }
}

module.exports = { PAGES, TALKS, runAiBot };
