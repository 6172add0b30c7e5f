'use strict';

const wire = require('../lib/wire.js');
const answers = require('./wire/answers.json');
const envelopes = require('./wire/envelopes.json');
const explanations = require('./wire/explanations.json');
const flaws = require('./wire/flaws.json');
const objections = require('./wire/objections.json');
const outcomes = require('./wire/outcomes.json');
const rejections = require('./wire/rejections.json');
const replies = require('./wire/replies.json');
const requests = require('./wire/requests.json');
const sealed = require('./wire/sealed.json');

// `src/wire.rs` is tested against the same fixtures: it must write what is read here.
describe('what crosses from Rust is read as the fixtures say', () => {
  test.each(outcomes)('outcome: $name', ({ wire: text, longTexts = [], read }) => {
    const received = longTexts.length > 0 ? [text, ...longTexts] : text;
    if (!wire.isMessage(received)) {
      return expect(
        wire.isHandshake(received)
          ? { type: 'handshake', ...wire.readHandshake(received) }
          : wire.readRejection(received),
      ).toEqual(read);
    }
    const { message, id, rest } = wire.readMessage(received);
    return expect({
      message,
      id,
      format: wire.formatOf(rest),
      key: wire.keyOf(rest) ?? null,
      token: wire.tokenOf(rest),
      address: wire.addressOf(rest),
      receiveId: wire.receiveIdOf(rest),
      authentication: wire.authenticationOf(rest) ?? null,
    }).toEqual(read);
  });

  test.each(replies)('reply: $name', ({ wire: text, read }) => {
    expect(wire.readVerdict(text)).toEqual(read);
  });

  test.each(objections)('objection: $name', ({ wire: text, read }) => {
    expect(wire.readObjection(text)).toEqual(read);
  });

  test.each(rejections)('rejection: $name', ({ wire: text, read }) => {
    expect(wire.readRejection(text)).toEqual(read);
  });

  test.each(requests)('request: $name', ({ wire: text, read }) => {
    expect(wire.readRequest(text)).toEqual(read);
  });

  test.each(envelopes)('envelope: $name', ({ wire: text, read }) => {
    expect(wire.readEnvelope(text)).toEqual(read);
  });

  test.each(sealed)('sealed: $name', ({ wire: text, read }) => {
    expect(wire.readSealed(text)).toEqual(read);
  });

  test.each(answers)('answer: $name', ({ wire: text, read }) => {
    expect(wire.readAnswer(text)).toEqual(read);
  });

  test.each(flaws)('flaw: $name', ({ wire: text, read }) => {
    expect(wire.readFlaw(text)).toEqual(read);
  });

  test.each(explanations)('explanation: $name', ({ wire: text, read }) => {
    expect(wire.readExplanation(text)).toEqual(read);
  });

  test('a very long text comes in pieces', () => {
    const { wire: text } = outcomes.find(({ longTexts }) => longTexts?.length > 0);
    const { message } = wire.readMessage([text, ['a', 'b', 'c']]);
    expect(message.Content).toBe('abc');
  });

  test('every kind of what crosses has its fixture', () => {
    expect(new Set(outcomes.map(({ read }) => read.type ?? `${read.format} ${read.key}`))).toEqual(
      new Set(['handshake', 'rejected', 'xml null', 'xml 0', 'json null', 'json 0', 'json 1']),
    );
    const letters = (fixtures) => new Set(fixtures.map(({ wire: text }) => text?.[0]));
    expect(letters(replies)).toEqual(new Set(['T', 'X', 'J', 'j', 'N', 'E']));
    expect(letters(requests)).toEqual(new Set(['{', 'E']));
    expect(letters(envelopes)).toEqual(new Set(['{', 'R', 'E']));
    expect(letters(sealed)).toEqual(new Set(['S', 'E']));
    expect(letters(answers)).toEqual(new Set(['N', '{', 'F']));
    expect(letters(flaws)).toEqual(new Set([undefined, 'F']));
  });
});
