'use strict';

const { anew } = require('../recording.js');

/**
 * A request as a line for the shell.
 * @param {{ method: string, url: string, headers: Record<string, string>, body?: string }} request
 */
function asCurl({ method, url, headers, body = '' }) {
  const named = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const data = body === '' ? [] : [`--data-binary ${quoted(body)}`];
  return ['curl -sS', `-X ${method}`, quoted(url), ...named, ...data].join(' \\\n  ');
}

/** @param {string} text for a shell of Unix */
function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Where a test finds them. */
const SECRETS = { token: 'WECHAT_PUSH_TOKEN', encodingAESKey: 'WECHAT_PUSH_ENCODING_AES_KEY' };

/**
 * A push as a test for jest that passes while the app answers as it did; one that failed, once it is answered.
 * @param {object} of
 * @param {string} of.name
 * @param {string} of.url
 * @param {any} of.message
 * @param {Record<string, unknown>} of.options of the gateway
 * @param {{ token: boolean, encodingAESKey: boolean }} of.secrets which of them it needs
 * @param {any} of.reply
 */
function asTest({ name, url, message, options, secrets, reply }) {
  const needed = Object.entries(SECRETS).filter(([option]) => secrets[option]);
  const account = [
    ...needed.map(([option, env]) => `  ${option}: process.env.${env},`),
    ...Object.entries(options).flatMap(([option, value]) =>
      value === undefined ? [] : [`  ${option}: ${JSON.stringify(value)},`],
    ),
  ];
  return `const { createGateway } = require('wechat-push/testing');

const gateway = createGateway({
${account.join('\n')}
});

test(${JSON.stringify(`answers ${name}`)}, async () => {
  const message = ${indented(anew(message))};
  const { delivered, error, reply } = await gateway.push(${JSON.stringify(url)}, message);
  expect({ delivered, error }).toEqual({ delivered: true, error: null });
${expectation(reply)}
});
`;
}

/** @param {any} reply */
function expectation(reply) {
  if (!reply) return '  expect(reply).toBeNull();';
  const said = { ...reply, ToUserName: undefined, FromUserName: undefined, CreateTime: undefined };
  return `  expect(reply).toMatchObject(${indented(said)});`;
}

/** @param {any} value */
function indented(value) {
  return JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}

module.exports = { asCurl, asTest };
