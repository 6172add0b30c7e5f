'use strict';

const { memoryRecords } = require('../../lib/stores/memory-records.js');
const { planAnswers } = require('./answers-plan.js');
const { brokenAnswers } = require('./answers-promises.js');
const { AnswerServer } = require('./answers-server.js');
const { HANGS_UP, Person } = require('./person.js');
const { Random } = require('./random.js');
const { RedisModel } = require('./redis-model.js');
const { Time } = require('./time.js');

/** After the last question nobody dies any more, and whatever was left is taken up. */
const SETTLES_WITHIN = 400_000;
const MOST_EVENTS = 5_000_000;
const FIRST_MSG_ID = '4561255354250000';

/**
 * A world in which users talk with a bot: `count` questions of `users`, whose answers take long, or have many parts, or
 * go in turns; and processes that die, stand still, or have no store for a while. Each process is a whole endpoint.
 */
class AnswersWorld {
  /** All that users said, by MsgId. @type {Map<string, any>} */
  messages = new Map();
  /** Of them the questions, by their texts. @type {Map<string, any>} */
  questions = new Map();
  people = new Map();
  /** Of the handler. */
  calls = [];
  /** What was recorded as handled: MsgIds. */
  handled = [];
  servers = [];
  lives = [];
  /** How many timers each process had when all was over, several times. @type {Map<any, number>[]} */
  timersLeft = [];
  wallShift = 0;
  #write;
  /** The question that was planned last. @type {{ at: number, person: Person } | undefined} */
  #last;

  /** @param {number} seed @param {{ count: number, users: number, kind?: 'answers' | 'turns', write?: (line: string) => void }} options */
  constructor(seed, { count, users, kind, write }) {
    this.#write = write;
    this.random = new Random(seed);
    this.time = new Time(MOST_EVENTS);
    this.redis = new RedisModel(() => this.time.now, {
      finished: (id) => this.handled.push({ id: msgIdOf(id), at: this.time.now }),
    });
    this.records = memoryRecords(1e6, /** @type {any} */ ({ now: () => this.time.now }));
    this.plan = planAnswers(this.random, { count, kind });
    for (let number = 1; number <= users; number++)
      this.people.set(`u${number}`, new Person(this, `u${number}`));
    for (let number = 1; number <= count; number++) this.#planQuestion(`q${number}`, users);
  }

  tell(text) {
    this.#write?.(`${(this.time.now / 1000).toFixed(3).padStart(9)} s  ${text}`);
  }

  get answers() {
    return [...this.questions.values()];
  }

  message(id) {
    return this.messages.get(id);
  }

  newMessage(person, text, more) {
    const id = String(Number(FIRST_MSG_ID) + this.messages.size);
    const message = { id, person, text, deliveries: [], runs: [], got: [], told: [], ...more };
    this.messages.set(id, message);
    return message;
  }

  /** Which promises were broken, in words. @returns {Promise<string[]>} */
  async run() {
    const broken = [];
    const reject = (error) => broken.push(`a rejection that nobody looked at: ${String(error?.stack)}`);
    process.on('unhandledRejection', reject);
    try {
      const { plan, time } = this;
      this.tell(JSON.stringify(plan));
      for (let place = 0; place < plan.processes; place++) this.#start(place);
      for (const { at, place, down } of plan.crashes) time.at(at, () => this.#crash(place, down));
      for (const { at, place, ms } of plan.pauses) time.at(at, () => this.servers[place]?.standStill(ms));
      for (const { at, by } of plan.jumps) time.at(at, () => (this.wallShift += by));
      await time.run(plan.lasts + SETTLES_WITHIN);
      // A process may just be looking for what dead ones left.
      for (let looks = 0; looks < 3; looks++) {
        this.timersLeft.push(new Map(this.lives.map(({ loop }) => [loop, loop.timers.size])));
        await time.run(time.now + 700);
      }
      broken.push(...brokenAnswers(this));
    } catch (error) {
      broken.push(`an exception: ${error?.stack ?? String(error)}`);
    } finally {
      process.off('unhandledRejection', reject);
    }
    return broken;
  }

  /** One that follows the one before, of the same user, or another one. @param {string} text @param {number} users */
  #planQuestion(text, users) {
    const { random, plan, time } = this;
    const follows = random.chance(plan.follows) && this.#last;
    const at = follows ? follows.at + random.between(0, 2500) : random.between(0, plan.lasts);
    const person = follows ? follows.person : this.people.get(`u${random.whole(1, users)}`);
    this.#last = { at, person };
    const question = {
      ms: this.#lengthOf(),
      sentences: random.whole(...plan.sentences),
      streams: random.chance(plan.streams),
    };
    time.at(at, () => {
      const message = this.newMessage(person, text, question);
      this.questions.set(text, message);
      person.says(message);
    });
  }

  #lengthOf() {
    const { random, plan } = this;
    if (!random.chance(plan.meetsHangUp)) return random.between(...plan.lengths);
    return random.whole(1, 2) * HANGS_UP + random.between(-100, 900);
  }

  #start(place) {
    this.servers[place] = new AnswerServer(this, place);
    this.lives.push(this.servers[place]);
  }

  #crash(place, down) {
    const server = this.servers[place];
    if (!server) return;
    this.tell(`${server.name} dies`);
    server.die();
    this.servers[place] = undefined;
    this.time.after(down, () => this.#start(place));
  }
}

/** In what a store calls a push: the identity of the account, and what the core calls it. @param {string} id */
function msgIdOf(id) {
  const start = id.indexOf(':') + 1;
  return id.slice(start, start + FIRST_MSG_ID.length);
}

module.exports = { AnswersWorld };
