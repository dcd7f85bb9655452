// "5 min ago" stays true while the page is open.

const EVERY = 30_000; // milliseconds
/** @type {[Intl.RelativeTimeFormatUnit, number][]} Seconds of each unit, the longest first. */
const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];

/**
 * How far a time is from now, in the longest unit that fits.
 * @param {number} seconds negative for the past
 * @returns {[number, Intl.RelativeTimeFormatUnit]}
 */
export function inLongestUnit(seconds) {
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length * 0.85) return [Math.round(seconds / length) || Math.sign(seconds), unit];
  }
  return [Math.round(seconds), "second"];
}

/**
 * The words of `short_age` in web/template_filters.py.
 * @param {Intl.RelativeTimeFormat} words
 * @param {number} seconds
 */
export const shortAge = (words, seconds) => words.format(...inLongestUnit(seconds)).replaceAll(".", "");

/** @param {Intl.RelativeTimeFormat} words */
function refresh(words) {
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const seconds = (Date.parse(/** @type {HTMLTimeElement} */ (time).dateTime) - Date.now()) / 1000;
    const text = shortAge(words, seconds);
    if (time.textContent !== text) time.textContent = text;
  }
}

/** In a browser only: the tests of the function above have no page. */
export function keepTimesTrue() {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short" });
  setInterval(() => document.hidden || refresh(words), EVERY);
}
