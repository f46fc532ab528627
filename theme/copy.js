// A button on each program and each command that copies it.

/** What is worth copying: not what a program prints, nor what differs between two. */
const COPIED = "pre > code[class*='language-']:not(.language-text)";

/**
 * @param {HTMLElement} code
 * @returns {string} a command without its prompt
 */
function text(code) {
  const all = code.textContent ?? "";
  return code.classList.contains("language-console") ? all.replace(/^\$ /gm, "") : all;
}

/**
 * Puts the button behind a program.
 * @param {HTMLElement} code
 */
export function addButton(code) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text(code));
      button.textContent = "Copied";
    } catch {
      button.textContent = "Can't copy";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
  code.after(button);
}

for (const code of document.querySelectorAll(COPIED)) {
  if (!code.closest("figure.diff, .listing-output, .listing-errors, .listing-warnings, .listing-tests")) {
    addButton(/** @type {HTMLElement} */ (code));
  }
}
