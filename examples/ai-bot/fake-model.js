'use strict';

// A model of this machine, which speaks as OpenAI's does and takes its time: a paragraph every three seconds.

const { once } = require('node:events');
const http = require('node:http');
const { json } = require('node:stream/consumers');
const { setTimeout: sleep } = require('node:timers/promises');

const FIRST_AFTER = 1000;
const EVERY = 3000;

const WHY_THE_SKY_IS_BLUE = [
  '阳光看起来是白色的，其实由红、橙、黄、绿、蓝、靛、紫各种颜色的光混合而成。它们的波长不同：红光的波长最长，大约七百纳米；紫光最短，大约四百纳米。阳光进入大气层以后，会不断碰到氮气、氧气这些很小的分子。',
  '这些分子比光的波长小得多。光碰到它们，会朝四面八方散开，这种现象叫作瑞利散射。散射的强弱和波长的四次方成反比：波长缩短一半，散射就增强到十六倍。所以蓝光被散射的程度，大约是红光的五倍还要多一些。',
  '于是，红光和黄光大多沿着直线穿过大气，蓝光却在空气里被来回散射，从天空的各个方向射进我们的眼睛。我们朝远离太阳的地方看去，看到的并不是直射的阳光，而是这些散射开来的光，天空也就显得一片蔚蓝。',
  '有人会问：紫光的波长更短，散射得更厉害，天空为什么不是紫色的？原因有三个。太阳发出的紫光本来就比蓝光少；一部分紫光在高空就被吸收了；而且人眼对紫光不太敏感，对蓝光要敏感得多，混在一起看就是蓝色。',
  '日出和日落的时候，阳光斜着穿过大气，走过的路程是正午的几十倍。蓝光在途中几乎全部散射掉了，剩下的主要是红光和橙光，所以朝霞和晚霞是红的，太阳本身看上去也变成了橙红色，光线也柔和得可以直接去看。',
  '云和雾是另一种情形。云里的小水滴比光的波长大得多，对各种颜色的光散射得差不多一样，混在一起仍然是白色，所以云是白的。空气里的灰尘多了，也会这样把天空冲淡，所以雨后空气干净，天就显得格外蓝一些。',
  '离地面越高，空气越稀薄，散射的光也就越少。坐飞机的时候往上看，天空是深蓝色的；到了国际空间站，即使太阳就在旁边，天空也是黑的。月球上没有大气，所以宇航员在白天抬起头来，看到的同样是漆黑的天空。',
  '最后做个小实验：在一杯水里滴几滴牛奶，关上灯，用手电筒从侧面照过去。从旁边看，水微微发蓝；迎着光看，水却有点发红。牛奶里的小颗粒散射光线的方式，和空气里的分子相似，一个杯子里就有了蓝天和晚霞。',
];

/** Resolves to its URL, and what ends it. */
async function startModel() {
  const server = http.createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/v1`, close };
}

async function answer(req, res) {
  const began = performance.now();
  const { messages } = await json(req);
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  const short = aboutConversation(messages);
  if (short) res.write(chunk({ content: short }));
  else await write(res, began);
  res.end(`${chunk({}, 'stop')}data: [DONE]\n\n`);
}

/** A paragraph after the other. */
async function write(res, began) {
  for (const [i, text] of WHY_THE_SKY_IS_BLUE.entries()) {
    await sleep(began + FIRST_AFTER + i * EVERY - performance.now());
    res.write(chunk({ content: i === 0 ? text : `\n\n${text}` }));
  }
}

/** What it says of the conversation, when it is asked for that. */
function aboutConversation(messages) {
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  return asked.at(-1) === '我刚才问了什么？' ? `你刚才问的是：“${asked.at(-2)}”` : undefined;
}

function chunk(delta, reason = null) {
  const choices = [{ index: 0, delta, finish_reason: reason }];
  return `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices })}\n\n`;
}

module.exports = { startModel };
