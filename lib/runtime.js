'use strict';

/** Whether this is Cloudflare's runtime, where a request can wait for no other one, and is stopped after its answer. */
const IS_WORKER = globalThis.navigator?.userAgent === 'Cloudflare-Workers';

module.exports = { IS_WORKER };
