'use strict';

const { createReceiver } = require('..');
const { medians } = require('./measure.js');
const { account, push } = require('./requests.js');

const receiver = createReceiver({ ...account, tolerance: 0, bodyLimit: 4 * 1024 * 1024 });
const sizes = { '1 kB': 1e3, '16 kB': 16e3, '256 kB': 256e3, '1 MB': 1e6 };

/**
 * How the time grows with the body: the rate must not fall between 16 kB and 1 MB. A long text is put
 * together when it is read, which the second row of a size does.
 */
function growth() {
  const rows = [];
  for (const [name, size] of Object.entries(sizes)) {
    const request = bodyOf(size);
    const ns = medians({
      received: () => receiver.receive(request).message.Content.length,
      read: () => lastUnit(receiver.receive(request).message.Content),
    });
    const rate = (time) => `${((request.body.length / time) * 1e3).toFixed(0)} MB/s`;
    rows.push(
      [`${name} body`, ns.received, rate(ns.received)],
      [`${name}, text read`, ns.read, rate(ns.read)],
    );
  }
  return { title: 'secure XML push by size of the body', rows };
}

function lastUnit(text) {
  return text.charCodeAt(text.length - 1);
}

/** A message of Chinese and ASCII text whose envelope has about that many bytes. */
function bodyOf(size) {
  const sentence = '今天的天气 fine, thanks. ';
  const content = sentence.repeat(Math.max(1, Math.round((size * 0.75 - 350) / Buffer.byteLength(sentence))));
  return push(1, 'xml', true, content);
}

module.exports = { groups: [growth] };
