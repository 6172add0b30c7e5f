import { Cluster, Redis } from 'ioredis';
import { createClient, createClientPool, createCluster, createSentinel } from 'redis';
import { redisStore } from '../../redis';

export const stores = [
  redisStore(createClient()),
  redisStore(createClient({ RESP: 3 })),
  redisStore(createClientPool()),
  redisStore(createCluster({ rootNodes: [] })),
  redisStore(createSentinel({ name: 'main', sentinelRootNodes: [] })),
  redisStore(new Redis()),
  redisStore(new Cluster([])),
];

// @ts-expect-error the class, not a client
redisStore(Redis);
// @ts-expect-error no such option
redisStore(new Redis(), { ttl: 5 });
