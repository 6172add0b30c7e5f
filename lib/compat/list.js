'use strict';

const { reading, wrongOption } = require('../errors.js');

/** By name. @type {Map<string, List>} */
let lists = new Map();

/** What a user may answer with, and by whom each answer is handled. Documented in compat/wechat.d.ts. */
class List {
  /** @type {Map<string, string | Function>} */
  #handlers = new Map();

  /**
   * @param {unknown} name
   * @param {[string, string | Function][]} items
   * @param {string} head
   * @param {string} delimiter
   * @param {string} foot
   */
  constructor(name, items, head, delimiter, foot) {
    this.name = name;
    const lines = items.map((item, index) => this.#line(item, index));
    this.description = delimiter ? `${head}\n${lines.join(`\n${delimiter}\n`)}\n${foot}` : lines.join('\n');
  }

  /** @param {string} key */
  get(key) {
    return this.#handlers.get(key);
  }

  /**
   * @param {any} item
   * @param {number} index
   */
  #line(item, index) {
    const [text, handler] = Array.isArray(item) ? item : [];
    if (typeof text !== 'string' || !['string', 'function'].includes(typeof handler))
      throw wrongOption(`items[${index}]`, "must be ['text with a {key}', a function or a string]");
    return text.replace(/\{(.*)\}/, (_, key) => {
      this.#handlers.set(key, handler);
      return key;
    });
  }

  /**
   * @param {string} name
   * @param {[string, string | Function][]} items
   */
  static add(name, items, head = '', delimiter = '', foot = '') {
    for (const [option, given] of Object.entries({ head, delimiter, foot }))
      if (typeof given !== 'string') throw wrongOption(option, 'must be a string');
    if (typeof name !== 'string' || name === '') throw wrongOption('name', 'must be a non-empty string');
    const all = reading(() => copyOf(items), wrongItems);
    lists.set(name, new List(name, all, head, delimiter, foot));
  }

  /** @param {string} name */
  static get(name) {
    return lists.get(name);
  }

  static clear() {
    lists = new Map();
  }

  /** Whether there are any. */
  static areInUse() {
    return lists.size > 0;
  }
}

/** @param {unknown} items @returns {any[]} */
function copyOf(items) {
  if (!Array.isArray(items)) throw wrongItems();
  return Array.from(items, (item) => (Array.isArray(item) ? Array.from(item) : item));
}

function wrongItems() {
  return wrongOption('items', "must be an array of ['text with a {key}', a function or a string]");
}

module.exports = { List };
