'use strict';

// In real time, with WeChat's own five seconds: the example whose talks are in docs/slow-answers.md. Both bots run as
// programs, with the client of a model's provider, and send by a server that plays WeChat's API.

const fs = require('node:fs');
const path = require('node:path');
const { PAGES, TALKS, runAiBot } = require('../scripts/run-ai-bot.js');

const root = path.join(__dirname, '..');

jest.setTimeout(90_000);

test.each(TALKS)('%s can be read at a glance', (file) => {
  expect(fs.readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
});

test('long and slow answers reach users, as the pages show', async () => {
  const runs = await Promise.all(Object.keys(PAGES).map(runAiBot));
  for (const [i, pages] of Object.values(PAGES).entries()) {
    expect(runs[i].stderr).toBe('');
    const shown = pages.flatMap(talksOf);
    expect(shown.length).toBeGreaterThan(pages.length);
    for (const { file, talk } of shown) {
      const printed = `${runs[i].talks[TALKS.indexOf(file)]}\n`;
      expect(withoutTimes(printed)).toBe(withoutTimes(talk));
      const expected = timesOf(talk);
      for (const [line, time] of timesOf(printed).entries())
        expect(Math.abs(time - expected[line])).toBeLessThanOrEqual(2);
    }
  }
});

/** What a page shows, and by which file it is said. */
function talksOf(page) {
  const text = fs.readFileSync(path.join(root, page), 'utf8');
  const found = text.matchAll(/<!-- From (examples\/ai-bot\/.*?),.*?-->\n\n```\n(.*?)```\n/gs);
  return Array.from(found, ([, file, talk]) => ({ file, talk }));
}

const TIME = /^ +(\d+) (?:s|秒)/gm;

function withoutTimes(talk) {
  return talk.replaceAll(TIME, '');
}

function timesOf(talk) {
  return Array.from(talk.matchAll(TIME), ([, seconds]) => Number(seconds));
}
