'use strict';

const { commands } = require('./commands.js');
const { OPTIONS } = require('./options.js');
const { table } = require('./table.js');

/**
 * The help of one command, or of all.
 * @param {import('./commands.js').CommandEntry | undefined} command
 * @param {import('./words.js').Words} words
 */
function usage(command, words) {
  return command ? commandUsage(command, words) : overview(words);
}

/** @param {import('./words.js').Words} words */
function overview(words) {
  const rows = commands.map(({ name, argument }) => [
    `  ${name}${argumentOf(argument, words)}`,
    words.text(`command.${name}.short`),
  ]);
  return [
    words.text('usage.overview'),
    '',
    ...table(rows),
    '',
    words.text('usage.secrets'),
    '',
    ...optionLines(['json', 'lang', 'help', 'version'], words),
    '',
    words.text('usage.status'),
  ].join('\n');
}

/**
 * @param {import('./commands.js').CommandEntry} command
 * @param {import('./words.js').Words} words
 */
function commandUsage({ name, argument, options }, words) {
  return [
    words.text('usage.command', { name, argument: argumentOf(argument, words) }),
    '',
    words.text(`command.${name}.long`),
    '',
    ...optionLines(options, words),
  ].join('\n');
}

/**
 * @param {import('./commands.js').CommandEntry['argument']} argument
 * @param {import('./words.js').Words} words
 */
function argumentOf(argument, words) {
  if (argument === null) return '';
  const name = words.text(`argument.${argument}`);
  // What is left out has a default.
  return argument === 'folder' ? ` [${name}]` : ` <${name}>`;
}

/**
 * @param {string[]} names
 * @param {import('./words.js').Words} words
 */
function optionLines(names, words) {
  return table(
    names.map((name) => {
      const { short, value, env } = OPTIONS[name];
      const typed = `  ${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`;
      return [typed, words.text(`option.${name}`) + (env ? words.text('usage.env', { env }) : '')];
    }),
  );
}

module.exports = { usage };
