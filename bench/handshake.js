'use strict';

const querystring = require('node:querystring');
const qs = require('qs');
const { createReceiver } = require('..');
const { cycle, medians } = require('./measure.js');
const { handshakeUrls, token } = require('./requests.js');
const { createHash } = require('./snippets.js');

function wholeGet(core) {
  const next = cycle(handshakeUrls());
  const receiver = createReceiver({ token });
  const ours = () => receiver.receive({ method: 'GET', url: next() }).echostr;
  const withParser = (parse) => () => {
    const url = next();
    const query = parse(url.slice(url.indexOf('?') + 1));
    return createHash(query, token) ? query.echostr : undefined;
  };
  const forms = { ours, qs: withParser(qs.parse), querystring: withParser(querystring.parse) };
  for (const form of Object.values(forms))
    if (!/^\d{19}$/.test(form())) throw new Error('every form must accept');
  const ns = medians(forms);
  return {
    title: 'a whole GET from its URL to its echostr',
    rows: [
      ['receiver.receive({ method, url })', ns.ours],
      ['qs.parse + snippet', ns.qs, 'must 8×, aim 12×'],
      ['querystring.parse + snippet', ns.querystring, 'must 5×, aim 8×'],
      ['floor: the core alone', core.handshake],
    ],
  };
}

module.exports = { groups: [wholeGet] };
