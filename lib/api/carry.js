'use strict';

const { API_TRIED_AGAIN_AFTER, API_TRIED_FOR } = require('../deadlines.js');
const { ApiError } = require('./api-error.js');
const { pause } = require('./pause.js');

/**
 * Sends an answer, one message after the other. Gives what is left when there is room for no more.
 * @param {import('../..').UndeliveredAnswer} answer
 * @param {object} way
 * @param {(left: any, isLast: boolean) => import('./piece.js').Piece | undefined} way.pieceOf throws where there is none
 * @param {() => Promise<number>} way.takeRoom how many more there is room for after the next one; -1 without room for it
 * @param {(message: object) => Promise<unknown>} way.send
 * @param {typeof import('../clock.js').systemClock} way.clock
 * @returns {Promise<import('../..').ReplyValue | undefined>}
 */
async function carryInPieces({ value, progress, signal }, { pieceOf, takeRoom, send, clock }) {
  /** @type {any} */
  let left = value;
  // Before room is taken for it.
  pieceOf(left, false);
  while (left !== undefined && left !== '') {
    signal.throwIfAborted();
    const room = await takeRoom();
    if (room < 0) return left;
    const piece = pieceOf(left, room === 0);
    if (!piece) return left;
    await persistently(() => send(piece.message), signal, clock);
    left = piece.rest;
    if (left !== undefined) await progress(left);
  }
  return undefined;
}

/**
 * Tries again while the API is down: it may have taken the message all the same, so that the user gets it twice.
 * @param {() => Promise<unknown>} act
 * @param {AbortSignal} signal
 * @param {typeof import('../clock.js').systemClock} clock
 */
async function persistently(act, signal, clock) {
  const ends = clock.now() + API_TRIED_FOR;
  for (let tries = 0; ; tries++) {
    try {
      return await act();
    } catch (error) {
      signal.throwIfAborted();
      const wait = API_TRIED_AGAIN_AFTER[tries];
      const mayHelp = error instanceof ApiError && error.temporary && wait !== undefined;
      if (!mayHelp || clock.now() + wait > ends) throw error;
      await pause(clock, wait, signal);
      signal.throwIfAborted();
    }
  }
}

module.exports = { carryInPieces };
