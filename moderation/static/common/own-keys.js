// The keys that are on this keyboard: on a Mac, ⌘ stands for Ctrl.

/** @param {string} text @param {string} [platform] */
export const ownKeys = (text, platform = navigator.platform) => (/Mac/.test(platform) ? text.replace("Ctrl", "⌘") : text);
