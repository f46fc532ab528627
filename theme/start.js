// What must be known before the page is drawn, so that nothing flickers or moves: the
// theme, whether the sidebar is shown, and the language of the programs. No module: a
// module runs too late.

/** Where the book begins, seen from this page; mdBook's toc.js and searcher.js ask for it. */
var path_to_root = document.documentElement.dataset.root;

(() => {
  const html = document.documentElement;
  /** @param {string} key */
  const remembered = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const { light, dark } = html.dataset;
  const automatic = matchMedia("(prefers-color-scheme: dark)").matches ? dark : light;
  const chosen = remembered("mdbook-theme");
  html.classList.remove(light);
  html.classList.add("js", chosen === light || chosen === dark ? chosen : automatic);
  // As wide as theme/look.css wants it for a sidebar beside the text.
  if (matchMedia("(min-width: 1080px)").matches) {
    html.classList.toggle("sidebar-visible", remembered("mdbook-sidebar") !== "hidden");
  }
  html.dataset.reads = remembered("waiting-well-language") ?? "Rust";
})();
