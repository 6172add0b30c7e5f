'use strict';

// `req.wxsession`: an object that a handler changes, kept in the session of our store.

/**
 * What stands behind `req.wxsession` for one message.
 * @typedef {{ save: () => Promise<void> }} WxSession
 *
 * Sets `req.wxsession`.
 * @param {any} req
 * @param {import('../..').PushSession} session
 * @returns {Promise<WxSession>}
 */
async function openWxSession(req, session) {
  let kept;
  try {
    kept = objectOf(await session.get());
  } catch (error) {
    return refuseToRead(req, error);
  }
  let before = textsOf(kept);
  const save = async () => {
    const now = textsOf(objectOf(req.wxsession));
    const changed = differences(before, now);
    before = now;
    // Also where nothing has changed: it lives on from the last message.
    if (changed.size > 0 || now.size > 0) await session.update((old) => merged(objectOf(old), changed));
  };
  req.wxsession = Object.defineProperties(kept, {
    save: { value: (/** @type {any} */ callback) => told(save(), callback) },
    destroy: { value: (/** @type {any} */ callback) => told(destroy(), callback) },
  });
  return { save };

  async function destroy() {
    before = new Map();
    delete req.wxsession;
    await session.clear();
  }
}

/**
 * A handler that looks at it fails, and WeChat delivers again; others go on.
 * @param {any} req
 * @param {unknown} error
 */
function refuseToRead(req, error) {
  const get = () => {
    throw error;
  };
  Object.defineProperty(req, 'wxsession', { get, configurable: true, enumerable: false });
  return { save: async () => {} };
}

/** @param {any} kept @returns {Record<string, unknown>} */
function objectOf(kept) {
  return typeof kept === 'object' && kept !== null && !Array.isArray(kept) ? kept : {};
}

/** Each value as JSON. @param {Record<string, unknown>} values @returns {Map<string, string>} */
function textsOf(values) {
  const texts = Object.entries(values).map(([name, value]) => [name, JSON.stringify(value)]);
  return new Map(/** @type {any} */ (texts.filter(([, text]) => text !== undefined)));
}

/**
 * What has become of each value that is not as it was: its JSON, or undefined.
 * @param {Map<string, string>} before
 * @param {Map<string, string>} now
 */
function differences(before, now) {
  const names = new Set([...before.keys(), ...now.keys()]);
  const changed = [...names].filter((name) => before.get(name) !== now.get(name));
  return new Map(changed.map((name) => [name, now.get(name)]));
}

/**
 * With what another message of the same user has set meanwhile.
 * @param {Record<string, unknown>} old
 * @param {Map<string, string | undefined>} changed
 */
function merged(old, changed) {
  const values = new Map(Object.entries(old));
  for (const [name, text] of changed) {
    if (text === undefined) values.delete(name);
    else values.set(name, JSON.parse(text));
  }
  return values.size > 0 ? Object.fromEntries(values) : undefined;
}

/**
 * By a callback, where there is one, as it used to be.
 * @param {Promise<void>} done
 * @param {((error?: unknown) => void) | undefined} callback
 */
function told(done, callback) {
  if (typeof callback === 'function') return done.then(() => callback(), callback);
  // Who does not wait for it does not end the process by it.
  done.catch(() => {});
  return done;
}

module.exports = { openWxSession };
