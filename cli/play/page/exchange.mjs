import { detailsOf } from './details.mjs';
import { follow, h, refresh, replace } from './dom.mjs';
import { say } from './notice.mjs';
import { resultOf } from './result.mjs';
import { act } from './server.mjs';
import { choose, chosenPush } from './store.mjs';
import { lang, t, time } from './words.mjs';

/** What is drawn of the push that is looked at, and in which language. */
let drawn = /** @type {any} */ ({});

/** @param {any} state */
export function drawExchange(state) {
  const region = /** @type {HTMLElement} */ (document.getElementById('exchange'));
  region.setAttribute('aria-label', t('exchange.region'));
  if (region.childElementCount === 0) {
    region.append(
      head(),
      h('ol', { class: 'pushes', 'aria-label': t('exchange.pushes') }),
      h('div', { id: 'details' }),
    );
    drawn = {};
  }
  const list = /** @type {Element} */ (region.querySelector('.pushes'));
  const push = chosenPush();
  follow(
    list,
    state.pushes.toReversed(),
    ({ id }) => id,
    (one) => row(one, state),
  );
  for (const button of list.querySelectorAll('button')) {
    button.setAttribute('aria-current', String(button.id === `push-${push?.id}`));
  }
  if (drawn.push === push && drawn.lang === lang && drawn.delivery === state.delivery) return;
  const put = drawn.push?.id === push?.id ? refresh : replace;
  drawn = { push, lang, delivery: state.delivery };
  const details = push ? detailsOf(push, state) : h('p', { class: 'hint' }, t('exchange.empty'));
  put(/** @type {Element} */ (document.getElementById('details')), h('div', { id: 'details' }, details));
}

function head() {
  const file = h('input', { type: 'file', accept: '.json,application/json', hidden: true, onchange: take });
  return h(
    'header',
    {},
    h('h2', {}, t('exchange.region')),
    h('button', { class: 'quiet', onclick: () => file.click() }, t('exchange.import')),
    h(
      'a',
      { class: 'button quiet', href: 'recording.json', download: 'wechat-push-recording.json' },
      t('exchange.export'),
    ),
    h('button', { class: 'quiet', onclick: () => act('clear') }, t('exchange.clear')),
    file,
  );
}

/** @param {any} event of a file that was chosen */
async function take({ target }) {
  const [file] = target.files;
  target.value = '';
  if (!file) return;
  const done = await act('recording', { text: await file.text() });
  if (done) say(t('exchange.imported'));
}

/** @param {any} push @param {any} state */
function row(push, state) {
  const { word, number, looks } = resultOf(push);
  const last = push.attempts.findLast((/** @type {any} */ { isMore }) => !isMore);
  const user = state.users.find((/** @type {any} */ { id }) => id === push.user);
  return h(
    'li',
    {},
    h(
      'button',
      { id: `push-${push.id}`, onclick: () => choose(push.id) },
      h('time', { class: 'dim' }, clock(push.at)),
      h(
        'span',
        { class: 'name' },
        push.name,
        push.isRecorded && h('small', { class: 'dim' }, ` ${t('result.recorded')}`),
      ),
      h('span', { class: 'dim' }, user?.label ?? ''),
      h('span', { class: `chip ${looks}` }, number > 1 ? `${number} × ${word}` : word),
      h('span', { class: 'dim number' }, last && !last.isWaiting ? time(last.duration) : ''),
    ),
  );
}

/** @param {string} at */
function clock(at) {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toTimeString().slice(0, 8);
}
