/** @type {Record<string, string>} */
let words = {};

/** The language of the page. @type {'en' | 'zh'} */
export let lang = 'en';

/** @param {'en' | 'zh'} wanted */
export async function speak(wanted) {
  const answer = await fetch(`words/${wanted}`);
  words = await answer.json();
  lang = wanted;
  document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en';
  document.title = t('title');
}

/**
 * @param {string} key
 * @param {Record<string, string | number>} [facts] what stands in braces
 */
export function t(key, facts = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}

/** @param {number} ms */
export function time(ms) {
  return ms < 1000 ? t('result.duration', { n: ms }) : t('result.seconds', { n: Math.round(ms / 100) / 10 });
}
