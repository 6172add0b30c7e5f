import Koa from 'koa';
import wechat from 'co-wechat';

const app = new Koa();

app.use(
  wechat({ token: process.env.WX_TOKEN, appid: process.env.WX_APPID, encodingAESKey: process.env.WX_KEY }, true).middleware(
    async (message, ctx) => {
      if (message.MsgType === 'text') return { type: 'text', content: `You said: ${message.Content}` };
      console.log(ctx.weixin_xml);
      return '';
    },
  ),
);

app.listen(3000);
