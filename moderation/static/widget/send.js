// One report to the service, or why not.

const PATIENCE = 15000;

/** A key that makes sending twice harmless. randomUUID needs https; pages may not have it. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Sends the report. Resolves with {receipt}, or {problem}: "offline" and "busy" may be tried again,
 * "refused" and "invalid" (with the service's own words in `detail`) may not.
 */
export async function send({ home, siteKey, proof }, report, key) {
  let status = 0;
  try {
    const headers = { "Content-Type": "application/json", "X-Site-Key": siteKey ?? "", "Idempotency-Key": key };
    if (proof) headers["X-Proof"] = await (await import("./proof.js")).solve(home, siteKey);
    const response = await fetch(`${home}api/v1/reports`, {
      method: "POST",
      headers,
      body: json(report),
      credentials: "omit",
      signal: AbortSignal.timeout(PATIENCE),
    });
    status = response.status;
    const answer = await response.json();
    if (status === 202) return { receipt: answer.receipt };
    // Asked for a proof that we did not know of: once more with it.
    if (status === 403 && answer.type?.endsWith("/proof-of-work") && !proof) return send({ home, siteKey, proof: true }, report, key);
    return { problem: problemOf(status), detail: answer.detail };
  } catch {
    return { problem: problemOf(status) };
  }
}

function problemOf(status) {
  if (status === 429) return "busy";
  if (status === 401 || status === 403) return "refused";
  return status >= 400 && status < 500 ? "invalid" : "offline";
}

// JSON.stringify asks for toJSON, which some old libraries put on every string.
function json(value) {
  if (typeof value === "string")
    return `"${value.replace(/["\\\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"))}"`;
  if (value === null || typeof value !== "object") return String(value);
  return `{${Object.keys(value).map((name) => `${json(name)}:${json(value[name])}`).join()}}`;
}
