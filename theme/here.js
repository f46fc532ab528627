// Runs a listing in the page, and says whether it did what the page shows; and leads to the
// public playground.

import { make } from "./make.js";
import { playerFor } from "./player.js";

/** Where the playground takes a program: https://github.com/rust-lang/rust-playground. */
const PLAYGROUND = "https://play.rust-lang.org/?version=stable&mode=debug&edition=2024&code=";

/** What is not as on the reader's computer. */
const SIMULATED = "Waits are simulated here: the clock jumps to the end of each. Computing counts " +
  "as no time, unless the program watches the clock.";

/** Where the book begins, seen from this page. */
const root = document.documentElement.dataset.root ?? "";

/**
 * The recorded run of a figure.
 * @param {HTMLElement} figure
 * @returns {[string, import("./host.js").Timeline & {source: string}]}
 */
function recorded(figure) {
  return JSON.parse(figure.querySelector(".timeline-events")?.textContent ?? "[]")[0];
}

/**
 * The program's file, line for line; lines that are not shown are empty.
 * @param {HTMLElement} panel
 */
function source(panel) {
  const lines = (panel.querySelector("code")?.textContent ?? "").split("\n");
  const hidden = (panel.dataset.hiddenLines ?? "").split(" ").filter(Boolean);
  for (const line of hidden) lines.splice(Number(line) - 1, 0, "");
  return lines.join("\n");
}

/**
 * Why a program did not come to its end.
 * @param {Exclude<import("./host.js").End, {exit: number}>} end
 */
function unfinished(end) {
  if ("stuck" in end) return "it waits, and nothing is left that could wake it: a deadlock";
  const what = { seconds: "it took too long on its own clock", events: "too much happened", output: "it printed too much" };
  return `it was stopped, for ${what[end.stopped]}`;
}

/** A figure whose listing runs in the page. */
class Here {
  /**
   * @param {HTMLElement} figure
   * @param {HTMLElement} place for what belongs to running it
   */
  constructor(figure, place) {
    this.figure = figure;
    this.limit = Number(place.dataset.limit);
    this.tolerance = Number(place.dataset.tolerance);
    this.isRunning = false;
    this.button = make("button", { type: "button", className: "run" }, "Run it here");
    this.button.addEventListener("click", () => this.run());
    this.back = make("button", { type: "button", hidden: true }, "Back to the recording");
    this.back.addEventListener("click", () => this.restore());
    this.said = make("p", { className: "here-said" });
    this.said.setAttribute("role", "status");
    place.append(this.button, this.back, this.said);
    this.badge = /** @type {HTMLElement} */ (figure.querySelector(".badge"));
  }

  async run() {
    if (this.isRunning) return;
    this.isRunning = true;
    // Who runs it wants to see what comes of it.
    /** @type {HTMLButtonElement | null} */ (this.figure.querySelector(".cover:not([hidden]) button"))?.click();
    const [name, golden] = recorded(this.figure);
    const output = this.figure.querySelector(".listing-output code")?.textContent ?? "";
    this.shown ??= { golden, output };
    // Not disabled: that would take the keyboard's place from it.
    this.button.setAttribute("aria-disabled", "true");
    this.said.textContent = "Running…";
    try {
      // All that is needed comes at the same time.
      const [{ runInWorker }, { difference }] = await Promise.all(
        [import("./worker.js"), import("./agree.js"), import("./draw.js")]);
      const panel = /** @type {HTMLElement} */ (this.figure.querySelector('.listing-code[data-language="Rust"]'));
      const start = performance.now();
      const { end, timeline, output: printed, sees } = await runInWorker({
        url: `${root}wasm/${name}.wasm?${golden.source}`,
        source: source(panel),
        limits: { seconds: this.limit },
      });
      const milliseconds = Math.max(1, Math.round(performance.now() - start));
      let differs = difference(this.shown.golden, timeline, { tolerance: this.tolerance, sees });
      if (!differs && printed !== this.shown.output) differs = "it printed something else";
      if (differs && !("exit" in end)) differs = unfinished(end);
      const player = playerFor(this.figure);
      await player.load([[name, { ...golden, ...timeline }]], printed, { follow: true });
      this.show(!differs, differs
        ? `✗ It ran here, and did not do what this page shows: ${differs}.`
        : `✓ Your browser ran it in ${milliseconds} ms, and it agrees with the recording: each line, each poll.`);
      player.play();
    } catch (error) {
      this.said.textContent = `It can't run here: ${error instanceof Error ? error.message : error}. Your own computer can: cargo run -p ${name}`;
    } finally {
      this.button.removeAttribute("aria-disabled");
      this.isRunning = false;
    }
  }

  /**
   * @param {boolean} agrees
   * @param {string} words
   */
  show(agrees, words) {
    this.said.textContent = `${words} ${SIMULATED}`;
    this.said.classList.toggle("differs", !agrees);
    this.badge.textContent = "run here";
    this.badge.classList.add("is-here");
    this.button.textContent = "Run it again";
    this.back.hidden = false;
  }

  async restore() {
    if (!this.shown) return;
    const [name] = recorded(this.figure);
    await playerFor(this.figure).load([[name, this.shown.golden]], this.shown.output, { follow: true });
    this.badge.textContent = "recorded";
    this.badge.classList.remove("is-here");
    this.button.textContent = "Run it here";
    this.said.textContent = "This is the recording again.";
    this.said.classList.remove("differs");
    this.back.hidden = true;
    this.button.focus();
  }
}

/**
 * Puts the program into the link to the public playground.
 * @param {HTMLElement} figure
 */
function linkPlayground(figure) {
  const link = figure.querySelector(".playground a");
  const program = figure.querySelector('.listing-code[data-language="Rust"] code')?.textContent ?? "";
  link?.setAttribute("href", PLAYGROUND + encodeURIComponent(program));
}

for (const figure of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("figure.listing"))) {
  linkPlayground(figure);
  const place = /** @type {HTMLElement | null} */ (figure.querySelector(".here"));
  if (place) new Here(figure, place);
}
