import { t } from './words.mjs';

/** How long a notice stays, in milliseconds. */
const STAYS = 6000;

let timer = 0;

/** Says something in passing. @param {string} text */
export function say(text) {
  const place = /** @type {HTMLElement} */ (document.getElementById('notice'));
  place.textContent = text;
  clearTimeout(timer);
  timer = window.setTimeout(() => (place.textContent = ''), STAYS);
}

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say(t('copied'));
  } catch {
    say(t('not_copied'));
  }
}
