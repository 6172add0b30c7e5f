'use strict';

const consoles = require('../consoles.json');
const { randomEncodingAesKey, randomToken } = require('../random.js');

/** @type {import('../main.js').Command['check']} */
async function check({ values: { platform }, words }) {
  const made = { ok: true, token: randomToken(), encodingAESKey: randomEncodingAesKey() };
  if (platform === undefined) return made;
  const { where, needs, id } = consoles[platform];
  const said = needs.map((/** @type {Record<string, string>} */ need) => need[words.lang]);
  return { ...made, platform, where, needs: said, id };
}

/** What a file of the environment takes, where the rest is a comment. @type {import('../main.js').Command['print']} */
function print({ token, encodingAESKey, where, needs = [], id }, { words }) {
  const said = where === undefined ? [] : [words.text('keygen.where', { where }), ...needs];
  return [
    ...said.map((line) => `# ${line}`),
    `WECHAT_PUSH_TOKEN=${token}`,
    `WECHAT_PUSH_ENCODING_AES_KEY=${encodingAESKey}`,
    ...(id === undefined ? [] : [`${id}=`]),
  ].join('\n');
}

module.exports = { check, print };
