'use strict';

/** Whether the sender still listens. */
class Connection {
  #request;
  #hasLeft = false;
  /** @type {(() => void)[] | undefined} */
  #listeners;

  /**
   * @param {number} arrived when the request began
   * @param {import('../..').EndpointRequest} request
   */
  constructor(arrived, request) {
    this.arrived = arrived;
    this.#request = request;
    if (!request.isClosed) this.#watch();
  }

  get hasLeft() {
    return this.#hasLeft || Boolean(this.#request.isClosed?.());
  }

  /** @param {() => void} listener is called at once if the sender has already left */
  onLeave(listener) {
    if (this.hasLeft) return listener();
    if (!this.#listeners) this.#watch();
    this.#listeners?.push(listener);
  }

  /** Few deliveries wait for anything, so where the framework can be asked, nobody listens before. */
  #watch() {
    this.#listeners = [];
    this.#request.onClose?.(() => {
      this.#hasLeft = true;
      for (const listener of this.#listeners?.splice(0) ?? []) listener();
    });
  }
}

module.exports = { Connection };
