var sha1 = require('sha1');

module.exports = function (options) {
  return function (req, res) {
    var q = req.query;
    var parts = [options.token, q.timestamp, q.nonce].sort();
    var local = sha1(parts[0] + parts[1] + parts[2]);
    if (req.method === 'GET' && local == q.signature) {
      res.end(q.echostr);
    } else {
      res.end('wrong');
    }
  };
};
