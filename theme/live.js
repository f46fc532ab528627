// Shows in its figure what a program does since it was changed, beside what the book says.
// Only the pages that `cargo run` serves have this script; ci/src/commands/serve/live.rs
// runs the programs and tells it.

/** @typedef {{listing: string, html: string}} Panel what is shown of a changed program */

/** @type {EventSource | null} */
let news = null;

/**
 * Where the run of a changed program is shown: at the end of the first figure with its code.
 * @param {string} name of its listing
 * @returns {HTMLElement | null} none if it isn't on this page
 */
function placeFor(name) {
  const figures = [...document.querySelectorAll("figure.listing[data-listing]")];
  const own = figures.filter((figure) => /** @type {HTMLElement} */ (figure).dataset.listing === name);
  const figure = own.find((figure) => figure.querySelector(".listing-command")) ?? own[0];
  if (!figure) return null;
  const found = /** @type {HTMLElement | null} */ (figure.querySelector(":scope > .live"));
  if (found) return found;
  const place = document.createElement("section");
  place.className = "live";
  place.setAttribute("aria-label", `The changed program ${name}`);
  figure.append(place);
  return place;
}

/** @param {Panel[]} panels of all changed programs */
function show(panels) {
  const shown = panels.map(({ listing, html }) => {
    const place = placeFor(listing);
    if (place && place.dataset.html !== html) {
      // The server has escaped what is not its own.
      place.innerHTML = html;
      place.dataset.html = html;
    }
    return place;
  });
  for (const place of document.querySelectorAll(".live")) {
    if (!shown.includes(/** @type {HTMLElement} */ (place))) place.remove();
  }
}

/** A page that nobody sees would hold a connection, of which a browser has few. */
function listenWhileSeen() {
  if (document.visibilityState === "hidden") {
    news?.close();
    news = null;
  } else if (!news) {
    news = new EventSource("/live");
    news.addEventListener("message", ({ data }) => show(JSON.parse(data)));
  }
}

document.addEventListener("visibilitychange", listenWhileSeen);
listenWhileSeen();
