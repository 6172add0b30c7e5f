'use strict';

/** What the user has to do otherwise: a key of `error` in texts.json, and what it tells. */
class UsageError extends Error {
  /**
   * @param {string} reason
   * @param {object} [facts]
   */
  constructor(reason, facts = {}) {
    super(reason);
    this.reason = reason;
    this.facts = facts;
  }
}

module.exports = { UsageError };
