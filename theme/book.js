// The frame around the text, in place of mdBook's script of this name: themes, sidebar,
// and keys. Under the same names as mdBook's, the browser remembers both choices.

const html = document.documentElement;

/**
 * @param {string} key
 * @param {string | null} value none to forget it
 */
function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Then it holds for this page.
  }
}

/** The menu of themes: light, dark, or what the system says. */
function themes() {
  const list = /** @type {HTMLElement} */ (document.getElementById("mdbook-theme-list"));
  const buttons = [...list.querySelectorAll("button")];
  const system = matchMedia("(prefers-color-scheme: dark)");
  const { light = "", dark = "" } = html.dataset;
  let chosen = "";
  try {
    chosen = localStorage.getItem("mdbook-theme") ?? "";
  } catch {
    // Nothing was chosen.
  }
  if (chosen !== light && chosen !== dark) chosen = "";
  const show = () => {
    const shown = chosen || (system.matches ? dark : light);
    html.classList.toggle(light, shown === light);
    html.classList.toggle(dark, shown === dark);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.value === chosen));
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      chosen = button.value;
      remember("mdbook-theme", chosen || null);
      show();
      list.hidePopover();
    });
  }
  system.addEventListener("change", show);
  show();
}

/** The table of contents beside the text, or over it where there is no room. */
function sidebar() {
  const toggle = /** @type {HTMLElement} */ (document.getElementById("mdbook-sidebar-toggle"));
  const bar = /** @type {HTMLElement} */ (document.getElementById("mdbook-sidebar"));
  const here = /** @type {HTMLElement?} */ (bar.querySelector("a.active"));
  const roomy = matchMedia("(min-width: 1080px)");
  const isShown = () => html.classList.contains("sidebar-visible");
  const show = (/** @type {boolean} */ shown) => {
    html.classList.toggle("sidebar-visible", shown);
    toggle.setAttribute("aria-expanded", String(shown));
  };
  toggle.addEventListener("click", () => {
    show(!isShown());
    if (roomy.matches) remember("mdbook-sidebar", isShown() ? "visible" : "hidden");
    else if (isShown()) (here ?? bar.querySelector("a"))?.focus();
  });
  const close = () => { if (!roomy.matches && isShown()) show(false); };
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!bar.contains(target) && !toggle.contains(target)) close();
  });
  bar.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || roomy.matches) return;
    close();
    toggle.focus();
  });
  here?.setAttribute("aria-current", "page");
  show(isShown());
}

/** The arrows turn to the neighbors of a chapter, "?" explains the keys. */
function keys() {
  const help = /** @type {HTMLDialogElement} */ (document.getElementById("mdbook-help"));
  help.addEventListener("click", (event) => {
    // Its padding belongs to the contents: a click on itself is one beside it.
    if (event.target === help) help.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    const target = /** @type {HTMLElement} */ (event.target);
    // There the arrows mean something else.
    if (target.closest("input, select, textarea, pre, .table-wrapper, dialog, [popover]")) return;
    if (event.key === "?") help.showModal();
    const side = { ArrowLeft: ".previous", ArrowRight: ".next" }[event.key];
    if (!side || event.shiftKey) return;
    const link = /** @type {HTMLAnchorElement?} */ (document.querySelector(`.nav-chapters${side}`));
    if (link) location.assign(link.href);
  });
}

/** What is wider than its place can be scrolled by the keyboard, too. */
function scrollers() {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const wide = target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
      if (wide) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll("pre > code, .table-wrapper")) watch.observe(box);
}

themes();
sidebar();
keys();
scrollers();
