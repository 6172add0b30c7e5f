import { h } from './dom.mjs';
import { openForm } from './form.mjs';
import { icon } from './icons.mjs';
import { copy } from './notice.mjs';
import { resultOf } from './result.mjs';
import { act } from './server.mjs';
import { chooseDelivery } from './store.mjs';
import { wayChoice } from './top.mjs';
import { lang, t, time } from './words.mjs';

/**
 * One push with all that went over the wire.
 * @param {any} push
 * @param {any} state
 */
export function detailsOf(push, state) {
  const { attempts } = push;
  const wanted = state.delivery?.push === push.id ? state.delivery.number : Infinity;
  const at = Math.min(wanted, attempts.length - 1);
  const attempt = attempts[at];
  return [
    h('div', { class: 'verdict' }, h('h3', {}, push.name), chip(push), seen(push)),
    attempts.length > 0 && deliveries(push, at, state.timeout),
    attempt && !attempt.isWaiting && !attempt.isTaken && cause(attempt),
    actions(push, attempt, state),
    h(
      'div',
      { class: 'wire' },
      push.request
        ? sent(attempt?.request ?? push.request)
        : part('message', t('exchange.message'), json(push.message)),
      attempt && !attempt.isWaiting && came(attempt, push),
    ),
  ];
}

/** @param {any} push */
function chip(push) {
  const { text, looks } = resultOf(push);
  return h('span', { class: `chip ${looks}`, role: 'status' }, text);
}

/** What the user sees of it in the end. @param {any} push */
function seen({ isDone, sees }) {
  if (!isDone) return undefined;
  const said = sees && (sees.text ?? sees.title ?? sees.items?.[0]?.title ?? t(`chat.${sees.kind}`));
  const name = sees?.kind === 'transfer' ? t('chat.transfer') : said;
  return h(
    'p',
    { class: 'sees' },
    h('span', { class: 'dim' }, t('exchange.sees')),
    ' ',
    name ? h('q', {}, name) : t('exchange.sees_nothing'),
  );
}

/** The deliveries on a line as long as WeChat waits. @param {any} push @param {number} at @param {number} timeout */
function deliveries({ id, attempts }, at, timeout) {
  const first = attempts.findIndex((/** @type {any} */ { isMore }) => isMore);
  const bar = (/** @type {any} */ attempt) => {
    const looks = attempt.isWaiting ? 'waiting' : attempt.isTaken ? 'ok' : 'failed';
    const fill = h('span', { class: `fill ${looks}` });
    const share = Math.min(1, attempt.duration / timeout);
    fill.style.setProperty('--limit', `${timeout}ms`);
    if (attempt.isWaiting) fill.style.setProperty('--since', `${attempt.startedAt - Date.now()}ms`);
    else fill.style.setProperty('--share', String(Math.max(share, 0.004)));
    return h('span', { class: 'bar' }, fill);
  };
  return h(
    'div',
    { class: 'deliveries' },
    h(
      'h4',
      {},
      h('span', {}, t('exchange.deliveries')),
      h('small', { class: 'dim' }, t('exchange.limit', { limit: time(timeout) })),
    ),
    h(
      'ol',
      {},
      attempts.map((/** @type {any} */ attempt, /** @type {number} */ n) =>
        h(
          'li',
          {},
          h(
            'button',
            { id: `delivery-${n}`, 'aria-pressed': String(n === at), onclick: () => chooseDelivery(id, n) },
            h(
              'span',
              {},
              attempt.isMore
                ? t('exchange.more', { n: n + 1 - first })
                : t('exchange.delivery', { n: n + 1 }),
            ),
            bar(attempt),
            h('span', { class: 'number' }, attempt.isWaiting ? '…' : time(attempt.duration)),
            h('span', { class: 'number dim' }, attempt.isWaiting ? '' : (attempt.status ?? '–')),
          ),
        ),
      ),
    ),
  );
}

/** Why WeChat does not take the answer, and what to do. @param {any} attempt */
function cause({ finding, detail, rule, explained }) {
  const found = finding?.[lang];
  const hints = explained?.[lang];
  return h(
    'div',
    { class: 'cause' },
    found && h('p', {}, h('strong', {}, found.cause)),
    found && h('p', {}, found.next),
    detail && h('p', { class: 'small' }, detail),
    rule && h('p', { class: 'small' }, h('code', {}, t('exchange.rule', { rule }))),
    hints &&
      h(
        'details',
        { id: 'explained', open: true },
        h('summary', { id: 'explained-summary' }, t('exchange.explained')),
        hints.ok ? h('p', {}, t('exchange.right')) : h('p', {}, hints.detail),
        hints.hints.length > 0 &&
          h(
            'ul',
            {},
            hints.hints.map((/** @type {string} */ hint) => h('li', {}, hint)),
          ),
      ),
  );
}

/** @param {any} push @param {any} attempt @param {any} state */
function actions(push, attempt, state) {
  const edit = () => openForm({ user: push.user, name: push.name, message: push.message, way: push.way });
  return h(
    'div',
    { class: 'actions' },
    h(
      'button',
      { id: 'again', class: 'main', onclick: () => act('again', { push: push.id }) },
      t('exchange.again'),
    ),
    h('button', { id: 'edit', onclick: edit }, t('exchange.edit')),
    push.request && h('button', { id: 'curl', onclick: () => copy(push.request.curl) }, t('exchange.curl')),
    push.test && h('button', { id: 'test', onclick: () => copy(push.test) }, t('exchange.test')),
    h(
      'details',
      { id: 'as', class: 'as' },
      h('summary', { id: 'as-summary' }, t('exchange.again_as')),
      wayChoice('again', push.way, state.offered, (way) => act('again', { push: push.id, way })),
    ),
  );
}

/** @param {any} request */
function sent({ line, headers, body, opened }) {
  return h(
    'section',
    { class: 'side-of', 'aria-label': t('exchange.request') },
    part('request', t('exchange.request'), `${line}\n${headers}`),
    opened !== null && part('opened-body', t('exchange.opened_body'), opened),
    part('raw-body', t('exchange.raw_body'), body),
  );
}

/** @param {any} attempt @param {any} push */
function came({ status, headers, body, bytes, opened, reply }, { isRecorded }) {
  if (status === null) return h('p', { class: 'hint' }, t('exchange.nothing_came'));
  return h(
    'section',
    { class: 'side-of', 'aria-label': t('exchange.answer') },
    part('answer', t('exchange.answer'), `HTTP ${status}\n${headers}`.trim()),
    reply && part('reply', t('exchange.reply'), json(reply)),
    opened !== null && part('opened-reply', t('exchange.opened_reply'), opened),
    !isRecorded && part('raw-reply', t('exchange.raw_reply'), body, t('exchange.bytes', { n: bytes })),
  );
}

/**
 * A text with its name, to be copied.
 * @param {string} id
 * @param {string} name
 * @param {string} text
 * @param {string} [more]
 */
function part(id, name, text, more) {
  return h(
    'figure',
    {},
    h(
      'figcaption',
      {},
      name,
      more && h('small', { class: 'dim' }, more),
      h(
        'button',
        {
          id: `copy-${id}`,
          class: 'copy',
          'aria-label': t('exchange.copy_what', { what: name }),
          onclick: () => copy(text),
        },
        icon('copy'),
        t('exchange.copy'),
      ),
    ),
    h(
      'pre',
      { id: `part-${id}`, tabindex: 0, role: 'group', 'aria-label': name },
      text === '' ? h('i', { class: 'dim' }, t('exchange.empty_body')) : text,
    ),
  );
}

/** @param {any} value */
function json(value) {
  return JSON.stringify(value, null, 2);
}
