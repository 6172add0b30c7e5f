'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { addonFile } = require('../lib/engine/machine.js');

const root = path.join(__dirname, '..');

describe('the addon', () => {
  test('loads in worker threads, several at once and again after they ended', async () => {
    const query = {
      signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
      timestamp: '1714036504',
      nonce: '1514711492',
    };
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      parentPort.postMessage(require(workerData.index).checkPush(workerData.query, 'AAAAA'));`;
    const run = () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(source, { eval: true, workerData: { index: root, query } });
        worker.once('message', resolve).once('error', reject);
      });
    for (let round = 0; round < 3; round++) {
      expect(await Promise.all(Array.from({ length: 4 }, run))).toEqual([true, true, true, true]);
    }
  });

  test('closes the accounts that nobody has any more', () => {
    // An account that is closed answers nothing; numbers are never given twice.
    const script = `
      const { createReceiver } = require(${JSON.stringify(root)});
      const addon = require(${JSON.stringify(path.join(root, addonFile()))});
      const COUNT = 200;
      const kept = Array.from({ length: COUNT }, (_, i) => createReceiver('token' + i)).filter((_, i) => i % 10 === 0);
      const open = () => Array.from({ length: COUNT }, (_, i) => addon.receiveHandshake(i, '/') !== undefined);
      (async () => {
        const before = open();
        for (let i = 0; i < 100 && open().filter(Boolean).length > kept.length; i++) {
          gc();
          await new Promise(setImmediate);
        }
        console.log(JSON.stringify([before.every(Boolean), open().map(Number).join('')]));
        kept[0].receive({});
      })();`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', '-e', script], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([true, '1000000000'.repeat(20)]);
  });
});
