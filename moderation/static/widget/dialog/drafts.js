// What a reader typed and did not send: kept as long as the page lives.

/**
 * @typedef {{ correction: string, comment: string, kind: string }} Entry what is in the form's fields
 */

/** @type {Map<string, Entry>} */
const drafts = new Map();

/** The draft of one passage. */
export class Draft {
  #name;

  /**
   * @param {string} url
   * @param {Required<import("../api.d.ts").Quote>} quote
   */
  constructor(url, { exact, prefix }) {
    this.#name = [url, prefix, exact].join("\n");
  }

  /** @returns {Partial<Entry>} */
  read() {
    return drafts.get(this.#name) ?? {};
  }

  /** @param {Entry} entry */
  write(entry) {
    drafts.set(this.#name, entry);
  }

  clear() {
    drafts.delete(this.#name);
  }
}
