// What became of reports: one request for all.
import { toJson } from "./json.js";

/** @typedef {import("../api.d.ts").ReportState} ReportState */

const TIMEOUT = 8000;

/**
 * Ask for the states of receipts.
 * @param {string} home
 * @param {string[]} tokens
 * @param {string} [lang] of the messages
 * @returns {Promise<(ReportState | null)[] | null>} in the order of the tokens; null for a report that is gone.
 *   Null as a whole: the service cannot be asked
 */
export async function readStates(home, tokens, lang) {
  try {
    const response = await fetch(`${home}api/v1/receipts`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...(lang && { "Accept-Language": lang }) },
      body: `{"tokens":[${tokens.map(toJson).join()}]}`,
      credentials: "omit",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return response.ok ? (await response.json()).receipts : null;
  } catch {
    return null;
  }
}
