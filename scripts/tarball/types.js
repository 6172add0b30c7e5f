'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { root, run } = require('./tarball.js');

const tools = path.join(root, '__test__', 'tarball');

/**
 * The types of every subpath are found by each way to look for them, and bring what they need along.
 * @param {{ file: string, folder: string, files: string[] }} packed
 * @param {string} app an empty folder
 */
function checkTypes({ file, folder, files }, app) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], tools);
  run('npx', ['--no-install', 'attw', file, '--format', 'ascii'], tools);
  fs.mkdirSync(app);
  fs.writeFileSync(path.join(app, 'package.json'), '{ "private": true }');
  run('npm', ['install', file, 'typescript', '@types/node@20', ...frameworks(folder, files)], app);
  const subpaths = typedSubpaths(folder);
  const lines = subpaths.map(
    (subpath, i) =>
      `import * as n${i} from '${path.posix.join('wechat-push', subpath)}';\nexport { n${i} };\n`,
  );
  fs.writeFileSync(path.join(app, 'every.ts'), lines.join(''));
  // An app may list the types that it takes, and not those of Node.
  const compilerOptions = { strict: true, noEmit: true, module: 'nodenext', target: 'es2022', types: [] };
  fs.writeFileSync(path.join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['every.ts'] }));
  run('npx', ['tsc', '--project', '.'], app);
  return `the types of ${subpaths.length} subpaths are found and whole`;
}

/** The packages whose types ours name, as this repository has them: who uses such a subpath has them, too. */
function frameworks(folder, files) {
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const types = files.filter((one) => /^(compat\/)?[^/]*\.d\.ts$/.test(one));
  const named = types.flatMap((one) =>
    Array.from(
      fs.readFileSync(path.join(folder, one), 'utf8').matchAll(/^import .* from '([^.'][^:']*)';$/gm),
      ([, name]) => name,
    ),
  );
  return [...new Set(named)].map((name) => {
    const found = [`@types/${name}`, name].find((one) => devDependencies[one] !== undefined);
    if (found === undefined) throw new Error(`the types name ${name}, which is no devDependency`);
    return `${found}@${devDependencies[found]}`;
  });
}

/** @param {string} folder */
function typedSubpaths(folder) {
  const { exports } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return Object.keys(exports).filter((subpath) => exports[subpath].types !== undefined);
}

module.exports = { checkTypes };
