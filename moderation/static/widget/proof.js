// Proof of work (ALTCHA, version 2), in a worker so that the page never waits.

/** @typedef {{ nonce: string, salt: string, cost: number, keyLength: number, keyPrefix: string }} Parameters */

/**
 * Fetch a challenge and solve it. Resolves with the value of the header X-Proof.
 * @param {string} home
 * @param {string} siteKey
 */
export async function solve(home, siteKey) {
  const response = await fetch(`${home}api/v1/challenge?site=${encodeURIComponent(siteKey)}`, { credentials: "omit" });
  const challenge = await response.json();
  const solution = await solveInWorker(challenge.parameters).catch(() => search(challenge.parameters));
  return btoa(JSON.stringify({ challenge, solution }));
}

/**
 * @param {Parameters} parameters
 * @returns {Promise<{ counter: number, derivedKey: string }>}
 */
function solveInWorker(parameters) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([`const search=${search};onmessage=async(e)=>postMessage(await search(e.data))`]));
    const worker = new Worker(url); // the page's CSP may forbid it: then the page does the work, a key at a time
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = reject;
    worker.postMessage(parameters);
    URL.revokeObjectURL(url);
  });
}

/**
 * Count up until a derived key starts as the challenge wants. The worker gets this function's text: it uses nothing around it.
 * @param {Parameters} parameters
 */
async function search({ nonce, salt, cost, keyLength, keyPrefix }) {
  /** @type {(hex: string) => Uint8Array<ArrayBuffer>} */
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const password = new Uint8Array(20);
  password.set(bytes(nonce));
  for (let counter = 0; ; counter++) {
    new DataView(password.buffer).setUint32(16, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const derived = await crypto.subtle.deriveBits(
      { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: cost },
      key,
      keyLength * 8,
    );
    const derivedKey = Array.from(new Uint8Array(derived), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
}
