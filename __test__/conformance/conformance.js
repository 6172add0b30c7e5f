'use strict';

// What every adapter has to do, whatever its host: it passes this in two lines, as in hosts.test.js.

const { cloud } = require('./cloud.js');
const { connections } = require('./connections.js');
const { deliveries } = require('./deliveries.js');
const { failures } = require('./failures.js');
const { handshakes } = require('./handshakes.js');
const { Host } = require('./host.js');
const { messages } = require('./messages.js');
const { tenants } = require('./tenants.js');
const { withoutHandler } = require('./without-handler.js');

/**
 * A host with an adapter of this package. Each function resolves to the URL to which WeChat would push.
 * @typedef {object} Adapter
 * @property {(options: any, handler: Function, onError?: (error: unknown) => void) => Promise<string>} serve
 * @property {(options: any, app: App, onError?: (error: unknown) => void) => Promise<string>} [withoutHandler] where
 *   the adapter has that mode
 * @property {(request: any, name: string) => unknown} [headerOf] reads a header of the framework's own request
 * @property {boolean} [hasErrors] whether `onError` gets what comes to the framework's place for errors
 * @property {boolean} [hasPaths] whether the URL has a path, and every other one answers with the body that was sent
 * @property {boolean} [isBuffered] whether the host reads the whole request before it calls the adapter
 * @property {boolean} [keepsOpen] whether the host leaves a connection open that it was told to close
 * @property {boolean} [isChunked] whether the host sends answers in chunks
 * @property {boolean} [isLossy] whether the host decodes the query, so that what is no UTF-8 is lost
 *
 * @typedef {(push: import('../..').Push, answer: (status: number, text: string) => void) => void} App what comes
 *   after the adapter; it replies, or answers by itself
 */

/**
 * @param {string} name
 * @param {Adapter} adapter
 */
function conformance(name, adapter) {
  const host = new Host(adapter);
  jest.setTimeout(90_000);
  describe(name, () => {
    beforeEach(() => host.prepare());
    afterEach(() => host.finish());

    handshakes(host);
    messages(host);
    deliveries(host);
    failures(host);
    cloud(host);
    tenants(host);
    if (!adapter.isBuffered) connections(host);
    if (adapter.withoutHandler) withoutHandler(host);
  });
}

module.exports = { conformance };
