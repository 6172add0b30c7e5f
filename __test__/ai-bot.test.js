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

test('long and slow answers reach users, as the guide shows', async () => {
  const talks = await Promise.all(Object.values(PAGES).map(runAiBot));
  for (const [i, page] of Object.keys(PAGES).entries()) {
    const text = fs.readFileSync(path.join(root, page), 'utf8');
    const shown = TALKS.map((file) => text.split(`<!-- From ${file},`)[1].split('```\n')[1]);
    expect(talks[i].stderr).toBe('');
    const printed = talks[i].talks.map((talk) => `${talk}\n`);
    expect(printed.map(withoutTimes)).toEqual(shown.map(withoutTimes));
    const [times, expected] = [printed, shown].map((all) => all.flatMap(timesOf));
    for (const [line, time] of times.entries()) expect(Math.abs(time - expected[line])).toBeLessThanOrEqual(2);
  }
});

const TIME = /^ +(\d+) (?:s|秒)/gm;

function withoutTimes(talk) {
  return talk.replaceAll(TIME, '');
}

function timesOf(talk) {
  return Array.from(talk.matchAll(TIME), ([, seconds]) => Number(seconds));
}
