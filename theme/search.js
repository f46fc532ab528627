// Fetches mdBook's search when it is opened: by its button, by a key, or by an address
// that asks for something. From then on mdBook's searcher.js looks after it.

/** In the order in which they need each other. */
const SCRIPTS = ["elasticlunr.min.js", "mark.min.js", "searcher.js"];

const root = document.documentElement.dataset.root ?? "";
const toggle = document.getElementById("mdbook-search-toggle");
const box = document.getElementById("mdbook-search-wrapper");
const input = /** @type {HTMLInputElement?} */ (document.getElementById("mdbook-searchbar"));
const waiting = new AbortController();

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether a key is typed into something; searcher.js asks for it, too
 */
function isTyped(event) {
  const target = event.composedPath()[0];
  return target instanceof Element && target.matches("input, select, textarea");
}

/** @param {string} name */
function load(name) {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = root + name;
    script.addEventListener("load", loaded);
    script.addEventListener("error", () => failed(new Error(`${name} can't be loaded`)));
    document.head.append(script);
  });
}

async function fetchSearch() {
  waiting.abort();
  Object.assign(window, { mdbook_something_else_has_focus: isTyped });
  for (const name of SCRIPTS) await load(name);
}

/** Shows the box at once; what is typed meanwhile is searched for when all is there. */
async function open() {
  box?.classList.remove("hidden");
  input?.focus();
  await fetchSearch();
  // It has hidden the box when it started, and marks what is typed to be typed over.
  toggle?.click();
  input?.focus();
  input?.setSelectionRange(input.value.length, input.value.length);
}

const { signal } = waiting;
toggle?.addEventListener("click", open, { signal });
document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || isTyped(event)) return;
  if (event.key !== "s" && event.key !== "/") return;
  event.preventDefault();
  scrollTo(0, 0);
  open();
}, { signal });
const asked = new URLSearchParams(location.search);
if (asked.has("search") || asked.has("highlight")) fetchSearch();
