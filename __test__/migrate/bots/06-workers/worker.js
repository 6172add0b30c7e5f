import { Hono } from 'hono';

const app = new Hono();
const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

const isFromWeChat = async ({ signature, timestamp, nonce }, token) => {
  const [a, b, c] = [token, timestamp, nonce].sort();
  const bytes = new TextEncoder().encode(`${a}${b}${c}`);
  return hex(await crypto.subtle.digest('SHA-1', bytes)) === signature;
};

app.get('/', async (c) =>
  (await isFromWeChat(c.req.query(), c.env.TOKEN)) ? c.text(c.req.query('echostr')) : c.text('no', 400),
);

export default app;
