// What the fragments of the pages take for granted: given to them by __test__/support/snippets.js.

import type { Express } from 'express';
import type { PushHandler } from 'wechat-push';
import type { Gateway } from 'wechat-push/testing';

declare global {
  const token: string;
  const appId: string;
  const encodingAESKey: string;
  const account: { token: string; appId: string; encodingAESKey: string };
  const app: Express;
  const handler: PushHandler;
  const gateway: Gateway;
  function askTheModel(question: string, options: { signal: AbortSignal }): Promise<string>;
  function test(name: string, body: () => unknown): void;
  function expect(value: unknown): { toBe(value: unknown): void; toMatchObject(value: object): void };
  function supertest(app: Express): {
    post(url: string): {
      set(headers: Record<string, string>): { send(body: string): Promise<{ text: string }> };
    };
  };
}
