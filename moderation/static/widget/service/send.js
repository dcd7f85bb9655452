// Send one report to the service.
import { toJson } from "./json.js";

/**
 * @typedef {import("../api.d.ts").Draft} Draft
 * @typedef {{ receipt: import("../api.d.ts").Receipt }
 *   | { problem: import("../api.d.ts").Problem, detail?: string }} Answer
 */

const TIMEOUT = 15000;

/** A key that makes sending twice harmless. randomUUID needs https; pages may not have it. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Send a report. "offline" and "busy" may be tried again; "refused" and "invalid" may not, `detail` says why.
 * @param {{ home: string, siteKey?: string, proof?: boolean }} options
 * @param {Draft} report
 * @param {string} key
 * @returns {Promise<Answer>}
 */
export async function send({ home, siteKey, proof }, report, key) {
  let status = 0;
  try {
    const response = await fetch(`${home}api/v1/reports`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-Site-Key": siteKey ?? "",
        "Idempotency-Key": key,
        ...(proof && { "X-Proof": await (await import("../proof.js")).solve(home, siteKey ?? "") }),
      },
      body: toJson(report),
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    ({ status } = response);
    const answer = await response.json();
    if (status === 202) return { receipt: answer.receipt };
    // The service wants a proof of work that the widget did not know of: once more with it.
    if (wantsProof(status, answer) && !proof) return send({ home, siteKey, proof: true }, report, key);
    return { problem: problemOf(status), detail: answer.detail };
  } catch {
    return { problem: problemOf(status) };
  }
}

/**
 * @param {number} status
 * @param {{ type?: string }} answer
 */
function wantsProof(status, answer) {
  return status === 403 && Boolean(answer.type?.endsWith("proof-of-work"));
}

/**
 * @param {number} status
 * @returns {import("../api.d.ts").Problem}
 */
function problemOf(status) {
  if (status === 429) return "busy";
  if (status === 401 || status === 403) return "refused";
  return status >= 400 && status < 500 ? "invalid" : "offline";
}
