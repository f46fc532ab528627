// Lets the reader change a program where it stands and run it with their own cargo. Only
// the pages that `cargo run` serves have this script.

import { compileAndRun, Refused } from "./edit-run.js";
import { playerFor } from "./player.js";

/** The names of the programs that are being edited, so that a reload leaves them open. */
const OPEN = "waiting-well-editing";

/** How one gets out of the editor, where Tab indents. */
const WAY_OUT = "Escape, then Tab leaves the editor.";

const RUN_KEY = /Mac|iP/.test(navigator.platform) ? "⌘ Enter" : "Ctrl-Enter";

/** The one run of this page, and what ends it. @type {{edit: Edit, ends: AbortController} | null} */
let current = null;

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} action
 * @returns {HTMLButtonElement}
 */
function button(className, text, action) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

/** @param {import("./edit-run.js").Remark} remark */
function isError({ level }) {
  return level.startsWith("error");
}

/**
 * Shows in a figure how far a run of the reader's own program has come.
 * @param {HTMLElement} figure
 * @param {string} name of its listing
 * @param {import("./run.js").Timeline} timeline without an exit status while it runs
 * @param {string} output
 */
function show(figure, name, timeline, output) {
  // A listing that does not compile has no run, and no place for one.
  if (!figure.querySelector(".timeline-drawing")) figure.classList.add("had-no-run");
  playerFor(figure).load([[name, timeline]], output, { follow: true });
  badge(figure, "your run");
  figure.classList.add("has-own-run");
}

/**
 * Shows the recorded run in a figure again.
 * @param {HTMLElement} figure
 */
function showRecorded(figure) {
  if (!figure.classList.contains("has-own-run")) return;
  figure.classList.remove("has-own-run");
  badge(figure, "recorded");
  const events = figure.querySelector(".timeline-events")?.textContent;
  if (!events) return;
  /** @type {[string, import("./run.js").Timeline][]} */
  const runs = JSON.parse(events);
  const printed = runs[0][1].events.filter(({ what }) => what === "print").map(({ text }) => `${text}\n`);
  playerFor(figure).load(runs, printed.join(""), { follow: true });
}

/**
 * Says whose run the drawing of a figure shows.
 * @param {HTMLElement} figure
 * @param {string} words
 */
function badge(figure, words) {
  const drawing = /** @type {HTMLElement} */ (figure.querySelector(".timeline-drawing"));
  let badge = drawing.querySelector(".badge");
  if (!badge) drawing.prepend((badge = element("p", "badge")));
  badge.textContent = words;
  badge.classList.toggle("is-here", words !== "recorded");
}

/** A program that the reader changes, in its figure. */
class Edit {
  /**
   * @param {HTMLElement} figure
   * @param {HTMLElement} program the part of the figure with the program in Rust
   */
  constructor(figure, program) {
    this.figure = figure;
    this.name = figure.dataset.listing ?? "";
    this.key = `waiting-well-edit-${this.name}`;
    this.code = /** @type {HTMLElement} */ (program.querySelector("pre"));
    /** The program as it is in the book. */
    this.original = this.code.querySelector("code")?.textContent ?? "";
    this.command = /** @type {HTMLElement} */ (program.querySelector(".listing-command"));
    this.button = button("edit", "Edit", () => this.open());
    this.button.setAttribute("aria-label", `Edit ${this.name}`);
    this.command.append(this.button);
    /** @type {HTMLElement | null} what stands in the place of the program */
    this.panel = null;
    /** @type {import("./edit-text.js").Text | null} */
    this.text = null;
  }

  /** @param {{focus?: boolean}} [options] */
  async open({ focus = true } = {}) {
    if (this.panel) return;
    this.ahead = new AbortController();
    const panel = (this.panel = this.build());
    this.figure.classList.add("is-edited");
    this.code.hidden = this.command.hidden = true;
    this.code.before(panel);
    opened(this.name, true);
    const kept = this.kept();
    this.note.hidden = !kept || kept.from === this.original;
    this.say("Loading the editor…");
    try {
      const { Text } = await import("./edit-text.js");
      // It may have been closed meanwhile.
      if (this.panel !== panel) return;
      const label = `The program ${this.name}. ${RUN_KEY} runs it. ${WAY_OUT}`;
      const text = (this.text = new Text(label, kept?.text ?? this.original, {
        changed: (text) => this.keep(text),
        run: () => this.run(),
      }));
      this.place.replaceChildren(text.element);
      this.say("");
      if (focus) text.focus();
      this.compileAhead(text.text, this.ahead.signal);
    } catch (error) {
      this.say("The editor can't be loaded. Is the server still running? Start it with cargo run, and load the page again.");
      throw error;
    }
  }

  /** @returns {HTMLElement} */
  build() {
    const panel = element("div", "edit-panel");
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", `Your version of ${this.name}`);
    // The keys of the page (search, other chapters) are letters here.
    panel.addEventListener("keydown", (event) => event.stopPropagation());
    this.note = element("p", "edit-note",
      "This program has changed in the book since you changed it here. Start over takes the new one.");
    this.place = element("div", "edit-text");
    const bar = element("div", "edit-bar");
    this.runButton = button("edit-run", "Run", () => this.run());
    this.runButton.title = RUN_KEY;
    this.stopButton = button("edit-stop", "Stop", () => this.stop());
    this.stopButton.hidden = true;
    bar.append(
      this.runButton, this.stopButton,
      button("edit-again", "Start over", () => this.startOver()),
      button("edit-close", "Close", () => this.close()),
      element("span", "edit-hint", `${RUN_KEY} runs it. ${WAY_OUT}`),
    );
    this.status = element("p", "edit-status");
    this.status.setAttribute("role", "status");
    this.doing = element("p", "edit-doing");
    this.remarks = element("ol", "edit-remarks");
    this.remarks.setAttribute("aria-label", "What the compiler says");
    this.remarks.hidden = true;
    panel.append(this.note, this.place, bar, this.status, this.doing, this.remarks);
    return panel;
  }

  /** What takes long to compile is compiled by the time the reader has changed something. */
  async compileAhead(/** @type {string} */ text, /** @type {AbortSignal} */ signal) {
    try {
      const program = { listing: this.name, text, run: false };
      for await (const { compiling } of compileAndRun(program, signal)) {
        this.doing.textContent = compiling ?? "";
      }
    } catch {
      // Then it is compiled when it is run, and that says what is wrong.
    }
  }

  async run() {
    if (!this.text) return;
    current?.ends.abort();
    const run = (current = { edit: this, ends: new AbortController() });
    this.uncover();
    this.stopButton.hidden = false;
    this.remark([]);
    this.say("Compiling…");
    const program = { listing: this.name, text: this.text.text, run: true };
    let words = "Stopped: it was started in its place somewhere else.";
    try {
      for await (const said of compileAndRun(program, run.ends.signal)) {
        this.hear(said);
        words = said.end?.words ?? words;
      }
    } catch (error) {
      if (run.ends.signal.aborted) words = current === run ? "Stopped." : "Stopped: another program of this page was started.";
      else if (error instanceof Refused) words = error.message;
      else words = "The server ended before the program did. Start it again with cargo run.";
    }
    const isNext = current !== run && current?.edit === this;
    if (current === run) current = null;
    // It has been started anew, or closed.
    if (isNext || !this.panel) return;
    this.say(words);
    this.idle();
  }

  /** Who runs a program wants to see what comes of it, and to stay where they are. */
  uncover() {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    const cover = /** @type {HTMLElement | null} */ (this.figure.querySelector(".cover:not([hidden]) button"));
    cover?.click();
    if (cover) focused?.focus({ preventScroll: true });
  }

  idle() {
    if (document.activeElement === this.stopButton) this.runButton.focus();
    this.stopButton.hidden = true;
    this.doing.textContent = "";
  }

  /** @param {import("./edit-run.js").Said} said */
  hear({ compiling, remarks, run, end }) {
    if (compiling !== undefined) this.doing.textContent = compiling;
    if (remarks) {
      this.doing.textContent = "";
      this.remark(remarks);
      if (!remarks.some(isError)) this.say("Running…");
    }
    if (run) show(this.figure, this.name, run.timeline, run.output);
    if (end?.timeline) show(this.figure, this.name, end.timeline, end.output ?? "");
  }

  /** @param {import("./edit-run.js").Remark[]} remarks */
  remark(remarks) {
    this.text?.mark(remarks);
    this.remarks.hidden = !remarks.length;
    this.remarks.replaceChildren(...remarks.map((remark) => {
      const item = element("li", isError(remark) ? "is-error" : "is-warning");
      const kind = isError(remark) ? "Error" : "Warning";
      if (remark.line) {
        item.append(button("edit-line", `${kind} at line ${remark.line}`, () => this.text?.goTo(remark)));
      } else item.append(element("strong", "", kind));
      const pre = element("pre", "");
      const code = element("code", "language-text", remark.rendered);
      code.tabIndex = 0;
      code.setAttribute("role", "region");
      code.setAttribute("aria-label", `${kind}: ${remark.message}`);
      pre.append(code);
      item.append(pre);
      return item;
    }));
  }

  /** @param {string} words */
  say(words) {
    this.status.textContent = words;
  }

  stop() {
    if (current?.edit === this) current.ends.abort();
  }

  startOver() {
    this.text?.replace(this.original);
    this.note.hidden = true;
    this.remark([]);
    this.say("This is the program of the book again.");
    this.text?.focus();
  }

  close() {
    this.stop();
    this.ahead?.abort();
    this.text?.destroy();
    this.text = null;
    this.panel?.remove();
    this.panel = null;
    this.figure.classList.remove("is-edited");
    this.code.hidden = this.command.hidden = false;
    showRecorded(this.figure);
    opened(this.name, false);
    this.button.focus();
  }

  /** @returns {{from: string, text: string} | null} what the reader made of which program */
  kept() {
    try {
      const { from, text } = JSON.parse(localStorage.getItem(this.key) ?? "null") ?? {};
      return typeof from === "string" && typeof text === "string" ? { from, text } : null;
    } catch {
      // It isn't remembered, or not by this script.
      return null;
    }
  }

  /** @param {string} text */
  keep(text) {
    try {
      if (text === this.original) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ from: this.original, text }));
    } catch {
      // A browser that remembers nothing has it as long as the page is there.
    }
  }
}

/** @returns {string[]} the names of the programs that were being edited */
function wereOpen() {
  try {
    const names = JSON.parse(sessionStorage.getItem(OPEN) ?? "[]");
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}

/**
 * @param {string} name
 * @param {boolean} isOpen
 */
function opened(name, isOpen) {
  const others = wereOpen().filter((other) => other !== name);
  try {
    sessionStorage.setItem(OPEN, JSON.stringify(isOpen ? [...others, name] : others));
  } catch {
    // Then it is closed after a reload.
  }
}

const open = wereOpen();
for (const figure of document.querySelectorAll("figure.listing[data-listing]")) {
  const program = figure.querySelector('.listing-code[data-language="Rust"]');
  if (!program) continue;
  const edit = new Edit(/** @type {HTMLElement} */ (figure), /** @type {HTMLElement} */ (program));
  if (open.includes(edit.name)) edit.open({ focus: false });
}
