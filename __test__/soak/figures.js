'use strict';

const { monitorEventLoopDelay } = require('node:perf_hooks');

/** How much more memory may be held at the end than after warm-up: what V8 and malloc move by themselves. */
const ALLOWED = { bytes: 12 * 1024 * 1024, share: 0.08 };

/**
 * Whether memory is flat: the median of the last quarter against that of the first.
 * @param {number[]} samples in bytes, after warm-up
 */
function judge(samples) {
  const quarter = Math.ceil(samples.length / 4);
  const before = median(samples.slice(0, quarter));
  const after = median(samples.slice(-quarter));
  const allowed = Math.max(ALLOWED.bytes, before * ALLOWED.share);
  return {
    flat: after - before <= allowed,
    text: `${megabytes(before)} after warm-up, ${megabytes(after)} at the end (allowed: ${megabytes(allowed)} more)`,
  };
}

/** Memory once nothing waits for the garbage collector. */
async function settledRss() {
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  return process.memoryUsage.rss();
}

/** Begins to measure; the function it returns gives the 99th percentile so far, in nanoseconds. */
function measureDelay() {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return () => {
    delay.disable();
    return delay.percentile(99);
  };
}

/** What keeps the process alive; its output is opened first, since that is opened when it is first used. */
function handlesNow() {
  void [process.stdout, process.stderr];
  return process.getActiveResourcesInfo();
}

/** What keeps the process alive beyond `before`; waits a while for what is just ending. */
async function handlesBeyond(before) {
  for (let tries = 0; ; tries++) {
    const rest = [...before];
    const left = process.getActiveResourcesInfo().filter((name) => {
      const at = rest.indexOf(name);
      if (at >= 0) rest.splice(at, 1);
      return at < 0;
    });
    if (left.length === 0 || tries === 100) return left;
    await new Promise((resolve) => setTimeout(resolve, 100).unref());
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const milliseconds = (nanoseconds) => `${(nanoseconds / 1e6).toFixed(1)} ms`;

module.exports = { handlesBeyond, handlesNow, judge, measureDelay, megabytes, milliseconds, settledRss };
