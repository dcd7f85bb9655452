// What a search found, marked in the list and in the reading pane. The page itself is not changed.

const NAME = "found";
const SHORT = 4; // letters; a shorter word has no other forms
const LONGEST_ENDING = 3; // letters that other forms of the word may have in their place

/**
 * A pattern of the words that a search looks for, in any form. Null: it looks for none.
 * @param {string} query
 * @returns {RegExp | null}
 */
export function wordsOf(query) {
  const words = query.replace(/(^|\s)-("[^"]*"|\S+)/g, " ").match(/[\p{L}\p{N}]+/gu) ?? [];
  const stems = words.filter((word) => word.length > 1 && word !== "OR").map(stemOf);
  return stems.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${stems.join("|")})`, "giu") : null;
}

/** @param {string} word */
function stemOf(word) {
  if (word.length < SHORT) return `${letters(word)}(?![\\p{L}\\p{N}])`;
  const ending = Math.min(LONGEST_ENDING, Math.max(1, word.length - SHORT));
  return `${letters(word.slice(0, -ending))}[\\p{L}\\p{N}]*`;
}

/** @param {string} text */
const letters = (text) => text.replace(/[её]/gi, "[её]");

/**
 * @param {Element} root
 * @param {RegExp} words
 */
function rangesOf(root, words) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const ranges = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const { index, 0: text } of (node.nodeValue ?? "").matchAll(words)) {
      const range = new Range();
      range.setStart(node, index);
      range.setEnd(node, index + text.length);
      ranges.push(range);
    }
  }
  return ranges;
}

/**
 * Mark the words of a search, now and whenever the content changes.
 * @param {Element | null} root
 * @param {string} query
 */
export function markFound(root, query) {
  const words = wordsOf(query);
  if (!root || !words || !("highlights" in CSS)) return;
  let isWaiting = false;
  const mark = () => {
    isWaiting = false;
    CSS.highlights.set(NAME, new Highlight(...rangesOf(root, words)));
  };
  new MutationObserver(() => {
    if (!isWaiting) requestAnimationFrame(mark);
    isWaiting = true;
  }).observe(root, { childList: true, subtree: true });
  mark();
}
