// Somebody else was faster: keep their decision, or apply one's own.
import { element } from "../common/dom.js";
import { desk } from "./desk.js";
import { choose, neighbour, withoutMoving } from "./rows.js";

/**
 * @typedef {{ message: string, version: number, html: string }} Conflict what the service says
 * @typedef {[string, FormDataEntryValue][]} Fields
 */

/**
 * Ask the editor, below the case as it is now.
 * @param {HTMLElement} row
 * @param {Conflict} conflict
 * @param {string} address where the decision was sent
 * @param {Fields} fields the refused decision
 */
export function showConflict(row, conflict, address, fields) {
  const bar = element("div", { className: "conflict" }, element("p", {}, conflict.message));
  bar.setAttribute("role", "alert");
  bar.append(keepButton(row), overrideForm(conflict, address, fields));
  row.querySelector("form[data-steps]")?.remove();
  row.append(bar);
}

/** @param {HTMLElement} row */
function keepButton(row) {
  const button = element("button", { type: "button", className: "btn btn-sm btn-plain" }, desk.list?.dataset.keep ?? "");
  button.dataset.keep = "";
  button.addEventListener("click", () => {
    const next = neighbour(row);
    withoutMoving(() => row.remove());
    choose(next);
  });
  return button;
}

/**
 * @param {Conflict} conflict
 * @param {string} address
 * @param {Fields} fields
 */
function overrideForm(conflict, address, fields) {
  const [, action = ""] = fields.find(([name]) => name === "action") ?? [];
  const button = element(
    "button", { className: "btn btn-sm btn-plain", name: "action", value: String(action) }, desk.list?.dataset.anyway ?? "",
  );
  button.dataset.anyway = "";
  const others = fields.filter(([name]) => name !== "version" && name !== "action");
  /** @type {Fields} */
  const sent = [...others, ["version", String(conflict.version)], ["override", "yes"]];
  const hidden = sent.map(([name, value]) => element("input", { type: "hidden", name, value: String(value) }));
  const form = element("form", {}, ...hidden, button);
  form.dataset.steps = "";
  form.setAttribute("action", address);
  return form;
}
