'use strict';

const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..', '..');
const folder = path.join(__dirname, 'node_modules', 'wechat-push');

/** Where an app finds it. No link, which bundlers would take for a part of the app; yet its modules are those here. */
function installOurs() {
  const { name, version, exports } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name, version, exports }));
  for (const { default: file } of Object.values(exports).filter((one) => one.default)) {
    const module = JSON.stringify(path.join(root, file));
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), `module.exports = require(${module});\n`);
  }
}

module.exports = { installOurs };
