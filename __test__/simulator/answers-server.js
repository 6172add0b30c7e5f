'use strict';

const { inTurn } = require('../../lib/answers/in-turn.js');
const { openNextMessage } = require('../../lib/answers/next-message.js');
const { openEndpoint } = require('../../lib/endpoint/endpoint.js');
const { account } = require('../support/wechat.js');
const { Link } = require('./network.js');
const { modelStore } = require('./redis-model.js');
const { PROMPT, readSentences, sentencesOf } = require('./sentences.js');
const { HOUR, Loop } = require('./time.js');

/** So many sentences are in one message of the API, and so many messages in a user's budget. */
const IN_PIECE = 20;
const BUDGET = 2;

/** One life of a process: an endpoint as an app has it, with a handler and carriers. */
class AnswerServer {
  diedAt = Infinity;
  pauses = [];
  #world;

  constructor(world, place) {
    const { time, random, redis, plan } = world;
    const { storeFaults: faults, latency } = plan;
    this.#world = world;
    this.name = `process ${place + 1}`;
    this.loop = new Loop(time, () => world.wallShift);
    const { clock } = this.loop;
    const link = new Link({ time, random, loop: this.loop, place, faults, latency });
    this.troubles = link.troubles;
    const store = modelStore(redis, link.send, { lease: 3000, remember: HOUR });
    const records = recordsOver(link.send, world.records);
    const made = {
      api: { name: 'api', carry: (answer) => this.#carry(answer) },
      nextMessage: openNextMessage({ prompt: PROMPT }, clock),
    };
    const handler = (message, context) => this.#handle(message, context);
    this.endpoint = openEndpoint(
      {
        ...account,
        tolerance: 0,
        lang: 'zh',
        replyWindow: plan.replyWindow,
        store: { ...store, records },
        carriers: plan.carriers.map((name) => made[name]),
        onUndelivered: (value) => this.#told(value),
      },
      plan.isInTurn ? inTurn(handler, { merge: plan.merge }) : handler,
      { clock },
    );
  }

  standStill(ms) {
    this.pauses.push({ from: this.#world.time.now, to: this.#world.time.now + ms });
    this.loop.standStill(ms);
  }

  die() {
    this.diedAt = this.#world.time.now;
    this.loop.isDead = true;
  }

  /**
   * A delivery comes in. What it is answered goes to `answered`, or nothing does.
   * @param {{ url: string, body: string, isOver: boolean, listeners: (() => void)[] }} delivery
   * @param {(status: number, body: string) => void} answered
   */
  accept(delivery, answered) {
    const { url, body } = delivery;
    const onClose = (listener) => (delivery.isOver ? listener() : delivery.listeners.push(listener));
    const request = { method: 'POST', url, body, onClose, isClosed: () => delivery.isOver };
    this.endpoint.handle(request).then(({ status, body: text }) => answered(status, text));
  }

  /** The app's handler. */
  async #handle({ Content: text }, { messages, user }) {
    const { time, plan, random } = this.#world;
    const asked = messages.map(({ MsgId }) => this.#world.message(MsgId));
    const call = { server: this, user, asked, start: time.now };
    this.#world.calls.push(call);
    if (text === '继续') return this.#ended(call, 'returned', undefined);
    const [question] = asked;
    question.runs.push(call);
    this.#world.tell(`${this.name}: ${question.text}, run ${question.runs.length}, begins`);
    const sentences = sentencesOf(question.text, question.runs.length, question.sentences);
    if (question.streams) return this.#stream(call, sentences, question.ms);
    await this.#wait(question.ms);
    if (random.chance(plan.throws)) {
      this.#ended(call, 'threw');
      throw new Error('as planned');
    }
    return this.#ended(call, 'returned', sentences.join(''));
  }

  /** A model, which writes for as long as the whole answer takes. */
  async *#stream(call, sentences, ms) {
    try {
      for (const sentence of sentences) {
        await this.#wait(ms / sentences.length);
        yield sentence;
      }
    } finally {
      this.#ended(call, 'returned');
    }
  }

  #ended(call, outcome, value) {
    const { time } = this.#world;
    Object.assign(call, { end: time.now, outcome });
    this.#world.tell(`${this.name}: ${call.asked.map(({ text }) => text).join(' ')} ${outcome}`);
    return value;
  }

  /** What is on its way arrives, whatever becomes of the process, which hears of it later. */
  async #send(arrive) {
    const { time, random, plan } = this.#world;
    const takes = random.between(...plan.api);
    time.after(takes, arrive);
    await this.#wait(takes + random.between(...plan.api));
  }

  /** The app is told what nobody carries. */
  #told(value) {
    const { questions } = this.#world;
    for (const sentence of readSentences(value).sentences)
      questions.get(sentence.question).told.push(sentence);
  }

  #wait(ms) {
    return new Promise((resolve) => this.loop.receive(this.#world.time.now + ms, resolve));
  }

  /** The API: a message at a time, each of which takes its time; as many as the budget allows, where another follows. */
  async #carry({ user, value, progress, nextCarrier }) {
    const { time, random, plan } = this.#world;
    const person = this.#world.people.get(user);
    const begun = time.now;
    let left = sentencesIn(value);
    for (let sent = 0; left.length > 0; sent++) {
      if (nextCarrier && sent === BUDGET) {
        person.hands(left, this);
        return left.join('');
      }
      const [piece, rest] = [left.slice(0, IN_PIECE), left.slice(IN_PIECE)];
      const isLast = nextCarrier && sent + 1 === BUDGET && rest.length > 0;
      if (!nextCarrier && random.chance(plan.apiFails)) throw new Error('as planned');
      const part = { server: this, begun, sentAt: time.now, isConfirmed: false };
      await this.#send(() => person.gets(piece.join('') + (isLast ? PROMPT.rest : ''), 'api', part));
      left = rest;
      if (left.length > 0) await progress(left.join(''));
      part.isConfirmed = left.length > 0;
    }
  }
}

/** A text in pieces that end with a sentence. */
function sentencesIn(value) {
  return value.match(/[^。]+。?/g) ?? [];
}

function recordsOver(send, records) {
  return {
    get: (...args) => send(() => records.get(...args)),
    set: (...args) => send(() => records.set(...args)),
    claimDue: (...args) => send(() => records.claimDue(...args)),
  };
}

module.exports = { AnswerServer };
