'use strict';

const { spawnSync } = require('node:child_process');
const next = require('next');
const { messagePush } = require('wechat-push/fetch');
const { conformance } = require('../../../conformance/conformance.js');
const { serveAt } = require('../../../conformance/place.js');

module.exports = async () => {
  build();
  const app = next({ dev: false, dir: __dirname, quiet: true });
  await app.prepare();
  const listener = app.getRequestHandler();
  conformance('Next.js', {
    async serve(options, handler) {
      // The built route makes it again, and the options are checked when it is made.
      messagePush(options, handler);
      globalThis.served = { options, handler };
      return serveAt((req, res) => listener(req, res));
    },
    headerOf: (request, name) => request.headers.get(name),
    hasPaths: true,
    isChunked: true,
    isLossy: true,
  });
};

function build() {
  const args = [require.resolve('next/dist/bin/next'), 'build'];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, args, { cwd: __dirname, env, stdio: 'inherit' });
  if (status !== 0) throw new Error('next build failed');
}
