module.exports = function answer(req, res) {
  var message = req.weixin
  res.reply([{ title: message.Content, description: '', picurl: '', url: 'https://example.com' }])
}
