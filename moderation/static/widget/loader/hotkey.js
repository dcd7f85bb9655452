// The keys that open the dialog. Pure.

/** @typedef {{ key: string, modifiers: string[] }} Hotkey */

/**
 * Parse keys as `Ctrl+Enter` or `Alt+Shift+E`.
 * @param {string} text
 * @returns {Hotkey}
 */
export function parseHotkey(text) {
  const names = text.toLowerCase().split("+");
  return { key: names.pop() ?? "", modifiers: names };
}

/**
 * Whether an event is these keys. `Ctrl` is Cmd too; a letter is the key on the keyboard, in every layout.
 * @param {Hotkey} hotkey
 * @param {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} event
 */
export function isPressed({ key, modifiers }, event) {
  const held = { ctrl: event.ctrlKey || event.metaKey, meta: event.metaKey, alt: event.altKey, shift: event.shiftKey };
  const pressed = event.key?.toLowerCase() === key || event.code?.toLowerCase() === `key${key}`;
  return pressed && modifiers.every((name) => held[/** @type {keyof typeof held} */ (name)]);
}
