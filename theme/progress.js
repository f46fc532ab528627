// Which chapters were opened, as check marks in the sidebar. It is remembered in this
// browser and nowhere else, as is all that the book remembers under names with PREFIX.

/** What all names begin with under which the book remembers something of a reader. */
const PREFIX = "waiting-well-";

const VISITED = `${PREFIX}visited`;

/** @returns {Set<string>} the chapters, such as "inside/event-loop.html" */
function visited() {
  try {
    return new Set(JSON.parse(localStorage.getItem(VISITED) ?? "[]"));
  } catch {
    return new Set();
  }
}

/** @param {Set<string>} chapters */
function remember(chapters) {
  try {
    localStorage.setItem(VISITED, JSON.stringify([...chapters]));
  } catch {
    // A browser that remembers nothing shows this page's mark only.
  }
}

function forget() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    for (const name of names) localStorage.removeItem(name);
  } catch {
    // Nothing was remembered.
  }
}

const root = new URL(document.documentElement.dataset.root || ".", document.baseURI).href;
/** @type {HTMLAnchorElement[]} */
const links = [...document.querySelectorAll("#mdbook-sidebar .chapter a[href]")];
const name = (/** @type {HTMLAnchorElement} */ link) => link.href.slice(root.length);

/** @param {Set<string>} chapters */
function show(chapters) {
  for (const link of links) link.classList.toggle("visited", chapters.has(name(link)));
  const count = links.filter((link) => link.classList.contains("visited")).length;
  const words = document.querySelector(".progress-count");
  if (words) words.textContent = `${count} of ${links.length} opened`;
}

const chapters = visited();
const here = links.find((link) => link.classList.contains("active"));
if (here) {
  chapters.add(name(here));
  remember(chapters);
}
show(chapters);
document.querySelector(".progress-forget")?.addEventListener("click", () => {
  forget();
  show(new Set());
});
