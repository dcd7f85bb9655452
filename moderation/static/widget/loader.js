// The script that a page carries. It only listens; everything else is imported on the first use.
import { watch } from "./loader/watch.js";

// Not document.currentScript: an image of a reader's comment may have that name.
const script = /** @type {HTMLScriptElement} */ (Reflect.get(Document.prototype, "currentScript", document));
const { hotkey, button, ...said } = script.dataset;
const home = script.src.replace(/widget(\.js|\/\w+\/loader\.js)[^/]*$/, "");
const options = /** @type {import("./types.d.ts").Options} */ ({
  ...said, home, mark: said.mark != null, reports: said.reports !== "off",
});
watch(options, { hotkey, button }, (name) => import(`${home}widget/@HASH@/${name}.js`), (target, name, heard) =>
  target.addEventListener(name, heard),
);
