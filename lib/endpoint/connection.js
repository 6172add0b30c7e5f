'use strict';

/** Whether the sender still listens. */
class Connection {
  hasLeft = false;
  /** @type {(() => void)[]} */
  #listeners = [];

  /**
   * @param {number} arrived when the request began
   * @param {import('../..').EndpointRequest} request
   */
  constructor(arrived, request) {
    this.arrived = arrived;
    request.onClose?.(() => this.#leave());
  }

  /** @param {() => void} listener is called at once if the sender has already left */
  onLeave(listener) {
    if (this.hasLeft) listener();
    else this.#listeners.push(listener);
  }

  #leave() {
    this.hasLeft = true;
    for (const listener of this.#listeners.splice(0)) listener();
  }
}

module.exports = { Connection };
