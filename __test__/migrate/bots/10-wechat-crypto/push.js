const WXBizMsgCrypt = require("wechat-crypto");
const { parseString } = require("xml2js");

const cryptor = new WXBizMsgCrypt(process.env.TOKEN, process.env.AES_KEY, process.env.APPID);

module.exports = (req, res) => {
  const { msg_signature, timestamp, nonce } = req.query;
  parseString(req.body, { explicitArray: false }, (error, { xml }) => {
    if (cryptor.getSignature(timestamp, nonce, xml.Encrypt) !== msg_signature) return res.status(401).end();
    const { message } = cryptor.decrypt(xml.Encrypt);
    console.log(message);
    res.end("success");
  });
};
