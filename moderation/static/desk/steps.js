// Decisions: on the screen at once, then sent; back on the screen, with the reason, if they were refused.
import { choose, current, insert, neighbour, rowFrom, still } from "./rows.js";
import { toast } from "./toast.js";

const taken = []; // what can be undone, the latest last
const words = document.querySelector("[data-toasts]")?.dataset;

// A field of the form is called "action" too, and hides the property.
const target = (form) => form.getAttribute("action");

async function send(form, fields) {
  const answer = await fetch(target(form), {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { Accept: "application/json" },
    keepalive: true, // the editor may go on to another page
  });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  return { ok: answer.ok, conflict: answer.status === 409, body: isJson ? await answer.json() : null };
}

async function decide(row, form, button) {
  const fields = [...new FormData(form, button)];
  const next = neighbour(row);
  const place = document.createComment("");
  const wasCurrent = row === current();
  still(() => row.replaceWith(place));
  if (wasCurrent) choose(next);
  const step = { form, token: form.querySelector("[name=csrf_token]").value };
  taken.push(step);
  toast(button.textContent, () => undo(step));
  step.sent = send(form, fields).catch(() => ({ ok: false }));
  const { ok, conflict, body } = await step.sent;
  if (ok) {
    Object.assign(step, { version: body.version, message: body.message });
    place.remove();
    if (taken.at(-1) === step) toast(body.message, () => undo(step));
    return;
  }
  taken.splice(taken.indexOf(step), 1);
  const back = conflict && body ? rowFrom(body.html) : row;
  if (place.isConnected) still(() => place.replaceWith(back));
  if (conflict && body) ask(back, body, form, fields);
  toast(body?.message ?? words.lost);
  choose(back);
}

/** Somebody was faster: leave it as they decided, or decide anew. */
function ask(row, body, form, fields) {
  const bar = document.createElement("div");
  bar.className = "conflict";
  bar.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = body.message;
  const keep = document.createElement("button");
  keep.type = "button";
  keep.className = "btn btn-sm btn-plain";
  keep.dataset.keep = "";
  keep.textContent = document.querySelector(".cases").dataset.keep;
  keep.addEventListener("click", () => {
    const next = neighbour(row);
    still(() => row.remove());
    choose(next);
  });
  bar.append(text, keep);
  const mine = document.createElement("form");
  mine.dataset.steps = "";
  mine.setAttribute("action", target(form));
  const fresh = [["version", body.version], ["override", "yes"]];
  for (const [name, value] of [...fields.filter(([name]) => !["version", "action"].includes(name)), ...fresh])
    mine.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  const button = document.createElement("button");
  button.className = "btn btn-sm btn-accept";
  button.dataset.anyway = "";
  [button.name, button.value] = fields.find(([name]) => name === "action");
  button.textContent = document.querySelector(".cases").dataset.anyway;
  mine.append(button);
  bar.append(mine);
  row.querySelector("form[data-steps]")?.remove();
  row.append(bar);
}

export async function undo(step = taken.at(-1)) {
  if (!step) return false;
  taken.splice(taken.indexOf(step), 1);
  await step.sent;
  if (step.version === undefined) return true; // it was refused, and is back already
  const fields = { csrf_token: step.token, version: step.version, action: "reopen" };
  const { ok, body } = await send(step.form, fields).catch(() => ({ ok: false }));
  toast(body?.message ?? words.lost);
  if (!ok) return true;
  const row = rowFrom(body.html);
  document.getElementById(row.id)?.remove();
  if (new URL(target(step.form), location).searchParams.get("status") === "open") still(() => insert(row));
  choose(row.isConnected ? row : null);
  return true;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const row = form.closest(".cases [data-case]");
  if (!row || !form.matches("[data-steps]") || !event.submitter?.value) return;
  event.preventDefault();
  decide(row, form, event.submitter);
});
