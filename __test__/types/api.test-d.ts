import type { Carrier, UndeliveredAnswer } from '../..';
import { memoryStore } from '../..';
import { ApiError, accessToken, appMessage, customerService } from '../../api';
import { createApiServer } from '../../testing';

const { APP_SECRET } = process.env;

export const carriers: Carrier[] = [
  customerService({ appSecret: 's' }),
  customerService({ appSecret: ({ account }) => account.id, appId: 'wx1', announcement: '（未完）' }),
  customerService({ accessToken: async ({ account, rejected }) => rejected ?? account.appId ?? '' }),
  appMessage({ corpSecret: 's', agentId: 1 }),
  appMessage({ accessToken: () => 'token', agentId: '1', corpId: 'ww1' }),
  { name: 'mail', carry: async ({ value }) => (typeof value === 'string' ? undefined : value) },
];

// @ts-expect-error which application?
appMessage({ corpSecret: 's' });
// @ts-expect-error no such option
customerService({ appSecret: 's', prompt: 'x' });
// @ts-expect-error the secret of another kind of account
accessToken({ appId: 'wx1', corpSecret: 's' });
// @ts-expect-error a carrier needs a name
export const nameless: Carrier = { carry: async () => undefined };

export async function calls(answer: UndeliveredAnswer) {
  const { get, call } = accessToken({ appId: 'wx1', appSecret: APP_SECRET, store: memoryStore() });
  (await get()) satisfies string;
  const { ip_list: ips } = await call('cgi-bin/getcallbackip', undefined, { signal: answer.signal });
  // @ts-expect-error no JSON object
  await call('cgi-bin/x', 'text');
  try {
    await carriers[0]?.carry(answer);
  } catch (error) {
    if (error instanceof ApiError) error.errcode satisfies number | undefined;
  }
  return ips;
}

export async function server() {
  const api = await createApiServer({ secrets: { wx1: 's' }, timeScale: 0.01 });
  api.answer('cgi-bin/token', { errcode: -1 }, { times: 2 });
  api.answer('*', 'down');
  // @ts-expect-error no such answer
  api.answer('*', 'up');
  return accessToken({ corpId: 'ww1', corpSecret: 's', fetch: api.fetch });
}
