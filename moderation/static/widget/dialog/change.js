// The difference between a passage and its correction. Pure.

/**
 * The smallest change of whole words from one text to the other.
 * @param {string} from
 * @param {string} to
 * @returns {{ before: string, removed: string, inserted: string, after: string }}
 */
export function change(from, to) {
  const old = pieces(from);
  const fresh = pieces(to);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, fresh.length) - head;
  while (tail < most && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  return {
    before: old.slice(0, head).join(""),
    removed: old.slice(head, old.length - tail).join(""),
    inserted: fresh.slice(head, fresh.length - tail).join(""),
    after: old.slice(old.length - tail).join(""),
  };
}

/**
 * Words, and the spaces between them.
 * @param {string} text
 */
function pieces(text) {
  return text.match(/\s+|\S+/g) ?? [];
}
