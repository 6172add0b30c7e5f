'use strict';

// A connection to a server, byte by byte: what no HTTP client would send.

const { once } = require('node:events');
const net = require('node:net');

class Connection {
  /** What has come so far. */
  received = '';
  #socket;

  constructor(socket) {
    this.#socket = socket;
    socket.setEncoding('latin1').on('data', (text) => (this.received += text));
    // The server may hang up in the middle of what is sent.
    socket.on('error', () => {});
  }

  /** @param {string} url */
  static async to(url) {
    const { hostname, port } = new URL(url);
    const socket = net.connect(Number(port), hostname);
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** Sends the head of a POST. @param {string} target @param {string} header */
  post(target, header) {
    this.send(`POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n${header}\r\n\r\n`);
  }

  /** @param {string | Uint8Array} data */
  send(data) {
    this.#socket.write(data);
  }

  /** Ends its own side, as after the last request. */
  end() {
    this.#socket.end();
  }

  async hangUp() {
    this.#socket.destroy();
    if (!this.#socket.closed) await once(this.#socket, 'close');
  }

  /** The next whole answer: its head and body. */
  async answer() {
    for (;;) {
      const [head] = this.received.match(/^HTTP[^]*?\r\n\r\n/) ?? [];
      const found = head && bodyBehind(head, this.received.slice(head.length));
      if (found) {
        this.received = this.received.slice(head.length + found.size);
        return { status: Number(head.slice(9, 12)), head, body: found.body };
      }
      await Promise.race([once(this.#socket, 'data'), this.#closed()]);
    }
  }

  /** Resolves when the server has ended the connection. */
  async ended() {
    if (!this.#socket.readableEnded && !this.#socket.closed)
      await Promise.race([once(this.#socket, 'end'), once(this.#socket, 'close')]);
  }

  async #closed() {
    await once(this.#socket, 'close');
    throw new Error(`the connection was closed without an answer, after ${JSON.stringify(this.received)}`);
  }
}

/**
 * The body that follows a head, once all of it has come, and how many bytes it took.
 * @param {string} head
 * @param {string} received
 */
function bodyBehind(head, received) {
  const [, length] = head.match(/^content-length: (\d+)/im) ?? [];
  if (length)
    return received.length >= length ? { body: received.slice(0, length), size: Number(length) } : undefined;
  const [chunks] = received.match(/^[^]*?\r\n0\r\n\r\n/) ?? [];
  return (
    chunks && {
      body: chunks
        .split('\r\n')
        .filter((_, i) => i % 2 === 1)
        .join(''),
      size: chunks.length,
    }
  );
}

module.exports = { Connection };
