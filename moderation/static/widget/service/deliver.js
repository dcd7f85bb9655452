// Deliver a report: send it, keep it for later when that fails, tell the page.
import { tell } from "../page/events.js";
import { remember } from "./remember.js";
import { send } from "./send.js";
import { isTemporary, keep } from "./unsent.js";

/**
 * Send a report, and say what became of it.
 * @param {import("../types.d.ts").Options} options
 * @param {import("../api.d.ts").Draft} report
 * @param {string} key makes sending twice harmless
 * @returns {Promise<import("../api.d.ts").Result>}
 */
export async function deliver(options, report, key) {
  const result = await send(options, report, key);
  if ("receipt" in result) {
    await remember(options, report, result.receipt);
    tell("sent", { receipt: result.receipt });
    return result;
  }
  tell("error", { problem: result.problem });
  if (!isTemporary(result)) return result;
  keep(options, report, key);
  return { ...result, kept: true };
}
