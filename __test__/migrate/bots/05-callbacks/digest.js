const crypto = require('crypto');

exports.sha1Hex = function (text, done) {
  const stream = crypto.createHash('SHA1');
  stream.once('readable', () => done(null, stream.read().toString('hex')));
  stream.end(text);
};
