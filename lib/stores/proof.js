'use strict';

/** How many characters a signature has. */
const SIGNATURE = 40;

/**
 * The parts of a proof: a signature, and behind it the hash of the body that it must never be seen without.
 * @param {string} proof
 */
function partsOf(proof) {
  return { signature: proof.slice(0, SIGNATURE), body: proof.slice(SIGNATURE) };
}

module.exports = { partsOf };
