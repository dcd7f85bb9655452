// Pages name the keys of the reader's keyboard. Without scripts they name Ctrl.
import { ownKeys } from "./own-keys.js";

for (const named of document.querySelectorAll("[data-keys]")) named.textContent = ownKeys(named.textContent ?? "");
