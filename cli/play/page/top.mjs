import { append, h } from './dom.mjs';
import { remember, remembered } from './remember.mjs';
import { act } from './server.mjs';
import { changed } from './store.mjs';
import { lang, speak, t, time } from './words.mjs';

const THEMES = ['auto', 'light', 'dark'];

/** What the head was drawn of. @type {any[]} */
let drawn = [];

/** @param {any} state */
export function drawTop(state) {
  const now = [state.target, state.handshake, state.way, state.offered, state.isLost, lang];
  // A list that somebody has open would close.
  if (now.every((one, at) => one === drawn[at])) return;
  drawn = now;
  const top = /** @type {HTMLElement} */ (document.getElementById('top'));
  const focused = document.activeElement?.id;
  top.replaceChildren();
  append(top, [
    h('h1', {}, h('img', { src: 'icon.svg', alt: '', width: 24, height: 24 }), t('title')),
    h('p', { class: 'target' }, h('span', { class: 'dim' }, t('target')), h('code', {}, state.target)),
    handshake(state.handshake),
    wayChoice('top', state.way, state.offered, (way) => act('way', { way })),
    h('div', { class: 'settings' }, themeChoice(), languageButton()),
    state.isLost && h('p', { class: 'lost', role: 'alert' }, t('lost')),
  ]);
  if (focused && top.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused)?.focus();
}

/** Sets the colours that were chosen. */
export function showTheme(theme = remembered('theme') ?? 'auto') {
  document.documentElement.dataset.theme = theme;
}

/** @param {any} found */
function handshake(found) {
  const looks = !found || found.isWaiting ? 'waiting' : found.ok ? 'ok' : 'failed';
  const more = found?.duration === undefined || found.duration === null ? '' : ` · ${time(found.duration)}`;
  return h(
    'div',
    { class: `handshake ${looks}` },
    h(
      'p',
      { role: 'status' },
      h('span', { class: 'dim' }, t('handshake.label')),
      h('strong', { class: `chip ${looks}` }, t(`handshake.${looks}`) + more),
    ),
    h(
      'button',
      { id: 'shake', class: 'quiet', onclick: () => act('handshake'), disabled: looks === 'waiting' },
      t('handshake.again'),
    ),
    found?.finding && h('p', { class: 'why' }, found.finding[lang].cause, ' ', found.finding[lang].next),
  );
}

/**
 * Selects for platform, mode and format.
 * @param {string} id
 * @param {{ platform: string | null, mode: string, format: string }} way
 * @param {any[]} offered
 * @param {(way: any) => void} choose
 */
export function wayChoice(id, way, offered, choose) {
  const row = offered.find(({ platform }) => platform === way.platform) ?? offered[0];
  const select = (/** @type {string} */ name, /** @type {any[]} */ values, /** @type {any} */ labelOf) =>
    h(
      'label',
      {},
      h('span', { class: 'dim' }, t(`way.${name}`)),
      h(
        'select',
        {
          id: `${id}-${name}`,
          onchange: (/** @type {any} */ { target }) => pick(name, values[target.selectedIndex]),
        },
        values.map((value) => h('option', { selected: value === way[name] }, labelOf(value))),
      ),
    );
  const pick = (/** @type {string} */ name, /** @type {any} */ value) => {
    const wanted = { ...way, [name]: value };
    const { modes } = offered.find(({ platform }) => platform === wanted.platform);
    choose({ ...wanted, mode: modes.includes(wanted.mode) ? wanted.mode : modes.at(-1) });
  };
  const platforms = offered.map(({ platform }) => platform);
  return h(
    'fieldset',
    { class: 'way' },
    h('legend', { class: 'unseen' }, t('way.label')),
    select('platform', platforms, (/** @type {string | null} */ one) =>
      one ? t(`way.platforms.${one}`) : t('way.any'),
    ),
    select('mode', row.modes, (/** @type {string} */ one) => t(`way.${one}`)),
    select('format', row.formats, (/** @type {string} */ one) => t(`way.${one}`)),
  );
}

function themeChoice() {
  const chosen = document.documentElement.dataset.theme;
  const pick = (/** @type {any} */ { target }) => {
    showTheme(target.value);
    remember('theme', target.value);
  };
  return h(
    'label',
    {},
    h('span', { class: 'dim' }, t('theme.label')),
    h(
      'select',
      { id: 'theme', onchange: pick },
      THEMES.map((one) => h('option', { value: one, selected: one === chosen }, t(`theme.${one}`))),
    ),
  );
}

function languageButton() {
  const other = lang === 'zh' ? 'en' : 'zh';
  const pick = async () => {
    await speak(other);
    remember('lang', other);
    for (const id of ['chats', 'exchange']) document.getElementById(id)?.replaceChildren();
    changed();
  };
  return h('button', { id: 'language', class: 'quiet', lang: other, onclick: pick }, t('language'));
}
