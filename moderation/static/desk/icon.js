// The icon of the tab with a number. Pure.

const MOST_IN_ICON = 99;
const SIZES = [0, 24, 20, 15]; // of the figures, by their number

/**
 * The icon with the number of open cases, as a data URL.
 * @param {number} number
 */
export function iconWith(number) {
  const text = number > MOST_IN_ICON ? `${MOST_IN_ICON}+` : String(number);
  const size = SIZES[text.length];
  const figures = `<text x="16" y="${16 + size * 0.36}" font-size="${size}" text-anchor="middle" fill="#fff" font-family="sans-serif" font-weight="700">${text}</text>`;
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#b3261e"/>${figures}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
