import type { PushStore } from './index';

/**
 * Remembers deliveries in Redis, so that each push is handled once by all processes together. One atomic
 * round trip begins a delivery and one ends it. A handler's claim is renewed while it runs; when its
 * process dies, WeChat's next delivery runs the handler elsewhere. Every key has a lifetime.
 *
 * On Redis Cluster put the prefix in braces, such as `{wechat-push}:`, so that all keys are in one slot.
 *
 * @param client The app's own client, connected: of the package `redis` (4 or later) or `ioredis`.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when the client is neither, or an option is wrong.
 */
export function redisStore(client: RedisClient, options?: RedisStoreOptions): PushStore;

/** The options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** Before every key. Default `wechat-push:`. */
  prefix?: string;
  /** How long a delivery is remembered, in milliseconds. Default an hour. */
  remember?: number;
  /** After how long without a sign of life a handler is taken for dead, in milliseconds. Default 5 seconds. */
  lease?: number;
}

/** What is needed of a client of `ioredis` (`call`) or `redis` (`sendCommand`). */
export type RedisClient =
  | { call(command: string, ...args: any[]): Promise<unknown> }
  | { sendCommand(command: any, ...args: any[]): Promise<unknown> };
