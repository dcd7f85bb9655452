// The page of a bulk decision, anew every second until it is done.

const FIRST = 500; // milliseconds
const EVERY = 1000;

async function refresh() {
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const progress = page.querySelector("[data-progress]");
    if (progress) document.querySelector("[data-progress]")?.replaceWith(progress);
    if (!page.querySelector("script[src*=progress]")) return;
  }
  setTimeout(refresh, EVERY);
}
setTimeout(refresh, FIRST);
