// JSON that no page can change. Pure.

// eslint-disable-next-line no-control-regex -- JSON has them escaped
const ESCAPED = /["\\\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A value as JSON. JSON.stringify asks for toJSON, which some old libraries put on every string.
 * @param {unknown} value strings, numbers, booleans, null, and plain objects of them
 * @returns {string}
 */
export function toJson(value) {
  if (typeof value === "string") return `"${value.replace(ESCAPED, escaped)}"`;
  if (value === null || typeof value !== "object") return String(value);
  return `{${Object.entries(value).map(([name, item]) => `${toJson(name)}:${toJson(item)}`).join()}}`;
}

/** @param {string} char */
function escaped(char) {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
