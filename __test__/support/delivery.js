'use strict';

const { handlerValueOf, recordOf } = require('../../lib/handler-value.js');

/**
 * One delivery of a push, as an endpoint gives it to `deliver`; `hangUp()` is WeChat's.
 * @param {(run: any) => unknown} handler
 */
function deliveryOf(handler, { id = 'id', replay, now = () => performance.now(), ...told } = {}) {
  const listeners = [];
  let left = false;
  return {
    id,
    replay,
    arrived: now(),
    hasLeft: () => left,
    onLeave: (listener) => listeners.push(listener),
    undelivered: jest.fn(),
    failed: jest.fn(),
    ...told,
    async handle(run) {
      this.run = run;
      const value = await handler(run);
      const isNone = value === undefined || value === null;
      const response = { status: 200, headers: {}, body: value ?? 'success' };
      return { value, ...recordOf(handlerValueOf(isNone ? undefined : value)), response };
    },
    hangUp(isSeen = true) {
      left = isSeen;
      if (isSeen) for (const listener of listeners) listener();
    },
  };
}

/** What a delivery carries, once more as a value. */
function carried({ record }) {
  return record === '' ? undefined : JSON.parse(record);
}

module.exports = { carried, deliveryOf };
