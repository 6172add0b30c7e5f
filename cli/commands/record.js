'use strict';

const { addressOf } = require('../address.js');
const { accountOf } = require('../account.js');
const { createRecorder } = require('../record/recorder.js');
const { createFile } = require('../record/recording-file.js');
const { passOn } = require('../record/pass-on.js');
const { UsageError } = require('../usage-error.js');

/** @type {import('../main.js').Command['check']} */
async function check({ values, words, note, say, ended }) {
  if (values.to === undefined) throw new UsageError('no_to');
  const account = accountOf(values, note);
  const { url } = await addressOf(values.to, values.timeout);
  const file = createFile(values.file ?? nameOfNow(), (why) => note('file_failed', { why }));
  const recorder = createRecorder({ account, mode: account.modes[0], platform: values.platform, keep });
  const server = await passOn(url, { port: values.port ?? 0, took: recorder.take });
  const at = account.conceal(url);
  say(words.text('record.listening', { url: server.url, to: at, file: file.name }));
  await ended();
  await server.close();
  file.save();
  return { ok: true, all: recorder.pushes.length, file: file.name };

  /** @param {import('../record/recorder.js').Heard} heard */
  function keep({ name, attempt, detail }) {
    const time = new Date().toTimeString().slice(0, 8);
    if (detail !== undefined) return note('not_recorded', { time, detail });
    file.put(recorder.text);
    const { status, duration } = attempt;
    const answered = status ?? words.text('record.no_answer');
    say([time, name, answered, words.time(duration)].join('  '));
  }
}

/** `wechat-push-20261126-203015.json` */
function nameOfNow() {
  const [day, time] = new Date().toISOString().split('T');
  return `wechat-push-${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}.json`;
}

/** @type {import('../main.js').Command['print']} */
function print({ all, file }, { words }) {
  return all === 0 ? words.text('record.nothing') : words.text('record.ended', { all, file });
}

module.exports = { check, print };
