// One report to the service, or why not.

const PATIENCE = 15000;

/** A key that makes sending twice harmless. randomUUID needs https; pages may not have it. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends the report. Resolves with {receipt} or {problem: "offline" | "busy" | "refused" | "invalid", detail}.
 */
export async function send(options, report, key) {
  let response;
  try {
    response = await fetch(options.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Site-Key": options.siteKey ?? "", "Idempotency-Key": key },
      body: JSON.stringify(report),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const answer = await response.json();
    if (response.status === 202) return { receipt: answer.receipt };
    return { problem: problemOf(response.status), detail: answer.detail };
  } catch {
    return { problem: response && response.status < 500 ? problemOf(response.status) : "offline" };
  }
}

function problemOf(status) {
  if (status === 429) return "busy";
  if (status === 401 || status === 403) return "refused";
  return status < 500 ? "invalid" : "offline";
}
