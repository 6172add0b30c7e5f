'use strict';

const wire = require('../lib/wire.js');
const outcomes = require('./wire/outcomes.json');
const replies = require('./wire/replies.json');

// `src/wire.rs` is tested against the same fixtures: it must write what is read here.
describe('what crosses from Rust is read as the fixtures say', () => {
  test.each(outcomes)('outcome: $name', ({ wire: text, longTexts = [], read }) => {
    const received = longTexts.length > 0 ? [text, ...longTexts] : text;
    if (!wire.isMessage(received)) return expect(wire.readOutcome(received)).toEqual(read);
    const { authentication, ...parts } = wire.readMessage(received);
    const replay = wire.readAuthentication(authentication) ?? null;
    return expect({ ...parts, authentication: replay }).toEqual(read);
  });

  test.each(replies)('reply: $name', ({ wire: text, read }) => {
    expect(wire.readReply(text)).toEqual(read);
  });

  test('a very long text comes in pieces', () => {
    const { wire: text } = outcomes.find(({ longTexts }) => longTexts?.length > 0);
    const { message } = wire.readMessage([text, ['a', 'b', 'c']]);
    expect(message.Content).toBe('abc');
  });

  test('every kind of outcome and reply has its fixture', () => {
    expect(new Set(outcomes.map(({ read }) => read.type ?? `${read.format} ${read.encrypted}`))).toEqual(
      new Set(['handshake', 'rejected', 'xml false', 'xml true', 'json false', 'json true']),
    );
    expect(new Set(replies.map(({ wire: [letter] }) => letter))).toEqual(new Set(['T', 'X', 'J', 'E']));
  });
});
