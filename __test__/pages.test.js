'use strict';

// The pages as a whole: each stands in both languages, and what they link to is there.

const fs = require('node:fs');
const path = require('node:path');
const wechatPush = require('..');

const root = path.join(__dirname, '..');
const top = fs.readdirSync(root).filter((name) => /\.md$|^llms\.txt$/.test(name));
const docs = fs
  .readdirSync(path.join(root, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const pages = [...top, ...docs, 'bench/README.md', 'fuzz/README.md'];

/** Written for those who work on the package, in English. */
const FOR_CONTRIBUTORS = new Set(['docs/hardening.md']);

test.each(['README.md', 'README.zh-CN.md'])('%s can be read in a minute', (page) => {
  expect(read(page).trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test('the guides are in both languages, and lead to each other', () => {
  const guides = ['README.md', ...docs].filter((page) => !/zh-CN/.test(page));
  for (const page of guides.filter((one) => !FOR_CONTRIBUTORS.has(one))) {
    const chinese = page.replace('.md', '.zh-CN.md');
    expect(read(page)).toContain(`[简体中文](${path.basename(chinese)})`);
    expect(read(chinese)).toContain(`[English](${path.basename(page)})`);
  }
});

test('the headings of both languages are as many, on the same levels', () => {
  for (const page of [...top, ...docs].filter((one) => /zh-CN/.test(one))) {
    const levels = (text) => headings(text).map(({ level }) => level);
    expect([page, levels(read(page))]).toEqual([page, levels(read(page.replace('.zh-CN', '')))]);
  }
});

test.each(pages)('every link of %s leads to something', (page) => {
  expect(links(page).filter((link) => !isThere(page, link))).toEqual([]);
});

test('a Chinese page leads to Chinese pages', () => {
  for (const page of pages.filter((one) => /zh-CN/.test(one))) {
    const english = links(page).filter((link) => {
      const target = path.join(path.dirname(page), link.split('#')[0]);
      return target.endsWith('.md') && pages.includes(target.replace('.md', '.zh-CN.md'));
    });
    expect([page, english.filter((link) => link !== path.basename(page).replace('.zh-CN', ''))]).toEqual([
      page,
      [],
    ]);
  }
});

test.each(['llms.txt', 'docs/api.md', 'docs/api.zh-CN.md'])(
  '%s names the options, each and no other',
  (page) => {
    const [, line] = read(page).match(/^- Options are (.*);/m) ?? [];
    const section = read(page)
      .split(/^## /m)
      .find((one) => /^(Options|选项)/.test(one));
    const named = line?.match(/`\w+`/g) ?? section.match(/^\| `\w+/gm);
    expect(named.map((name) => name.replaceAll(/\W/g, '')).toSorted()).toEqual(options().toSorted());
  },
);

test.each(['docs/api.md', 'docs/api.zh-CN.md'])('%s names every export', (page) => {
  const missing = Object.keys(wechatPush).filter((name) => !read(page).includes(`\`${name}`));
  expect(missing).toEqual([]);
});

test.each(['docs/api.md', 'docs/api.zh-CN.md'])('%s names every channel', (page) => {
  const sources = fs
    .readdirSync(path.join(root, 'lib'), { recursive: true })
    .filter((name) => name.endsWith('.js'));
  const made = sources.flatMap((name) => read(`lib/${name}`).match(/(?<=channel\(')wechat-push:\w+/g) ?? []);
  expect(new Set(read(page).match(/(?<=^\| `)wechat-push:\w+/gm))).toEqual(new Set(made));
});

/** The names that the error of an unknown option lists. */
function options() {
  try {
    wechatPush.messagePush(/** @type {any} */ ({ token: 'MyToken', unknown: 1 }));
  } catch ({ message }) {
    return message.match(/there are (.*)$/)[1].split(', ');
  }
}

/** The links of a page to other files, and within itself. */
function links(page) {
  const text = read(page).replaceAll(/^```.*?^```$/gms, '');
  return Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link]) => link).filter(
    (link) => !/^\w+:/.test(link),
  );
}

function isThere(page, link) {
  const [file, anchor] = decodeURIComponent(link).split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!fs.existsSync(path.join(root, target))) return false;
  return anchor === undefined || headings(read(target)).some((heading) => heading.anchor === anchor);
}

/** The headings of a page, with the anchors that GitHub gives them. */
function headings(text) {
  const found = text.replaceAll(/^```.*?^```$/gms, '').matchAll(/^(#+) (.*)$/gm);
  return Array.from(found, ([, marks, title]) => ({
    level: marks.length,
    anchor: title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  }));
}

function read(page) {
  return fs.readFileSync(path.join(root, page), 'utf8');
}
