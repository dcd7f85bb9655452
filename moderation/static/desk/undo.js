// The decisions that can be undone, of one case or of many; the latest is undone first.

/** @typedef {() => Promise<unknown>} Undo */

/** @type {Undo[]} The latest last. */
const offers = [];

/** @param {Undo} undo */
export const offerUndo = (undo) => void offers.push(undo);

/** @param {Undo} undo */
export function withdrawUndo(undo) {
  const at = offers.indexOf(undo);
  if (at >= 0) offers.splice(at, 1);
}

/** @param {Undo} undo */
export const isLatest = (undo) => offers.at(-1) === undo;

/**
 * Undo a decision, the latest one without a name. Answers whether there was one.
 * @param {Undo | undefined} [undo]
 */
export async function runUndo(undo = offers.at(-1)) {
  if (!undo) return false;
  withdrawUndo(undo);
  await undo();
  return true;
}
