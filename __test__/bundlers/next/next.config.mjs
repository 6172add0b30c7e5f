import path from 'node:path';

export default {
  output: 'standalone',
  outputFileTracingRoot: path.join(import.meta.dirname, '..'),
  serverExternalPackages: process.env.EXTERNAL ? ['wechat-push'] : [],
};
