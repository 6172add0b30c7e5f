'use strict';

const { execFile } = require('node:child_process');
const path = require('node:path');
const { promisify } = require('node:util');
const { runs } = require('../support/runs.js');

// In a process of its own, since what could go wrong would end it.
test(
  '60 threads use the addon and end, most of them in the middle of it; the process lives on',
  async () => {
    const count = runs(60);
    const script = path.join(__dirname, '../support/threads.js');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, count]);
    expect(stderr).toBe('');
    const { terminated, ended, answers } = JSON.parse(stdout);
    expect(terminated + ended).toBe(count);
    expect(ended).toBeGreaterThan(count / 5);
    expect(answers).toBe(true);
  },
  runs(120_000),
);
