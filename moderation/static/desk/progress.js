// A bulk's page, anew every second until it is done.
async function again() {
  const answer = await fetch(location.href);
  if (answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.querySelector("[data-progress]").replaceWith(page.querySelector("[data-progress]"));
    if (!page.querySelector("script[src*=progress]")) return;
  }
  setTimeout(again, 1000);
}
setTimeout(again, 500);
