module.exports = (message, req, res) => {
  const times = (req.wxsession.times = (req.wxsession.times || 0) + 1);
  if (message.Content === 'menu') return res.wait('view');
  if (message.Content === 'human') return res.transfer2CustomerService();
  res.reply(`${req.weixin.Content}, said ${times} times`);
};
