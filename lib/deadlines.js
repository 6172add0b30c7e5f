'use strict';

// Every deadline, in milliseconds, and how often WeChat tries.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A little more than the longest schedule of retries, which is that of mini-game deliveries: 24 hours 4 minutes. */
const LATEST_RETRY = 25 * HOUR;

/** So far WeChat's clock may be ahead of ours, as in the core. */
const CLOCKS_DIFFER = 5 * MINUTE;

module.exports = {
  /** How often WeChat delivers a push, not a time. */
  DELIVERIES: 3,
  /** WeChat hangs up after so long. */
  WECHAT_HANGS_UP: 5 * SECOND,
  /** WeCom waits so long for the answer to its check of a URL. */
  WECOM_CHECK_WITHIN: SECOND,
  /** So long after a message to a bot WeCom asks for more of the stream that answers it. */
  WECOM_ASKS_FOR: 6 * MINUTE,
  /** How often it does, which no page says, as we play it. */
  WECOM_ASKS_EVERY: SECOND,
  /** By then an answer has to be on its way, so that it arrives. */
  ANSWER_WITHIN: 4.5 * SECOND,
  /** A delivery that WeChat is meant to give up and repeat ends here, in case WeChat has not hung up by then. */
  LEFT_TO_TIME_OUT: 5.5 * SECOND,
  /** What `replyWindow` can be: one delivery, or three that follow each other. */
  REPLY_WINDOWS: [5 * SECOND, 15 * SECOND],
  /** WeChat repeats a delivery right after it gave one up: wait so long for it, even past the reply window. */
  COMES_BACK_WITHIN: SECOND,
  /** A handler that has not returned by then never will. */
  HANDLER_LIMIT: 10 * MINUTE,
  /** A body must arrive within the time that WeChat waits for the answer. */
  BODY_WITHIN: 5 * SECOND,
  /** So long a ticket may take to be stored before the next one goes ahead. */
  TICKET_TURN: 10 * SECOND,

  /** How often the store is asked about a handler that runs in another process. */
  LOOK_EVERY: 100,
  /** A store that has not answered for so long counts as away; that leaves time to answer WeChat without it. */
  STORE_ANSWERS_WITHIN: 300,
  /** How often a store that is away is asked again. */
  ASK_STORE_EVERY: SECOND,
  /** How long a store remembers. */
  REMEMBER: LATEST_RETRY,
  /** How old a push may be: what came ahead of its time must be refused before it is forgotten. */
  TOLERANCE: LATEST_RETRY - CLOCKS_DIFFER,
  CLOCKS_DIFFER,
  /** How long a store keeps a reply that is long, or passive: retries of messages come within seconds. */
  REPLY_KEPT: 10 * MINUTE,
  /** The shortest memory of a shared store, as WeChat may repeat a delivery that late. */
  LEAST_REMEMBER: MINUTE,
  /** How long a process may be silent before another takes over its handler. */
  LEASE: 3 * SECOND,
  /**
   * A longer lease would outlast the delivery that waits for a dead process, which would then be answered
   * without anybody having handled it.
   */
  LONGEST_LEASE: 4 * SECOND,

  /** A process that has not been heard of for so long is dead, and another sends what it had still to send. */
  OUTBOX_LEASE: 30 * SECOND,
  /** How long something waits to be sent: after that WeChat takes no customer-service message any more. */
  OUTBOX_KEPT: 48 * HOUR,
  /** How long a carrier may take for one answer. */
  CARRIER_LIMIT: 10 * MINUTE,
  /** How often a process looks for what dead ones left. */
  TAKE_OVER_EVERY: 5 * SECOND,
  /** A process that has not been heard of for so long no longer handles its user's messages, so that the next may go on. */
  TURN_LEASE: 15 * SECOND,
  /** A user's next message can be waited for no longer than that, so that the first is answered in time. */
  LONGEST_MERGE: 3 * SECOND,
  /** How long an answer waits for its user's next message. */
  KEPT_FOR_NEXT: 10 * MINUTE,
  /** How long a session lives after it was set. */
  SESSION_TTL: HOUR / 2,
  /** How long a handler works until the user is shown that somebody does. */
  SHOW_WORK_AFTER: SECOND,
  /** A stream that has not ended by then is shown as it grows, where it can be. */
  STREAM_SHOWN_AFTER: SECOND / 2,
  /** What grows is asked for, for six minutes from the user's message; the last time some seconds before. */
  STREAM_GROWS_FOR: 6 * MINUTE - 15 * SECOND,
  /** How long the text of a stream is kept, for who still asks for it. */
  STREAM_KEPT: 10 * MINUTE,
  /** How often a growing text is written for other processes: about as often as it is asked for. */
  STREAM_WRITTEN_EVERY: SECOND,
  /** A process that has not been heard of for so long writes no more of a stream. */
  STREAM_LEASE: 10 * SECOND,
  /** A message of a bot's user can be answered by its `response_url` so long. */
  RESPONSE_URL_LASTS: HOUR,
  /** A call of WeChat's API is answered within so long, or counts as failed. */
  API_ANSWERS_WITHIN: 8 * SECOND,
  /** When the API is down, a message is sent again after so long: three tries in 30 seconds, with the deadlines of each. */
  API_TRIED_AGAIN_AFTER: [SECOND, 4 * SECOND],
  API_TRIED_FOR: 30 * SECOND,
  /** An access token is renewed so long before its end; WeChat gives the next one from five minutes before. */
  TOKEN_RENEWED_BEFORE: 4 * MINUTE,
  /** How long the process that gets a token is waited for: longer than a call takes. */
  TOKEN_AWAITED: 10 * SECOND,
  /** How often the store is asked for a token that another process gets. */
  LOOK_FOR_TOKEN_EVERY: 50,
  /** WeChat renews a token before its time no sooner than this, and 20 times a day. */
  TOKEN_FORCED_EVERY: 30 * SECOND,
  /** How often we ask for it in a day, not a time: half, so that people can, too. */
  TOKEN_FORCED_A_DAY: 10,
  DAY: 24 * HOUR,
  /** Customer-service messages can be sent so long after a user's message, and after an event. */
  MESSAGE_ANSWERED_WITHIN: 48 * HOUR,
  EVENT_ANSWERED_WITHIN: MINUTE,

  /** A refusal is printed once in so long for each reason, and what a callback throws is warned of. */
  PRINT_EVERY: 10 * SECOND,
  /** The same of refusals in production, where strangers ask all day. */
  PRINT_IN_PRODUCTION_EVERY: 10 * MINUTE,
};
