import { bubbleOf } from './bubble.mjs';
import { follow, h } from './dom.mjs';
import { openForm } from './form.mjs';
import { icon } from './icons.mjs';
import { act } from './server.mjs';
import { choose, state } from './store.mjs';
import { resultOf } from './result.mjs';
import { t } from './words.mjs';

/** What users send beside texts, by the family of the account; and what they do at first. */
const KINDS = {
  wechat: ['image', 'voice', 'video', 'location', 'link', 'miniprogrampage'],
  wecom: ['image', 'voice', 'video', 'location', 'link'],
  bot: ['image', 'mixed', 'voice', 'file', 'video'],
};
const FIRST = {
  wechat: { MsgType: 'event', Event: 'subscribe', EventKey: '' },
  wecom: { MsgType: 'event', Event: 'subscribe' },
  bot: { msgtype: 'event', event: { eventtype: 'enter_chat' } },
};

/** In place of a user's id, which is never empty: the button for one more. */
const MORE = '';

/** One phone for each user. @param {any} shown */
export function drawChats(shown) {
  const region = /** @type {HTMLElement} */ (document.getElementById('chats'));
  region.setAttribute('aria-label', t('chat.region'));
  const byId = new Map(shown.users.map((/** @type {any} */ user) => [user.id, user]));
  // By their ids alone: what somebody is writing there stays, whatever else changes of the user.
  follow(
    region,
    [...byId.keys(), MORE],
    (id) => id,
    (id) => (id === MORE ? addButton() : phone(byId.get(id), shown.family)),
  );
  for (const [id, user] of byId) {
    const log = region.querySelector(`[data-key="${CSS.escape(id)}"] .log`);
    if (log) drawLog(log, shown, user);
  }
}

/**
 * @param {Element} log
 * @param {any} shown
 * @param {any} user
 */
function drawLog(log, shown, user) {
  const wasAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const pushes = new Map(shown.pushes.map((/** @type {any} */ push) => [push.id, push]));
  const own = shown.entries.filter((/** @type {any} */ entry) => entry.user === user.id);
  follow(
    log,
    own,
    ({ id }) => id,
    (entry) => entryOf(entry, user.label),
  );
  for (const trace of log.querySelectorAll('.trace')) {
    const push = pushes.get(Number(trace.getAttribute('data-push')));
    if (push) drawTrace(trace, push);
  }
  log.nextElementSibling?.toggleAttribute('hidden', !user.isTyping);
  log.toggleAttribute('data-empty', own.length === 0);
  const said = own.findLast((/** @type {any} */ { from }) => from === 'user')?.id ?? '';
  const hasSaidMore = log.getAttribute('data-said') !== String(said);
  log.setAttribute('data-said', said);
  if (wasAtEnd || hasSaidMore) log.scrollTop = log.scrollHeight;
}

/** @param {any} user @param {string} family */
function phone({ id, label }, family) {
  const input = h('input', { 'aria-label': t('chat.text'), autocomplete: 'off', maxlength: 20_000 });
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (input.value === '') return;
    act('text', { user: id, text: input.value });
    input.value = '';
  };
  const tool = (/** @type {string} */ kind) =>
    h(
      'button',
      {
        type: 'button',
        class: 'tool',
        title: t(`chat.${kind}`),
        onclick: () => openForm({ user: id, name: kind }),
      },
      icon(kind),
      h('span', { class: 'unseen' }, t(`chat.${kind}`)),
    );
  return h(
    'article',
    { class: 'phone', 'aria-label': t('chat.user', { label }) },
    h(
      'header',
      {},
      h('div', {}, h('h2', {}, t('chat.user', { label })), h('code', { class: 'dim' }, id)),
      h(
        'button',
        { class: 'quiet', onclick: () => act('push', { user: id, message: FIRST[family] }) },
        t(family === 'bot' ? 'chat.enter' : 'chat.follow'),
      ),
      h(
        'button',
        {
          class: 'quiet',
          onclick: () =>
            openForm({ user: id, name: `event.${family === 'bot' ? 'template_card_event' : 'click'}` }),
        },
        icon('event'),
        t('chat.event'),
      ),
    ),
    h('div', {
      class: 'log',
      role: 'log',
      tabindex: 0,
      'aria-label': t('chat.log', { label }),
      'data-hint': t('chat.empty'),
    }),
    h('p', { class: 'typing', hidden: true }, t('chat.typing')),
    h(
      'form',
      { class: 'writing', onsubmit: send },
      h('div', { class: 'tools' }, KINDS[family].map(tool)),
      h('div', { class: 'line' }, input, h('button', { class: 'main' }, t('chat.send'))),
    ),
  );
}

function addButton() {
  const name = h('span', { class: 'unseen' }, t('chat.add_user'));
  return h(
    'button',
    { class: 'add', title: t('chat.add_user'), onclick: () => act('users') },
    icon('add'),
    name,
  );
}

/** @param {any} entry @param {string} label */
function entryOf({ from, bubble, push, isSent, user }, label) {
  const who = { user: t('chat.said_by_user', { label }), account: t('chat.said_by_account') }[from];
  const said = bubbleOf(bubble, (text, menuId) => act('text', { user, text, menuId }));
  const isPill = !who || ['event', 'info', 'transfer'].includes(bubble.kind);
  return h(
    'div',
    { class: `entry ${isPill ? 'pill' : from}` },
    who && !isPill && h('span', { class: 'unseen' }, `${who}: `),
    !isPill &&
      h('span', { class: 'face', 'aria-hidden': 'true' }, from === 'user' ? label[0] : icon('account')),
    said,
    isSent && h('small', { class: 'by' }, t('chat.sent')),
    from === 'wechat' && h('small', { class: 'by' }, t('chat.by_wechat')),
    from === 'user' && h('button', { class: 'trace', 'data-push': push, onclick: () => choose(push) }),
  );
}

/** What came of a push, under what its user said. @param {Element} trace @param {any} push */
function drawTrace(trace, push) {
  const { text, looks } = resultOf(push);
  const isChosen = push.id === (state.chosen ?? state.pushes.at(-1)?.id);
  trace.className = `trace ${looks}`;
  trace.setAttribute('aria-label', t('chat.open', { what: text }));
  trace.setAttribute('aria-pressed', String(isChosen));
  if (trace.textContent !== text) trace.textContent = text;
}
