// Proof of work (ALTCHA, version 2), in a worker so that the page never waits.

/** A solved challenge, as the service takes it. */
export async function solve(home, siteKey) {
  const response = await fetch(`${home}api/v1/challenge?site=${encodeURIComponent(siteKey)}`, { credentials: "omit" });
  const challenge = await response.json();
  const solution = await inWorker(challenge.parameters).catch(() => work(challenge.parameters));
  return btoa(JSON.stringify({ challenge, solution }));
}

function inWorker(parameters) {
  return new Promise((resolve, reject) => {
    const url = URL.createObjectURL(new Blob([`${work};onmessage=async(e)=>postMessage(await work(e.data))`]));
    const worker = new Worker(url); // may be forbidden by the page's CSP: then it is done here, a key at a time
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = reject;
    worker.postMessage(parameters);
    URL.revokeObjectURL(url);
  });
}

async function work({ nonce, salt, cost, keyLength, keyPrefix }) {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
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
    const derivedKey = hex(derived);
    if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
  }
}
