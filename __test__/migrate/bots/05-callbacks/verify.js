const digest = require('./digest');

/** Calls back whether WeChat has signed the request. */
exports.verify = function verify(token, request, done) {
  const arr = new Array();
  arr.push(token);
  arr.push(request.query['timestamp']);
  arr.push(request.query['nonce']);
  arr.sort(function (a, b) {
    return a.localeCompare(b);
  });
  digest.sha1Hex(arr.reduce((text, part) => text.concat(part), ''), function (error, hex) {
    if (error) return done(error);
    done(null, hex == request.query['signature']);
  });
};
