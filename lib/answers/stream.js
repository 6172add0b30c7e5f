'use strict';
function openStream(value) {
  const it = value?.[Symbol.asyncIterator]?.();
  let closed = false;
  return it && { async next() { if (closed) return { text: '', done: true }; const { value, done } = await it.next(); return { text: value, done }; }, close() { closed = true; it.return?.(); } };
}
module.exports = { openStream };
