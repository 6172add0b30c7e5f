// Elements, and lists of them that follow what they show. Text only ever becomes text nodes.

/** What is set as a property, not as an attribute. */
const PROPERTIES = new Set(['checked', 'disabled', 'open', 'selected', 'value']);

/**
 * An element; `on…` are listeners, and what is undefined, null or false is left out.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...any} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? '' : value);
  }
  append(node, children);
  return node;
}

/** Adds elements and texts, without what is undefined, null or false. @param {Element} node @param {any[]} children */
export function append(node, children) {
  node.append(
    ...children.flat(9).filter((child) => child !== undefined && child !== null && child !== false),
  );
}

/** What each element was made of. @type {WeakMap<Element, any>} */
const made = new WeakMap();

/**
 * Makes the children of an element those of a list, and leaves alone what has not changed.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {(item: T) => string | number} keyOf
 * @param {(item: T) => Element} make
 */
export function follow(parent, items, keyOf, make) {
  const present = new Map([...parent.children].map((node) => [node.getAttribute('data-key'), node]));
  items.forEach((item, at) => {
    const key = String(keyOf(item));
    const old = present.get(key);
    present.delete(key);
    const node = old && made.get(old) === item ? old : withKey(make(item), key, item);
    if (old && node !== old) replace(old, node);
    else if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
  for (const node of present.values()) node.remove();
}

/** @param {Element} node @param {string} key @param {any} item */
function withKey(node, key, item) {
  node.setAttribute('data-key', key);
  made.set(node, item);
  return node;
}

/**
 * Puts an element in the place of another, with the focus where it was.
 * @param {Element} old
 * @param {Element} node
 */
export function replace(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement?.id : undefined;
  old.replaceWith(node);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/**
 * The same for who is reading it: what has an id stays open and scrolled as it was.
 * @param {Element} old
 * @param {Element} node
 */
export function refresh(old, node) {
  const seen = [old, ...old.querySelectorAll('[id]')].map((/** @type {any} */ one) => {
    const { id, open, scrollTop } = one;
    return { id, open, scrollTop };
  });
  replace(old, node);
  for (const { id, open, scrollTop } of seen) {
    const one = /** @type {any} */ (document.getElementById(id));
    if (!one) continue;
    if (open !== undefined) one.open = open;
    one.scrollTop = scrollTop;
  }
}
