'use strict';

// Self-signed certificates, which Node cannot make: X.509 written by hand.

const { createPrivateKey, generateKeyPairSync, sign } = require('node:crypto');

/** ecdsa-with-SHA256 */
const ALGORITHM = tlv(0x30, oid('2a8648ce3d040302'));

/** A certificate and its key for a host name, valid until `days` from now. */
function certificate(host, days = 1) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const content = tlv(
    0x30,
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    ALGORITHM,
    name(host),
    tlv(0x30, time(-10), time(days)),
    name(host),
    publicKey,
    tlv(0xa3, tlv(0x30, alternativeName(host))),
  );
  const signature = sign('sha256', content, createPrivateKey(privateKey));
  const der = tlv(0x30, content, ALGORITHM, tlv(0x03, Buffer.from([0]), signature));
  const lines = der
    .toString('base64')
    .match(/.{1,64}/g)
    .join('\n');
  return { cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`, key: privateKey };
}

function name(host) {
  return tlv(0x30, tlv(0x31, tlv(0x30, oid('550403'), tlv(0x0c, Buffer.from(host)))));
}

function alternativeName(host) {
  const names = tlv(0x30, tlv(0x82, Buffer.from(host)));
  return tlv(0x30, oid('551d11'), tlv(0x04, names));
}

function time(days) {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString();
  return tlv(0x18, Buffer.from(`${iso.slice(0, 19).replace(/[-T:]/g, '')}Z`));
}

function oid(hex) {
  return tlv(0x06, Buffer.from(hex, 'hex'));
}

function tlv(tag, ...parts) {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 128 ? [tag, length] : [tag, 0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from(head), content]);
}

module.exports = { certificate };
