/** Long, slow and streamed answers: what `messagePush` needs to get them to users. */

import type { Carrier, PushHandler } from './index.js';

/** Documented in docs/slow-answers.md. */
export function nextMessage(options?: NextMessageOptions): Carrier;

export interface NextMessageOptions {
  prompt?: string | { rest?: string; soon?: string; replaced?: string };
  words?: string | string[] | 'any';
  keep?: number;
}

export function inTurn(handler: PushHandler, options?: InTurnOptions): PushHandler;

export interface InTurnOptions {
  merge?: number;
}
