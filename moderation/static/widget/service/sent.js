// The reports of this browser: their receipts and passages, bounded in number and age.

/**
 * @typedef {import("../api.d.ts").Draft} Draft
 * @typedef {{ home: string, siteKey: string }} Site a site of one service
 * @typedef {Partial<Site> & { url: string, quote: Draft["quote"], correction?: string, since: number,
 *   receipt?: import("../api.d.ts").Receipt }} Entry one report; `since` in milliseconds
 * @typedef {Required<Omit<Entry, "correction">> & Pick<Entry, "correction">} Received a report with its receipt
 */

const NAME = "corrigenda-sent";
/** The service answers for as many receipts at once. */
const MOST = 50;
/** Of all sites that share this storage. */
const MOST_OF_ALL = 100;
const KEPT = 90 * 24 * 3600 * 1000;

/** @returns {Entry[]} oldest first */
export function readSent() {
  try {
    const entries = JSON.parse(localStorage[NAME] ?? "[]");
    return entries.filter((/** @type {Entry} */ entry) => entry.since > Date.now() - KEPT && entry.quote);
  } catch {
    return []; // storage is switched off, or somebody else wrote there
  }
}

/**
 * The reports to one site, newest first.
 * @param {Site} site
 * @returns {Received[]}
 */
export function sentTo(site) {
  const own = readSent().filter((entry) => isOf(site, entry));
  return /** @type {Received[]} */ (own).reverse().slice(0, MOST);
}

/**
 * Add reports.
 * @param {Entry[]} entries
 */
export function addSent(entries) {
  write([...readSent(), ...entries].sort((one, other) => one.since - other.since));
}

/**
 * Forget reports.
 * @param {Entry[]} entries
 */
export function dropSent(entries) {
  const urls = entries.map(({ receipt }) => receipt?.url);
  write(readSent().filter(({ receipt }) => !receipt || !urls.includes(receipt.url)));
}

/**
 * @param {Site} site
 * @param {Entry} entry
 */
function isOf({ home, siteKey }, entry) {
  return Boolean(entry.receipt) && entry.home === home && entry.siteKey === siteKey;
}

/** @param {Entry[]} entries */
function write(entries) {
  try {
    if (entries.length) localStorage[NAME] = JSON.stringify(entries.slice(-MOST_OF_ALL));
    else localStorage.removeItem(NAME);
  } catch {
    // switched off, or full
  }
}
