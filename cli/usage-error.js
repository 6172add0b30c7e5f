'use strict';

/** A wrong call: a key of `error` in texts.json, and the values for its placeholders. */
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
