// What this browser keeps of its user's choices; without a storage, nothing.

/** @param {string} name @returns {any} */
export function remembered(name) {
  try {
    return localStorage.getItem(`wechat-push ${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`wechat-push ${name}`, value);
  } catch {
    // It holds for this tab.
  }
}
