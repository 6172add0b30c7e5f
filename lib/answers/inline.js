'use strict';

const { formula } = require('./formula.js');

/** Tags that models write for looks. */
const TAGS = 'b|i|u|s|em|strong|del|ins|sub|sup|kbd|mark|code|span|small|center|p|div|details|summary';
/** What means something within a line of Markdown. */
const MARKS = new RegExp(
  [
    String.raw`\\[([]`, // a formula
    String.raw`\\[!-/:-@[-\`{-~]`, // an escape
    '`+',
    String.raw`\*+|_+|~~`,
    String.raw`!?\[`,
    String.raw`\]\(?`,
    String.raw`\$\$?`,
    String.raw`<https?://[^<>\s]{1,2000}>`,
    String.raw`<br ?/?>`,
    `</?(?:${TAGS})>`,
    "https?://[!#-'+-;=?-Z\\\\^_a-~]+", // an address, in which no mark is one
    '&(?:nbsp|lt|gt|amp|quot|#39);',
  ].join('|'),
  'gi',
);

const ENTITIES = { '&nbsp;': ' ', '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'" };
/** The address of a link, with parentheses in it, and its title. */
const ADDRESS = /[ ]?<?([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*)>?(?:[ ]+"[^"]*")?[ ]?\)/y;
/** Where a formula ends. */
const CLOSING = { $: /(?<!\\)\$/g, $$: /\$\$/g, '\\(': /\\\)/g, '\\[': /\\\]/g };
/** What stands between two single dollars, where they are no prices. */
const FORMULA = /^[A-Za-z]$|[\\^_=+<>*/-]/;
/** Blanks at an end of it. */
const BLANK_END = /^\s|\s$/;
/** Longer rows of one character are lines that somebody draws. */
const LONGEST_MARK = 3;

/**
 * A line of Markdown as WeChat shows it. Takes time in proportion to its length.
 * @param {string} line
 */
function inline(line) {
  return new Line(line).text();
}

class Line {
  #line;
  /** What is shown, in pieces: a mark that turns out to be one is emptied. @type {string[]} */
  #pieces = [];
  /** The places of marks that wait for their partners, by mark. @type {Map<string, number[]>} */
  #open = new Map();
  /** The places of `[`. @type {number[]} */
  #brackets = [];
  /** What is closed nowhere behind. @type {Set<string>} */
  #unclosed = new Set();
  /** Up to where it has been read. */
  #at = 0;

  /** @param {string} line */
  constructor(line) {
    this.#line = line;
  }

  text() {
    for (const { 0: mark, index } of this.#line.matchAll(MARKS)) {
      if (index < this.#at) continue;
      this.#pieces.push(this.#line.slice(this.#at, index));
      this.#at = index + mark.length;
      this.#read(mark, index);
    }
    return this.#pieces.join('') + this.#line.slice(this.#at);
  }

  /**
   * @param {string} mark
   * @param {number} index
   */
  #read(mark, index) {
    const first = mark[0];
    if (mark.length > LONGEST_MARK && /[`*_]/.test(first)) return this.#pieces.push(mark);
    if (first === '`') return this.#code(mark);
    if (first === '*' || first === '_' || first === '~') return this.#emphasis(mark, index);
    if (mark.endsWith('[') && first !== '\\') return this.#bracket(mark);
    if (first === ']') return this.#link(mark);
    if (Object.hasOwn(CLOSING, mark)) return this.#formula(/** @type {keyof typeof CLOSING} */ (mark));
    this.#pieces.push(shown(mark));
  }

  /** @param {string} fence */
  #code(fence) {
    const end = this.#find(fence, new RegExp(`(?<!\`)${fence}(?!\`)`, 'g'));
    if (!end) return this.#pieces.push(fence);
    const code = this.#line.slice(this.#at, end.index);
    const isPadded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
    this.#pieces.push(isPadded ? code.slice(1, -1) : code);
    this.#at = end.index + fence.length;
  }

  /** @param {keyof typeof CLOSING} mark */
  #formula(mark) {
    const end = this.#find(mark, CLOSING[mark]);
    const inside = this.#line.slice(this.#at, end?.index);
    const next = end && this.#line[end.index + 1];
    if (!end || (mark === '$' && (/\d/.test(next ?? '') || !isFormula(inside)))) {
      return this.#pieces.push(mark[0] === '\\' ? mark.slice(1) : mark);
    }
    this.#pieces.push(formula(inside));
    this.#at = end.index + end[0].length;
  }

  /**
   * Where something that has been opened is closed. What is closed nowhere is looked for once.
   * @param {string} mark
   * @param {RegExp} closing
   */
  #find(mark, closing) {
    if (this.#unclosed.has(mark)) return undefined;
    closing.lastIndex = this.#at;
    const end = closing.exec(this.#line);
    if (!end) this.#unclosed.add(mark);
    return end ?? undefined;
  }

  /**
   * @param {string} mark
   * @param {number} index
   */
  #emphasis(mark, index) {
    const [before, after] = [this.#line[index - 1] ?? ' ', this.#line[this.#at] ?? ' '];
    const place = this.#pieces.push(mark) - 1;
    const waiting = this.#open.get(mark) ?? [];
    this.#open.set(mark, waiting);
    // `snake_case` and `2*3*4` are no emphasis.
    const isWithinWord = /\w/.test(before) && /\w/.test(after) && (mark[0] === '_' || mark === '*');
    if (isWithinWord) return;
    if (waiting.length > 0 && /\S/.test(before)) {
      this.#pieces[/** @type {number} */ (waiting.pop())] = '';
      this.#pieces[place] = '';
    } else if (/\S/.test(after)) waiting.push(place);
  }

  /** @param {string} mark */
  #bracket(mark) {
    this.#brackets.push(this.#pieces.push(mark) - 1);
  }

  /** @param {string} mark */
  #link(mark) {
    const place = this.#brackets.pop();
    const address = mark === '](' && place !== undefined ? this.#address() : undefined;
    if (place === undefined || address === undefined) return this.#pieces.push(mark);
    const text = this.#pieces.slice(place + 1).join('');
    this.#pieces.length = place;
    this.#pieces.push(link(text, address));
    // There is no link in a link.
    this.#brackets.length = 0;
    for (const waiting of this.#open.values()) while ((waiting.at(-1) ?? -1) >= place) waiting.pop();
  }

  #address() {
    ADDRESS.lastIndex = this.#at;
    const found = ADDRESS.exec(this.#line);
    if (found) this.#at = ADDRESS.lastIndex;
    return found?.[1];
  }
}

/** @param {string} inside */
function isFormula(inside) {
  return !BLANK_END.test(inside) && FORMULA.test(inside);
}

/** @param {string} mark */
function shown(mark) {
  if (mark[0] === '\\') return mark.slice(1);
  if (mark[0] === '&') return ENTITIES[/** @type {keyof typeof ENTITIES} */ (mark.toLowerCase())];
  if (/^http/i.test(mark)) return mark;
  if (/^<http/i.test(mark)) return mark.slice(1, -1);
  return /^<br/i.test(mark) ? '\n' : '';
}

/**
 * WeChat shows this tag as a link in a text, and an address as it stands.
 * @param {string} text
 * @param {string} address
 */
function link(text, address) {
  const isAddress = /^https?:\/\//i.test(address);
  if (!isAddress) return text;
  return text === '' || text === address
    ? address
    : `<a href="${address.replaceAll('"', '%22')}">${text}</a>`;
}

module.exports = { inline };
