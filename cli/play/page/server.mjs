import { say } from './notice.mjs';
import { lang, t } from './words.mjs';

/**
 * Asks the server for an action; what is wrong is said.
 * @param {string} name
 * @param {object} [body]
 * @returns {Promise<any>} undefined where it failed
 */
export async function act(name, body = {}) {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(name, { method: 'POST', headers, body: JSON.stringify(body) });
    const said = await answer.json();
    if (answer.ok) return said;
    say(said.error[lang]);
  } catch {
    say(t('lost'));
  }
  return undefined;
}

/**
 * Gets something; where the server is gone, that is said.
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function get(path) {
  try {
    const answer = await fetch(path);
    return await answer.json();
  } catch {
    say(t('lost'));
    return undefined;
  }
}

/**
 * Gives what happens, as it happens: first all that is.
 * @param {(change: any) => void} take
 */
export function listen(take) {
  const events = new EventSource('events');
  events.addEventListener('message', ({ data }) => take(JSON.parse(data)));
  events.addEventListener('error', () => take({ lost: true }));
}
