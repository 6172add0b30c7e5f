'use strict';

const fs = require('node:fs');
const path = require('node:path');

const table = path.join(__dirname, '..', 'core', 'src', 'rejection.rs');

/**
 * The reasons of the one table, core/src/rejection.rs, in its order.
 * @returns {{ name: string, code: number | null, status: number }[]}
 */
function readReasons() {
  const rows = fs.readFileSync(table, 'utf8').matchAll(/=> "(\w+)", (?:None|Some\((-\d+)\)), (\d{3}),/g);
  const reasons = Array.from(rows, ([, name, code, status]) => ({
    name,
    code: code === undefined ? null : Number(code),
    status: Number(status),
  }));
  if (reasons.length === 0) throw new Error(`${table}: no reason was found`);
  return reasons;
}

module.exports = { readReasons };
