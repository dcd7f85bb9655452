// While the case's page is open, colleagues see that somebody is looking at it.
const sheet = document.querySelector("[data-claiming]");
const token = document.querySelector("[name=csrf_token]").value;

const post = (fields) =>
  fetch(sheet.dataset.claiming, { method: "POST", body: new URLSearchParams({ csrf_token: token, ...fields }), keepalive: true });

async function look() {
  if (!document.hidden) {
    const answer = await post({}).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const { other } = await answer.json();
      const place = sheet.querySelector("[data-claim]");
      const text = other ? sheet.dataset.claimed.replace("%s", other) : "";
      if (place.textContent !== text) place.textContent = text;
    }
  }
  setTimeout(look, 4000);
}
look();
addEventListener("pagehide", () => post({ leave: "yes" }));
