import { after } from 'next/server';
import { messagePush } from 'wechat-push/fetch';

// What a test serves stands where it can be reached from outside the build.
const made = new WeakMap();

function respond(request) {
  const { served } = globalThis;
  if (!made.has(served)) made.set(served, messagePush(served.options, served.handler));
  return made.get(served)(request, { waitUntil: after });
}

export {
  respond as DELETE,
  respond as GET,
  respond as OPTIONS,
  respond as PATCH,
  respond as POST,
  respond as PUT,
};
