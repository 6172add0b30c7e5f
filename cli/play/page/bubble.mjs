import { h } from './dom.mjs';
import { icon } from './icons.mjs';
import { t } from './words.mjs';

// What users see. Whatever a server sends stays text: elements are made here, and their names are ours.

/** Sends a text in the user's name. @typedef {(text: string, menuId?: string) => void} Tap */

/** A link in a text: of the web, or one of WeChat's whose tap sends a text. */
const LINK = /<a\s[^<>]*?href=(["'])(.*?)\1[^<>]*>([^<>]*)<\/a>/gi;

/**
 * @param {any} bubble
 * @param {Tap} tap
 * @returns {Element}
 */
export function bubbleOf(bubble, tap) {
  const make = LOOKS[bubble.kind];
  return make ? make(bubble, tap) : card(bubble);
}

/** @type {Record<string, (bubble: any, tap: Tap) => Element>} */
const LOOKS = {
  text: ({ text, isGrowing }, tap) =>
    h('p', { class: `bubble${isGrowing ? ' growing' : ''}` }, linked(text ?? '', tap)),
  mixed: ({ items }, tap) =>
    h(
      'div',
      { class: 'mixed' },
      items.map((/** @type {any} */ one) => bubbleOf(one, tap)),
    ),
  voice: (bubble) => media(bubble),
  video: (bubble) => h('div', { class: 'bubble card' }, screen('play'), details(bubble)),
  shortvideo: (bubble) => h('div', { class: 'bubble card' }, screen('play'), details(bubble)),
  image: (bubble) => h('div', { class: 'bubble card' }, screen('image'), details(bubble)),
  location: ({ title, place }) =>
    h(
      'div',
      { class: 'bubble card' },
      h('strong', {}, title),
      h('small', {}, place),
      h('div', { class: 'map' }, icon('location')),
    ),
  miniprogrampage: (bubble) => card(bubble),
  news: ({ items }) => h('div', { class: 'bubble card' }, items.map(article)),
  msgmenu: ({ title, items, about }, tap) =>
    h(
      'div',
      { class: 'bubble' },
      title && h('p', {}, title),
      h(
        'ul',
        { class: 'menu' },
        items.map((/** @type {any} */ { id, text }) =>
          h('li', {}, h('button', { class: 'linklike', onclick: () => tap(text, id) }, text)),
        ),
      ),
      about && h('p', {}, about),
    ),
  notice: ({ text }) => h('p', { class: 'words', lang: 'zh-CN' }, text),
  api: ({ title, text }) =>
    h('p', { class: 'words bad' }, t('chat.api_refused', { path: title }), h('br'), h('code', {}, text)),
  transfer: ({ text }) =>
    h('p', { class: 'words' }, text ? t('chat.transfer_to', { who: text }) : t('chat.transfer')),
  event: ({ title, text }) =>
    h('p', { class: 'words' }, t('chat.event_pushed', { name: title }), text && h('code', {}, ` ${text}`)),
  info: ({ title }) => h('p', { class: 'words' }, t('chat.info_pushed', { name: title })),
  other: ({ title, text }) => h('div', { class: 'bubble card' }, h('strong', {}, title), h('pre', {}, text)),
};

/** @param {any} bubble */
function card(bubble) {
  const name = t(`chat.${bubble.kind}`);
  return h(
    'div',
    { class: 'bubble card' },
    bubble.title && h('strong', {}, bubble.title),
    h(
      'div',
      { class: 'side' },
      h('span', { class: 'about' }, bubble.about ?? bubble.text),
      h('span', { class: 'thumb' }, icon(bubble.kind)),
    ),
    bubble.url && address(bubble.url),
    h('small', { class: 'foot' }, icon(bubble.kind), name.startsWith('chat.') ? bubble.kind : name),
  );
}

/** @param {any} bubble */
function media({ kind, text, media: id }) {
  return h(
    'div',
    { class: 'bubble' },
    h('span', { class: 'sound' }, icon(kind), t(`chat.${kind}`)),
    text && h('p', {}, text),
    id && h('small', {}, h('code', {}, id)),
  );
}

/** @param {any} article */
function article({ title, about, url, picture }) {
  return h(
    'div',
    { class: 'article' },
    picture && screen('image'),
    h('strong', {}, title),
    about && h('p', {}, about),
    url && address(url),
  );
}

/** In place of what is shown on a phone: pictures from elsewhere are not loaded. @param {string} name */
function screen(name) {
  return h('div', { class: 'screen' }, icon(name));
}

/** @param {any} bubble */
function details({ title, about, media: id, picture }) {
  return [
    title && h('strong', {}, title),
    about && h('p', {}, about),
    id && h('small', {}, h('code', {}, id)),
    picture && address(picture),
  ];
}

/** A link where it leads to the web, else its text. @param {string} url @param {string} [label] */
function address(url, label = url) {
  if (!/^https?:\/\//i.test(url)) return h('span', { class: 'url' }, label);
  return h('a', { class: 'url', href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}

/** @param {string} text @param {Tap} tap */
function linked(text, tap) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const [whole, , href, label] = match;
    parts.push(text.slice(end, match.index), link(href, label, tap) ?? whole);
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
}

/** @param {string} href @param {string} label @param {Tap} tap */
function link(href, label, tap) {
  if (/^https?:\/\//i.test(href)) return address(href, label);
  const [, query] = /^weixin:\/\/bizmsgmenu\?(.*)$/.exec(href) ?? [];
  if (query === undefined) return undefined;
  const given = new URLSearchParams(query);
  return h(
    'button',
    {
      class: 'linklike',
      onclick: () => tap(given.get('msgmenucontent') ?? label, given.get('msgmenuid') ?? ''),
    },
    label,
  );
}
