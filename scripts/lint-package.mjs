// What publint says of the package, but for one rule: bundlers take CommonJS by the condition `module`, too, and before
// version 22 Node could not require anything else there.

import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const folder = new URL('..', import.meta.url);
const manifest = JSON.parse(fs.readFileSync(new URL('package.json', folder), 'utf8'));
const { messages } = await publint({ pkgDir: fileURLToPath(folder) });
const wrong = messages.filter(({ code }) => code !== 'IMPORTS_MODULE_SHOULD_BE_ESM');
for (const message of wrong) console.error(formatMessage(message, manifest));
if (wrong.length > 0) process.exitCode = 1;
