import type { PushStore } from './index';

/**
 * Remembers deliveries in Redis, so that each push is handled once by all processes together. One round
 * trip begins a delivery and one ends it, each of them atomic. A handler's claim is renewed while it runs; when its
 * process dies, WeChat's next delivery runs the handler elsewhere. Every key has a lifetime. A push takes about 135
 * bytes, 300 in plaintext, and so does each text reply for ten minutes. Needs Redis 5 or later, or Valkey.
 *
 * On Redis Cluster put the prefix in braces, such as `{wechat-push}:`, so that all keys are in one slot.
 *
 * @param client The app's own client, connected: of the package `redis` (4 or later) or `ioredis`. While it
 * is not connected, memory takes its place.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when the client is neither, or an option is wrong.
 */
export function redisStore(client: RedisClient, options?: RedisStoreOptions): PushStore;

/** The options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** Before every key. Default `wechat-push:`. */
  prefix?: string;
  /**
   * How long a delivery is remembered, in milliseconds, at least a minute. Default 25 hours: the longest published
   * schedule of retries takes 24 h 4 min.
   */
  remember?: number;
  /**
   * After how long without a sign of life a handler is taken for dead, in milliseconds: 100 to 4000, so
   * that a retry that waits for it can still run it. Default 3000.
   */
  lease?: number;
}

/** What is needed of a client, of `redis` (also a pool, cluster or sentinel) or of `ioredis` (also a cluster). */
export type RedisClient =
  | {
      evalSha(sha: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
      set(key: string, value: string, options: any): Promise<unknown>;
      eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
    }
  | {
      evalsha(sha: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
      set(key: string, value: string, ...options: any[]): Promise<unknown>;
      eval(script: string, numberOfKeys: number, ...keysAndArguments: string[]): Promise<unknown>;
      defineCommand(name: string, definition: any): unknown;
    };
