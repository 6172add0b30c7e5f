'use strict';

const { account, openReply, push } = require('../support/wechat.js');
const { PROMPT, readSentences } = require('./sentences.js');

const HANGS_UP = 5000;
const DELIVERIES = 3;
/** Nobody asks for ever for what has been lost, and was told to the app. */
const ASKS_FOR = 200_000;

/** A user, with WeChat between: what was sent and what was seen. */
class Person {
  /** All that was seen. @type {{ at: number, by: string, text: string, sentences: any[], saysReplaced: boolean, isWhole: boolean }[]} */
  seen = [];
  /** What was handed to nextMessage by the API: of which answer, and when. */
  handed = [];
  #world;

  constructor(world, name) {
    this.#world = world;
    this.name = name;
  }

  /** Sends a message. */
  says(message) {
    const { time } = this.#world;
    this.#world.tell(`${this.name} says ${message.text}`);
    const content = {
      ToUserName: 'gh_0123456789ab',
      FromUserName: this.name,
      CreateTime: Math.floor((1_700_000_000_000 + time.now) / 1000),
      MsgType: 'text',
      Content: message.text,
      MsgId: message.id,
    };
    Object.assign(message, { createTime: content.CreateTime, said: time.now });
    Object.assign(message, push({ message: content, encrypted: true }));
    this.#deliver(message, 1);
  }

  /**
   * Gets a text, in answer to a message or by the API.
   * @param {string} text
   * @param {string} by
   * @param {object} part the delivery that carries it, or what became of what a carrier sends
   */
  gets(text, by, part) {
    const { time, random, plan } = this.#world;
    this.#world.tell(
      `${this.name} gets ${text.length > 60 ? `${text.slice(0, 20)} … ${text.slice(-40)}` : text} by ${by}`,
    );
    const read = readSentences(text);
    this.seen.push({ at: time.now, by, text, ...read });
    for (const sentence of read.sentences) {
      const question = this.#world.questions.get(sentence.question);
      question.got.push({ ...sentence, at: time.now, by, part, person: this });
    }
    const isMore = text.endsWith(PROMPT.rest) || text.endsWith(PROMPT.soon);
    if (!isMore || !random.chance(plan.asksOn) || time.now > plan.lasts + ASKS_FOR) return;
    const wait = random.between(300, 8000);
    time.after(wait, () => this.#asksForMore());
    if (random.chance(plan.asksTwice)) time.after(wait + random.between(0, 1500), () => this.#asksForMore());
  }

  hands(pieces) {
    const [first] = readSentences(pieces.join('')).sentences;
    if (first) this.handed.push({ question: first.question, at: this.#world.time.now });
  }

  #asksForMore() {
    this.says(this.#world.newMessage(this, '继续'));
  }

  /** WeChat delivers. */
  #deliver(message, number) {
    const { time, random, plan, servers } = this.#world;
    const again = () => {
      if (delivery.isOver) return;
      delivery.isOver = true;
      delivery.endedAt = time.now;
      for (const listener of delivery.listeners) delivery.server?.loop.receive(time.now, listener);
      if (number < DELIVERIES) this.#deliver(message, number + 1);
    };
    const { url, body } = message;
    const server = servers[random.whole(0, plan.processes - 1)];
    const delivery = { url, body, number, server, isOver: false, listeners: [], sentAt: time.now };
    message.deliveries.push(delivery);
    time.after(HANGS_UP, again);
    if (!server) return;
    server.loop.receive(time.now + random.between(...plan.network), () => {
      if (delivery.isOver) return;
      delivery.begun = time.now;
      server.accept(delivery, (status, text) => {
        if (delivery.isOver) return;
        // A process that is dead by then sends nothing.
        server.loop.receive(time.now, () => this.#answered(message, delivery, again, status, text));
      });
    });
  }

  #answered(message, delivery, again, status, body) {
    const { time } = this.#world;
    if (delivery.isOver) return;
    delivery.answeredAt = time.now;
    delivery.status = status;
    if (status !== 200) return void time.after(1, again);
    delivery.isOver = true;
    delivery.endedAt = time.now;
    message.acceptedAt = time.now;
    for (const listener of delivery.listeners) delivery.server.loop.receive(time.now, listener);
    if (body !== 'success') this.gets(contentOf(openReply(body, account)), message.text, delivery);
  }
}

function contentOf(xml) {
  return xml.match(/<Content><!\[CDATA\[([\s\S]*)\]\]><\/Content>/)[1];
}

module.exports = { HANGS_UP, Person };
