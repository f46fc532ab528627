// Makes tabs of the programs of a figure that come in several languages. Without this
// script they stand below each other. The keyboard works as in
// https://www.w3.org/WAI/ARIA/apg/patterns/tabs/.

/** Under this name the browser remembers which language its reader prefers. */
const REMEMBERED = "waiting-well-language";

/**
 * @param {HTMLElement} figure a `figure.listing`
 * @returns {void}
 */
function makeTabs(figure) {
  /** @type {HTMLElement[]} */
  const panels = [...figure.querySelectorAll(".listing-code")];
  if (panels.length < 2) return;
  const list = document.createElement("div");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Language");
  const tabs = panels.map((panel) => {
    const language = panel.dataset.language ?? "";
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${figure.id}-${language.toLowerCase()}-tab`;
    tab.textContent = language;
    tab.setAttribute("role", "tab");
    panel.id = `${figure.id}-${language.toLowerCase()}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => selectEverywhere(language));
    return tab;
  });
  list.append(...tabs);
  list.addEventListener("keydown", (event) => {
    const now = tabs.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const next = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    if (next === undefined || now < 0) return;
    event.preventDefault();
    // mdBook turns to another chapter on the same keys.
    event.stopPropagation();
    const tab = tabs[(next + tabs.length) % tabs.length];
    tab.click();
    tab.focus();
  });
  panels[0].before(list);
  figure.classList.add("has-tabs");
}

/**
 * Shows the programs of one language in a figure.
 * @param {HTMLElement} figure
 * @param {string} language
 */
function select(figure, language) {
  const tabs = figure.querySelectorAll('[role="tab"]');
  const known = [...tabs].some((tab) => tab.textContent === language);
  if (!known) return;
  for (const tab of tabs) {
    const selected = tab.textContent === language;
    tab.setAttribute("aria-selected", String(selected));
    tab.setAttribute("tabindex", selected ? "0" : "-1");
    const panel = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !selected;
  }
}

/** @param {string} language */
function selectEverywhere(language) {
  for (const figure of figures) select(figure, language);
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // A browser that remembers nothing shows Rust first.
  }
}

/** @returns {string} */
function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) ?? "Rust";
  } catch {
    return "Rust";
  }
}

/** @type {HTMLElement[]} */
const figures = [...document.querySelectorAll("figure.listing")];
for (const figure of figures) {
  makeTabs(figure);
  select(figure, "Rust");
  select(figure, remembered());
}
