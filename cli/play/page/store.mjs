// What is shown: what the server says, and what this tab has chosen.

/** As many as the server keeps. */
const ENTRIES = 1000;

/** @type {any} */
export const state = {
  isLost: false,
  target: '',
  timeout: 5000,
  offered: [],
  way: null,
  handshake: null,
  users: [],
  pushes: [],
  entries: [],
  /** The push that is looked at. */
  chosen: undefined,
  /** And which of its deliveries, where that is not the last. */
  delivery: undefined,
};

/** What is to be done when something has changed. @type {() => void} */
let draw = () => {};
let isDue = false;

/** @param {() => void} drawAll */
export function onChange(drawAll) {
  draw = drawAll;
}

/** Draws once for all that changes at a time. */
export function changed() {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    draw();
  });
}

/** @param {any} change that the server tells */
export function take(change) {
  state.isLost = change.lost === true;
  if (change.state) Object.assign(state, change.state);
  if (change.push) takePush(change.push, change.gone ?? []);
  if (change.entry) state.entries = withOne(state.entries, change.entry).slice(-ENTRIES);
  for (const name of ['users', 'handshake', 'way']) if (change[name]) state[name] = change[name];
  if (change.cleared) Object.assign(state, { pushes: [], entries: [], chosen: undefined });
  changed();
}

/** @param {any} push @param {number[]} gone */
function takePush(push, gone) {
  const { pushes } = state;
  const isKnown = pushes.some((/** @type {any} */ one) => one.id === push.id);
  const isAtEnd = state.chosen === undefined || state.chosen === pushes.at(-1)?.id;
  const left = pushes.filter((/** @type {any} */ { id }) => !gone.includes(id));
  state.pushes = withOne(left, push);
  if (!isKnown && isAtEnd) state.chosen = push.id;
}

/** @param {any[]} list @param {any} one in the place of what had its id, or at the end */
function withOne(list, one) {
  const isKnown = list.some(({ id }) => id === one.id);
  return isKnown ? list.map((old) => (old.id === one.id ? one : old)) : [...list, one];
}

/** @param {number} id */
export function choose(id) {
  state.chosen = id;
  changed();
}

/** @param {number} push @param {number} number */
export function chooseDelivery(push, number) {
  state.chosen = push;
  state.delivery = { push, number };
  changed();
}

/** The push that is looked at: the chosen one, else the latest. */
export function chosenPush() {
  const { pushes, chosen } = state;
  return pushes.find((/** @type {any} */ { id }) => id === chosen) ?? pushes.at(-1);
}
