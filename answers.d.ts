import type { Carrier, PushHandler, PushMessage } from './index';

/**
 * What a model has written in Markdown, as WeChat shows it in a text message, where marks would be seen as they are.
 *
 * Headings, emphasis and inline code lose their marks; blocks of code stay as they are, without fences; items of lists
 * begin with `•`, tasks with `☐` or `☑`; of a table each row of two columns is a line, of more a group of lines; links and
 * images become `<a href="…">…</a>`, which WeChat shows as links, those that lead to neither http nor https their text;
 * formulas in LaTeX become characters as far as there are some (`x²`, `≤`, `(a+b)/2`). Text that is no Markdown stays.
 *
 * It takes time in proportion to the length, whatever is in it. Of a text that is still being written call it with all
 * of it, or with whole lines.
 *
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when it is given no string.
 */
export function plainText(markdown: string): string;

/**
 * A carrier for accounts that can send nothing by themselves: what is left of an answer is kept for its user, who gets
 * the next part in answer to the next message, “继续”. It says so at the end of each part, and in place of an answer that
 * is still being made. A new answer replaces the kept one, and says so in its first line. “继续” with nothing kept goes
 * to the handler.
 *
 * It works over processes that share a store. In plaintext whoever has a valid query can ask for a kept answer, which is
 * warned of once.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when an option is wrong.
 */
export function nextMessage(options?: NextMessageOptions): Carrier;

export interface NextMessageOptions {
  /**
   * What it says: `rest` at the end of a part, `soon` in place of an answer that is not ready, `replaced` before an answer
   * that took the place of another. A string is `rest`. Each has at most 600 bytes.
   */
  prompt?: string | { rest?: string; soon?: string; replaced?: string };
  /** The words that ask for the next part, `'继续'` by default; `'any'`: whatever comes from the user. */
  words?: string | readonly string[];
  /** How long it is kept, in milliseconds: ten minutes by default. */
  keep?: number;
}

/**
 * A handler to which the messages of one user come one after another, over all processes that share a store, in the
 * order in which they were sent: by `CreateTime`, then `MsgId`. With `merge`, messages that follow each other within so
 * many milliseconds (at most 3,000) come at once: `context.messages` has them, `context.text` their texts, by lines; the
 * answer goes to the delivery whose message the handler is called with. Each push counts as handled when its call has
 * returned, or the stream that it gave has ended.
 * @throws {TypeError} `ERR_WECHAT_PUSH_OPTIONS` when the handler is no function, or an option is wrong.
 */
export function inTurn<Message = PushMessage>(
  handler: PushHandler<Message>,
  options?: { merge?: number },
): PushHandler<Message>;
