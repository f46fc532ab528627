// Marks in the code of a figure: at which line each lane stands, and which line an
// event is about.

/** @typedef {{who: string, doing: string}} Chip */

/** The code of a listing, line by line. */
export class Code {
  /** @param {HTMLElement} panel the `.listing-code` with the Rust program */
  constructor(panel) {
    this.pre = /** @type {HTMLElement} */ (panel.querySelector("pre"));
    this.code = /** @type {HTMLElement} */ (this.pre.querySelector("code"));
    // Lines that only mark parts of the program are not shown.
    this.hidden = (panel.dataset.hiddenLines ?? "").split(" ").filter(Boolean).map(Number);
    this.layer = document.createElement("div");
    this.layer.className = "code-marks";
    this.layer.setAttribute("aria-hidden", "true");
    this.pre.append(this.layer);
    this.pre.classList.add("has-marks");
    /** @type {Set<number>} */
    this.pointed = new Set();
    /** @type {Map<number, Chip[]>} */
    this.chips = new Map();
  }

  /** Takes the marks away. */
  remove() {
    this.layer.remove();
    this.pre.classList.remove("has-marks");
  }

  /**
   * Whether the marks are those of the program in a panel.
   * @param {HTMLElement | null} panel
   * @returns {boolean}
   */
  isOf(panel) {
    return this.layer.isConnected && this.code === panel?.querySelector("pre > code");
  }

  /** @returns {number} the last line of the program */
  last() {
    return (this.code.textContent ?? "").trimEnd().split("\n").length + this.hidden.length;
  }

  /**
   * The line of the file at a height in the window.
   * @param {number} y
   * @returns {number}
   */
  lineAt(y) {
    const { top, height } = this.measure();
    const shown = Math.floor((y - this.pre.getBoundingClientRect().top - top) / height) + 1;
    let line = shown;
    for (const hidden of this.hidden) if (hidden <= line) line += 1;
    return line;
  }

  /** @param {Iterable<number>} lines the lines that are pointed at */
  point(lines) {
    this.pointed = new Set(lines);
    this.draw();
  }

  /** @param {Map<number, Chip[]>} chips by line */
  stand(chips) {
    this.chips = chips;
    this.draw();
  }

  /** @returns {{top: number, height: number}} of the lines, in pixels */
  measure() {
    const style = getComputedStyle(this.code);
    return { top: parseFloat(style.paddingTop), height: parseFloat(style.lineHeight) };
  }

  draw() {
    const { top, height } = this.measure();
    const lines = new Set([...this.pointed, ...this.chips.keys()]);
    this.layer.replaceChildren(...[...lines].map((line) => {
      const shown = line - this.hidden.filter((hidden) => hidden < line).length;
      const row = document.createElement("div");
      const chips = this.chips.get(line) ?? [];
      row.className = "code-line";
      row.classList.toggle("pointed", this.pointed.has(line));
      row.classList.toggle("stood-at", chips.length > 0);
      row.dataset.line = String(line);
      row.style.top = `${top + (shown - 1) * height}px`;
      row.style.height = `${height}px`;
      for (const { who, doing } of chips) {
        const chip = document.createElement("span");
        chip.className = `chip ${doing}`;
        const what = document.createElement("span");
        what.className = "doing";
        what.textContent = doing === "ready" ? " is ready" : ` ${doing}`;
        chip.append(who, what);
        row.append(chip);
      }
      return row;
    }));
  }
}
