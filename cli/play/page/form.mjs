import { bubbleOf } from './bubble.mjs';
import { h } from './dom.mjs';
import { resultOf } from './result.mjs';
import { act, get } from './server.mjs';
import { state } from './store.mjs';
import { lang, t } from './words.mjs';

// The form for any message or event, with the fields of the message table filled in.

/** What names a push is not changed, and what is filled in for each is not shown. */
const NAMED = new Set(['MsgType', 'InfoType', 'msgtype']);
const FILLED = new Set(
  'ToUserName FromUserName CreateTime MsgId msgid aibotid from response_url create_time'.split(' '),
);

/** How long somebody may go on typing, in milliseconds. */
const PAUSE = 400;

/** The push that the form has sent last. @type {number | undefined} */
let last;

/**
 * @param {object} of
 * @param {string | null} of.user
 * @param {string} [of.name] as in `route`
 * @param {any} [of.message] one that is there, in place of a sample
 * @param {any} [of.way] in which it is sent, where that is not the usual one
 */
export async function openForm({ user, name, message, way }) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('form'));
  const platform = (way ?? state.way).platform ?? '';
  const kinds = await get(`kinds/${lang}/${platform}`);
  if (!kinds) return;
  const given = kinds.find((/** @type {any} */ one) => one.name.toLowerCase() === name?.toLowerCase());
  last = undefined;
  dialog.replaceChildren(content({ dialog, kinds, user, given, message, way }));
  dialog.showModal();
}

/** Draws what came of what the form has sent. */
export function drawOutcome() {
  const place = document.getElementById('outcome');
  const push = state.pushes.find((/** @type {any} */ { id }) => id === last);
  if (!place || !push) return;
  const { text, looks } = resultOf(push);
  const finding = push.isDone && !push.isTaken ? push.attempts.at(-1)?.finding?.[lang] : undefined;
  place.replaceChildren(
    h(
      'div',
      {},
      h('h3', {}, t('form.outcome'), h('span', { class: `chip ${looks}` }, text)),
      push.sees &&
        h(
          'div',
          { class: 'entry account' },
          bubbleOf(push.sees, () => {}),
        ),
      push.isDone && !push.sees && h('p', { class: 'dim' }, t('exchange.sees_nothing')),
      finding && h('p', { class: 'small' }, finding.cause),
    ),
  );
}

/** @param {any} of */
function content({ dialog, kinds, user, given, message, way }) {
  let timer = 0;
  const fields = h('div', { class: 'fields', oninput: () => changed() });
  const kind = h('select', { id: 'form-kind', onchange: () => fill(kinds[Number(kind.value)].sample) });
  const find = h('input', { id: 'form-find', type: 'search', oninput: () => offer(find.value) });
  const live = h('input', { id: 'form-live', type: 'checkbox', onchange: () => changed() });
  const users = h(
    'select',
    { id: 'form-user', onchange: () => changed() },
    state.users.map((/** @type {any} */ one) =>
      h('option', { value: one.id, selected: one.id === user }, t('chat.user', { label: one.label })),
    ),
  );

  const offer = (/** @type {string} */ text) => {
    const wanted = text.trim().toLowerCase();
    const fits = kinds
      .map((/** @type {any} */ one, /** @type {number} */ at) => ({ ...one, at }))
      .filter((/** @type {any} */ one) => `${one.name} ${one.when}`.toLowerCase().includes(wanted));
    const groups = [...new Set(fits.map((/** @type {any} */ { group }) => group))];
    const before = kind.value;
    kind.replaceChildren(
      ...groups.map((group) =>
        h(
          'optgroup',
          { label: group },
          fits
            .filter((/** @type {any} */ one) => one.group === group)
            .map((/** @type {any} */ one) => h('option', { value: one.at }, `${one.name} · ${one.when}`)),
        ),
      ),
    );
    if (fits.some((/** @type {any} */ { at }) => String(at) === before)) kind.value = before;
    else if (fits.length > 0) fill(fits[0].sample);
  };

  const fill = (/** @type {any} */ sample) => {
    const own = Object.entries(sample).filter(([name]) => !FILLED.has(name));
    fields.replaceChildren(...own.map(([name, value]) => fieldOf(name, value, sample, changed)));
    changed();
  };

  const changed = () => {
    clearTimeout(timer);
    if (live.checked) timer = window.setTimeout(send, PAUSE);
  };

  const send = async () => {
    const made = messageIn(fields);
    if (!made) return;
    const done = await act('push', { message: made, user: users.value, way });
    if (done) last = done.id;
    drawOutcome();
  };

  offer('');
  // Of a kind that is not known, none is chosen.
  kind.value = String(kinds.indexOf(given));
  fill(message ?? (given ?? kinds[0]).sample);

  return h(
    'form',
    {
      method: 'dialog',
      onsubmit: (/** @type {Event} */ event) => void (event.preventDefault(), send()),
    },
    h('h2', { id: 'form-title' }, t('form.title')),
    h(
      'div',
      { class: 'pair' },
      h('label', { class: 'wide' }, h('span', {}, t('form.find')), find),
      h('label', {}, h('span', {}, t('form.user')), users),
    ),
    h('label', {}, h('span', {}, t('form.kind')), kind),
    fields,
    adder(fields, changed),
    h('div', { id: 'outcome', 'aria-live': 'polite' }),
    h(
      'div',
      { class: 'actions' },
      h('label', { class: 'check' }, live, t('form.live')),
      h('button', { type: 'button', onclick: () => dialog.close() }, t('form.close')),
      h('button', { class: 'main' }, t('form.send')),
    ),
  );
}

/**
 * @param {string} name
 * @param {any} value
 * @param {any} sample that it belongs to
 * @param {() => void} changed
 */
function fieldOf(name, value, sample, changed) {
  const isNested = typeof value === 'object' && value !== null;
  const text = isNested ? JSON.stringify(value, null, 2) : String(value);
  const props = { 'data-name': name, 'data-type': isNested ? 'json' : typeof value, 'aria-label': name };
  const input =
    isNested || text.length > 60
      ? h('textarea', { ...props, rows: Math.min(8, text.split('\n').length + 1) }, text)
      : h('input', {
          ...props,
          value: text,
          readonly: NAMED.has(name) && sample[name] === value,
        });
  const row = h('div', { class: 'field' }, h('code', {}, name), input);
  const drop = () => {
    row.remove();
    changed();
  };
  row.append(
    h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': t('form.remove', { name }), onclick: drop },
      '×',
    ),
  );
  return row;
}

/** @param {Element} fields @param {() => void} changed */
function adder(fields, changed) {
  const add = () => {
    if (name.value.trim() === '') return;
    const field = fieldOf(name.value.trim(), '', {}, changed);
    fields.append(field);
    field.querySelector('input').focus();
    name.value = '';
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' || event.isComposing) return;
    // It would send the form.
    event.preventDefault();
    add();
  };
  const name = h('input', { 'aria-label': t('form.name'), placeholder: t('form.name'), onkeydown });
  return h('div', { class: 'adder' }, name, h('button', { type: 'button', onclick: add }, t('form.add')));
}

/** The message in the fields; undefined where one is no JSON, which is said there. @param {Element} fields */
function messageIn(fields) {
  const message = /** @type {any} */ ({});
  for (const field of /** @type {NodeListOf<any>} */ (fields.querySelectorAll('[data-name]'))) {
    const { name, type } = field.dataset;
    const value = valueOf(field.value, type);
    field.setCustomValidity(value === undefined ? t('form.json') : '');
    if (!field.reportValidity()) return undefined;
    message[name] = value;
  }
  return message;
}

/** @param {string} text @param {string} type */
function valueOf(text, type) {
  if (type === 'json') {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return type === 'number' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}
