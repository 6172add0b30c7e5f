'use strict';

// Which engine runs, and what is said where one does not.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { Worker } = require('node:worker_threads');
const { brotliDecompressSync } = require('node:zlib');
const { addonFile, libc, machineName } = require('../lib/engine/machine.js');
const { describeWasm } = require('./support/wasm.js');

const root = path.join(__dirname, '..');
const addon = fs.readFileSync(path.join(root, addonFile()));
const query = {
  signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
  timestamp: '1714036504',
  nonce: '1514711492',
};

/** A copy of the package, in which files are broken. */
let copy;

beforeAll(() => {
  copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wechat-push-')));
  for (const part of ['lib', 'index.js', 'package.json', 'core/hints.json', 'core/rows.json']) {
    fs.cpSync(path.join(root, part), path.join(copy, part), { recursive: true });
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
});
beforeEach(() => putAddon(addon));
afterAll(() => fs.rmSync(copy, { recursive: true }));

/** @param {Uint8Array | undefined} bytes */
function putAddon(bytes) {
  const file = path.join(copy, addonFile());
  fs.rmSync(file, { force: true });
  if (bytes) fs.writeFileSync(file, bytes);
}

/** Starts the copy and has it check a signature. */
function start(env = {}) {
  const script = `try {
    console.log(require('./index.js').checkPush(${JSON.stringify(query)}, 'AAAAA'));
  } catch (error) {
    console.log(error.code, error.message);
  }`;
  const done = spawnSync(process.execPath, ['-e', script], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, WECHAT_PUSH_ENGINE: '', NODE_DEBUG: 'wechat-push', ...env },
  });
  const debug = /engine: (.*)/.exec(done.stderr)?.[1];
  const warnings = done.stderr.split('\n').filter((line) => line.includes('[WECHAT_PUSH_ENGINE]'));
  return { said: done.stdout.trim(), debug, warnings, signal: done.signal };
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('the C library is the one that Node runs with', () => {
  const { glibcVersionRuntime } = process.report.getReport().header;
  expect(libc()).toBe(glibcVersionRuntime ? 'glibc' : 'musl');
  expect(machineName()).toBe(`linux-${process.arch}`);
});

describe('the addon', () => {
  test('runs where it is there', () => {
    expect(start()).toEqual({ said: 'true', debug: 'addon', warnings: [], signal: null });
  });

  test('is told about when it is asked for', () => {
    const debug = 'addon, as WECHAT_PUSH_ENGINE says';
    expect(start({ WECHAT_PUSH_ENGINE: 'addon' })).toMatchObject({ said: 'true', debug });
  });

  test('is insisted on: without it there is one message that says what was tried and what to do', () => {
    putAddon(undefined);
    const { said, warnings } = start({ WECHAT_PUSH_ENGINE: 'addon' });
    expect(said).toMatch(/^ERR_WECHAT_PUSH_ENGINE wechat-push: /);
    expect(said.split('\n')).toHaveLength(1);
    for (const part of [
      machineName(),
      process.version,
      path.join(copy, addonFile()),
      'there is no such file',
    ]) {
      expect(said).toContain(part);
    }
    for (const part of ['https://rustup.rs', 'npm run build:native', 'external:', 'condition "module"']) {
      expect(said).toContain(part);
    }
    expect(warnings).toEqual([]);
  });

  test('is named with what musl needs where that runs', () => {
    const { noEngine } = require('../lib/errors.js');
    const failure = { detail: 'the addon: there is no such file' };
    expect(noEngine('linux-x64', 'musl', [failure]).message).toMatch(
      /with musl.*-C target-feature=-crt-static.*glibc/,
    );
    expect(noEngine('linux-x64', 'glibc', [failure]).message).not.toMatch(/crt-static/);
  });

  test.each(['Addon', 'native', 'true', 'wasm '])('WECHAT_PUSH_ENGINE=%s is refused', (name) => {
    const { said } = start({ WECHAT_PUSH_ENGINE: name });
    expect(said).toMatch(/^ERR_WECHAT_PUSH_OPTIONS .*WECHAT_PUSH_ENGINE.*addon or wasm/);
  });
});

/** With the addresses of a machine of 32 bits. */
function of32Bits() {
  const other = Buffer.from(addon);
  other[4] = 1;
  return other;
}

/** The machine that an ELF file is for, and that of another. */
function forAnotherMachine() {
  const other = Buffer.from(addon);
  other.writeUInt16LE(other.readUInt16LE(18) === 183 ? 62 : 183, 18);
  return other;
}

describeWasm('WebAssembly', () => {
  test('runs where there is no addon, without a warning', () => {
    putAddon(undefined);
    const { said, debug, warnings } = start();
    expect({ said, warnings }).toEqual({ said: 'true', warnings: [] });
    expect(debug).toMatch(/^wasm, the addon for .*: there is no such file$/);
  });

  test('runs when it is asked for', () => {
    const debug = 'wasm, as WECHAT_PUSH_ENGINE says';
    expect(start({ WECHAT_PUSH_ENGINE: 'wasm' })).toMatchObject({ said: 'true', debug, warnings: [] });
  });

  const cut = [
    0,
    1,
    63,
    64,
    4096,
    ...[0.1, 0.3, 0.5, 0.7, 0.9].map((part) => Math.floor(addon.length * part)),
  ];
  test.each([...cut, addon.length - 1])(
    'runs where %i bytes are left of the addon, and one line says so',
    (length) => {
      putAddon(addon.subarray(0, length));
      const { said, debug, warnings, signal } = start();
      expect({ said, signal }).toEqual({ said: 'true', signal: null });
      expect(debug).toMatch(/^wasm, the addon for /);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(addonFile());
    },
  );

  onLinux.each([
    ['text', () => Buffer.from('not a library'), /invalid ELF|too short/],
    ['another machine', forAnotherMachine, /./],
    ['32 bits', of32Bits, /ELFCLASS|ELF class/],
    ['macOS', () => Buffer.from('cffaedfe0c000001', 'hex'), /invalid ELF|too short/],
  ])('runs where the addon is for %s, and one line says so', (_, make, why) => {
    putAddon(make());
    const { said, warnings } = start();
    expect(said).toBe('true');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(why);
  });

  test('runs where the addon was built for another version, and one line says so', () => {
    const manifest = path.join(copy, 'package.json');
    const before = fs.readFileSync(manifest, 'utf8');
    fs.writeFileSync(manifest, before.replace(/"version": "[^"]*"/, '"version": "9.9.9"'));
    const { said, warnings } = start();
    fs.writeFileSync(manifest, before);
    expect(said).toBe('true');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/built for \d+\.\d+\.\d+ of wechat-push, not 9\.9\.9/);
  });

  test('that is broken as well is told with the addon, in one message', () => {
    putAddon(undefined);
    const file = path.join(copy, 'lib/engine/core.wasm');
    const before = fs.readFileSync(file);
    fs.writeFileSync(file, before.subarray(0, 1000));
    const broken = start();
    fs.rmSync(file);
    const missing = start();
    fs.writeFileSync(file, before);
    expect(broken.said).toMatch(
      /^ERR_WECHAT_PUSH_ENGINE .*no such file; WebAssembly does not load from .*core\.wasm/,
    );
    expect(missing.said).toMatch(/^ERR_WECHAT_PUSH_ENGINE .*core\.wasm.*"npm run build:wasm" makes it/);
  });

  test('needs no addon in a bundle, where the addon cannot be asked for', () => {
    const conditions = { NODE_OPTIONS: '--conditions=module' };
    expect(start(conditions)).toMatchObject({ said: 'true', debug: 'wasm, as a bundler took it' });
    const { said } = start({ ...conditions, WECHAT_PUSH_ENGINE: 'addon' });
    expect(said).toMatch(/^ERR_WECHAT_PUSH_ENGINE .*bundle.*external/);
  });

  test.each(['core', 'rest'])(
    'is the same in its files and as text, and imports nothing else: %s',
    (name) => {
      const file = fs.readFileSync(path.join(root, `lib/engine/${name}.wasm`));
      const text = Buffer.from(require(`../lib/engine/${name}.wasm.js`), 'base64');
      expect(brotliDecompressSync(text).equals(file)).toBe(true);
      const other = name === 'core' ? 'rest' : 'core';
      const imports = WebAssembly.Module.imports(new WebAssembly.Module(file));
      expect(imports.filter((one) => one.module !== other)).toEqual([]);
    },
  );

  test('runs in worker threads, several at once and again after they ended', async () => {
    const source = `
      const { parentPort, workerData } = require('node:worker_threads');
      parentPort.postMessage(require(workerData.index).checkPush(workerData.query, 'AAAAA'));`;
    const run = () =>
      new Promise((resolve, reject) => {
        const env = { ...process.env, WECHAT_PUSH_ENGINE: 'wasm' };
        const worker = new Worker(source, { eval: true, env, workerData: { index: root, query } });
        worker.once('message', resolve).once('error', reject);
      });
    for (let round = 0; round < 3; round++) {
      expect(await Promise.all(Array.from({ length: 4 }, run))).toEqual([true, true, true, true]);
    }
  });
});

test('each platform that is built for has its addon in a `require` of its own, which tools that pack an app follow', () => {
  const { TARGETS } = require('../scripts/platforms/targets.js');
  const loader = fs.readFileSync(path.join(root, 'lib/engine/addon-file.js'), 'utf8');
  const cases = Array.from(
    loader.matchAll(/case '(.*)':\n +return require\('(.*)'\);/g),
    ([, ...one]) => one,
  );
  const expected = Object.keys(TARGETS).map((name) => [name, `../../${addonFile(name)}`]);
  expect(cases).toEqual(expect.arrayContaining(expected));
  expect(cases).toHaveLength(expected.length);
});

test('the package and its Rust have one version, by which an older addon is told', () => {
  const { version } = require('../package.json');
  const cargo = fs.readFileSync(path.join(root, 'Cargo.toml'), 'utf8');
  expect(/^version = "(.*)"$/m.exec(cargo)[1]).toBe(version);
});
