// Which shortcut a key press means. Pure.

const SLASH = new Set([".", ","]); // what the key of / and ? types in a Russian layout

/**
 * The character that shortcuts know: as typed, or in a layout without Latin letters the one printed on the key.
 * @param {Pick<KeyboardEvent, "key" | "code" | "shiftKey">} event
 * @returns {string}
 */
export function shortcutOf({ key, code, shiftKey }) {
  if (code === "Slash" && SLASH.has(key)) return shiftKey ? "?" : "/";
  if (/^[A-Z]$/.test(key) && !shiftKey) return key.toLowerCase(); // Caps Lock
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && !/^[ -~]$/.test(key)) return shiftKey ? letter : letter.toLowerCase();
  return key;
}
