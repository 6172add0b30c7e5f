var express = require('express')
  , wechat = require('wechat')
  , accounts = require('./accounts.json')

var app = express()

app.use('/wechat/:name', function (req, res, next) {
  var account = accounts[req.params.name]
  if (!account) return res.status(404).end()
  req.wechat_token = account.token
  next()
}, wechat('not used', require('./routes/answer')))

app.listen(process.env.PORT)
