// The dialog: shows what will be sent, asks for the correction, sends the report.
import { element } from "../common/dom.js";
import marks from "../common/marks.css" with { type: "css" };
import { ownKeys } from "../common/own-keys.js";
import tokens from "../common/tokens.css" with { type: "css" };
import { pageUrl } from "./article/root.js";
import { Draft } from "./dialog/drafts.js";
import { buildForm } from "./dialog/form.js";
import { Frame } from "./dialog/frame.js";
import { composeReport } from "./dialog/report.js";
import { readRange, readSelection } from "./dialog/selection.js";
import { readSiteInfo, siteNotes } from "./dialog/site-notes.js";
import look from "./look/dialog.css" with { type: "css" };
import base from "./look/host.css" with { type: "css" };
import { tell } from "./page/events.js";
import { host } from "./page/host.js";
import { loadWords } from "./page/words.js";
import { deliver } from "./service/deliver.js";
import { newKey } from "./service/send.js";
import { resume } from "./service/unsent.js";

export { deliver, newKey, resume };

/**
 * @typedef {import("./types.d.ts").Options} Options
 * @typedef {import("./dialog/selection.js").Selected} Selected
 * @typedef {import("./page/words.js").Words} Words
 */

/** @type {ShadowRoot | undefined} */
let shadow;

/**
 * Open the dialog for a range of a view's document, or explain what is missing.
 * @param {Options} options
 * @param {Range | null} range
 * @param {Window} [view]
 * @returns {Promise<import("./api.d.ts").Outcome>} what became of the report; null when none was sent
 */
export async function open(options, range, view = window) {
  shadow ??= host("corrigenda-dialog", [tokens, marks, base, look]);
  if (shadow.querySelector("dialog")) return null;
  const dialog = element("dialog");
  shadow.append(dialog);
  const selected = readSelection(options, range, view);
  const reports = loadReports();
  const words = await loadWords(options).catch((error) => {
    dialog.remove();
    throw error;
  });
  const frame = new Frame(dialog, words, options.scheme);
  await offer(frame, options, reports);
  if ("problem" in selected) frame.say(ways(words)[selected.problem]);
  else showForm(frame, words, options, selected);
  const closed = frame.open();
  const { quote = null, position = null } = "problem" in selected ? {} : selected;
  tell("open", { quote, position });
  frame.dialog.querySelector("textarea")?.select();
  await closed;
  restore(view, range);
  return frame.outcome;
}

/**
 * Ask for the correction, and send the report.
 * @param {Frame} frame
 * @param {Words} words
 * @param {Options} options
 * @param {Selected} selected
 */
function showForm(frame, words, options, selected) {
  const url = pageUrl(selected.page);
  const { title, documentElement: { lang } } = selected.page;
  const draft = new Draft(url, selected.quote);
  const buttons = [frame.closeButton(words.cancel), ...frame.more()];
  const form = buildForm(words, selected.shown, draft.read(), { lang, buttons });
  const key = newKey();
  let isMeant = false; // a report that says nothing may be a stray tap
  const submit = async (isDeliberate = true) => {
    if (form.submit.disabled) return;
    const report = composeReport(selected, { url, title, lang }, form.read());
    isMeant ||= isDeliberate || "correction" in report || "comment" in report;
    if (!isMeant) {
      isMeant = true;
      return form.refuse(words.unchanged);
    }
    form.busy(words.sending);
    const result = await deliver(options, report, key);
    frame.outcome = result;
    if ("problem" in result && !("kept" in result)) return form.refuse(refusal(words, result));
    draft.clear();
    await offer(frame, options, loadReports());
    if ("receipt" in result) frame.say(words.thanks, result.receipt);
    else frame.say(words[result.problem]);
  };
  form.form.addEventListener("input", () => draft.write(form.read()));
  form.onSubmit(submit);
  frame.show(form.form);
  inform({ words, options, selected, url, submit: () => submit(), notes: form.notes });
}

/**
 * The words for what this device can do: a tap, or the keys that are on its keyboard.
 * @param {Words} words
 */
function ways(words) {
  const isTouch = matchMedia("(pointer: coarse)").matches;
  return { ...words, empty: isTouch ? words.tap : ownKeys(words.empty) };
}

/** The module that lists this browser's reports, if there are any. */
async function loadReports() {
  return localStorage["corrigenda-sent"] && import("./reports.js");
}

/**
 * Offer the list of this browser's reports.
 * @param {Frame} frame
 * @param {Options} options
 * @param {ReturnType<typeof loadReports>} reports
 */
async function offer(frame, options, reports) {
  try {
    await (await reports)?.offer(frame, options);
  } catch {
    // storage is switched off, or there is no network
  }
}

/**
 * @param {Words} words
 * @param {{ problem: import("./api.d.ts").Problem, detail?: string }} result
 */
function refusal(words, { problem, detail = "" }) {
  return problem === "invalid" ? words.invalid + detail : words[problem];
}

/**
 * Show what the service knows of the page, once it has answered.
 * @param {{ words: Words, options: Options, selected: Selected, url: string, submit: () => void, notes: Element }} context
 */
async function inform({ words, options, selected, url, submit, notes }) {
  const info = await readSiteInfo(options, url);
  options.proof = info?.proof_of_work;
  if (info?.article_root && !options.root) followSite(options, info.article_root, selected);
  notes.append(...(await siteNotes({ words, selected, url, info, options, submit })));
}

/**
 * Read the selection again in the article that the site named at the desk, as the service does.
 * @param {Options} options
 * @param {string} root
 * @param {Selected} selected
 */
function followSite(options, root, selected) {
  options.root = root;
  const anew = readRange(options, selected.range, selected.page);
  if ("problem" in anew || anew.quote.exact !== selected.quote.exact) return;
  Object.assign(selected, anew);
}

/**
 * Give the page its selection back.
 * @param {Window} view
 * @param {Range | null} range
 */
function restore(view, range) {
  const selection = view.getSelection();
  if (!selection || !range || range.collapsed || selection.type === "Range") return;
  selection.removeAllRanges();
  selection.addRange(range);
}
