import { channel } from 'node:diagnostics_channel';
import { createEndpoint, createReceiver, messagePush } from '../..';
import type { Account, MessagePushOptions, PushAccount, ReceivedEvent } from '../..';

const one: Account = { token: 'sesame', name: 'mine' };
declare function find(id: string): Promise<Account | undefined>;

export function takesMany() {
  messagePush({ account: ({ url, request }) => find(url + request.params.id) }, () => 'hi');
  messagePush({ account: () => one, replyWindow: 15000 }, (_, { account }) => {
    account satisfies PushAccount;
    account.name satisfies string | undefined;
    // @ts-expect-error its secrets are not shown
    return account.token;
  });
  messagePush({ account: () => createReceiver(one), tolerance: 300 });
  createEndpoint({ account: async () => undefined });
  createEndpoint({
    accounts: [one, { token: process.env.TOKEN }],
    onReject: ({ account, error }) => [account, error],
  });
}

export function excludesTheRest() {
  // @ts-expect-error each account has its own Token
  messagePush({ account: () => one, token: 'sesame' });
  // @ts-expect-error one or the other
  messagePush({ account: () => one, accounts: [one] });
  // @ts-expect-error an AppID is no account
  messagePush({ account: () => 'wx0123456789abcdef' });
  // @ts-expect-error there is none
  messagePush({ tolerance: 300 });
  const options: MessagePushOptions = { token: 'sesame' };
  messagePush(options);
}

export function tellsWhichWasUsed() {
  channel('wechat-push:received').subscribe((event) => {
    const { token, key, account } = event as ReceivedEvent;
    [token, key, account] satisfies [number, number | undefined, PushAccount];
  });
  const outcome = createReceiver(one).receive({ method: 'POST', url: '/' });
  if (outcome.type === 'message') outcome.key satisfies number | undefined;
  if (outcome.type === 'handshake') outcome.token satisfies number;
}
