'use strict';

const { UsageError } = require('../usage-error.js');

/** How much of the past is kept. */
const PUSHES = 200;
const ENTRIES = 1000;

const MOST_USERS = 12;

/** More than there are users, so that one is always free. */
const LABELS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/**
 * What every page shows: users, what stands in their chats, pushes, and the rest of `shown`. Whoever listens is told what
 * changed.
 * @param {object} of
 * @param {any} of.shown what is there besides, by its name
 * @param {boolean} of.hasMembers whether users are members of a company, with short ids
 * @typedef {ReturnType<typeof createBoard>} Board
 */
function createBoard({ shown, hasMembers }) {
  /** @type {Set<(change: object) => void>} */
  const listeners = new Set();
  /** @type {{ id: string, label: string, isTyping: boolean }[]} */
  const users = [];
  /** @type {any[]} */
  const pushes = [];
  /** @type {any[]} */
  const entries = [];
  let lastId = 0;
  addUser();

  /** @param {object} change */
  function tell(change) {
    for (const listener of listeners) listener(change);
  }

  function addUser() {
    join(/** @type {string} */ (LABELS.map(idOf).find((id) => !has('id', id))));
  }

  /** A user with the label that the id has, or one that is free. @param {string} id */
  function join(id) {
    if (users.length >= MOST_USERS) throw new UsageError('too_many_users', { most: MOST_USERS });
    const free = LABELS.filter((label) => !has('label', label));
    users.push({ id, label: free.find((label) => idOf(label) === id) ?? free[0], isTyping: false });
    tell({ users });
  }

  /** @param {string} label */
  function idOf(label) {
    return hasMembers ? `User${label}` : `oPlayUser000000000000000000${label}`;
  }

  /** @param {'id' | 'label'} name @param {string} value */
  function has(name, value) {
    return users.some((user) => user[name] === value);
  }

  return {
    pushes,
    addUser,
    state: () => ({ ...shown, users, pushes, entries }),

    /** @param {(change: object) => void} listener */
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    /** Changes what is there besides. @param {string} name @param {any} value */
    show(name, value) {
      shown[name] = value;
      tell({ [name]: value });
    },

    /** A new push, with an id of its own. @template T @param {T} push @returns {T & { id: number }} */
    add(push) {
      const kept = { id: ++lastId, ...push };
      pushes.push(kept);
      const gone = pushes.splice(0, Math.max(0, pushes.length - PUSHES)).map(({ id }) => id);
      tell({ push: kept, gone });
      return kept;
    },

    /** A push whose object has changed. @param {any} push */
    update(push) {
      if (pushes.includes(push)) tell({ push });
    },

    /** Something in a user's chat. @param {any} entry */
    say(entry) {
      const kept = { id: ++lastId, ...entry };
      entries.push(kept);
      entries.splice(0, Math.max(0, entries.length - ENTRIES));
      tell({ entry: kept });
      return kept;
    },

    /** What is said there has changed. @param {any} entry @param {any} bubble */
    change(entry, bubble) {
      entry.bubble = bubble;
      if (entries.includes(entry)) tell({ entry });
    },

    /** A user who is there, else the first. @param {unknown} id @returns {string} */
    knownUser: (id) => (typeof id === 'string' && has('id', id) ? id : users[0].id),

    /** A user, as far as there is room for one who is new, else the first; null for nobody. @param {string | undefined} id */
    userOf(id) {
      if (!id) return null;
      if (has('id', id)) return id;
      if (users.length >= MOST_USERS) return users[0].id;
      join(id);
      return id;
    },

    /** @param {string} id @param {boolean} isTyping */
    type(id, isTyping) {
      const user = users.find((one) => one.id === id);
      if (!user || user.isTyping === isTyping) return;
      user.isTyping = isTyping;
      tell({ users });
    },

    clear() {
      pushes.splice(0);
      entries.splice(0);
      tell({ cleared: true });
    },
  };
}

module.exports = { createBoard };
