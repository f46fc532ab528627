// Plays runs over their drawing: the playhead moves, lines appear as they were printed,
// and in the code stands each lane where it waits or runs. A page comes with its runs; a
// script can give a figure another one.

import { Code } from "./code.js";
import { Run } from "./run.js";

/** Where the axis of a drawing begins and how long it is, in percent, as in ci/src/svg.rs. */
const AXIS = [2.5, 94];

/** How fast a run can be played. */
const SPEEDS = [0.25, 1, 4];

/** Where a figure has the program that its run is of. */
const CODE = '.listing-code[data-language="Rust"]';

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @typedef {import("./run.js").Timeline} Timeline */

/** Plays the runs of one figure. */
export class Player {
  /** @param {HTMLElement} figure with a drawing and its events, which may be empty */
  constructor(figure) {
    const part = (/** @type {string} */ selector) => figure.querySelector(selector);
    this.figure = figure;
    this.drawing = /** @type {HTMLElement} */ (part(".timeline-drawing"));
    this.svg = part("svg.timeline");
    this.playhead = part(".playhead");
    // In its page the drawing keeps its name.
    const title = this.svg?.getAttribute("aria-labelledby") ?? `${figure.id}-timeline-title`;
    this.id = title.replace(/-title$/, "");
    this.speed = 1;
    /** Whether nobody has gone anywhere in it yet, or it was played to its end. */
    this.whole = true;
    /** @type {number | null} when the last frame was drawn, while it plays */
    this.frame = null;
    /** How many events have happened, and the time on the axis in seconds. */
    this.count = this.time = 0;
    /** @type {Code | null} */
    this.code = null;
    this.take(JSON.parse(part(".timeline-events")?.textContent ?? "[]"));
    this.output = this.runs.length === 1 ? splitLines(part(".listing-output code")) : [];
    this.setCode(part(CODE));
    this.build(/** @type {HTMLElement} */ (part(".player")));
    this.toEnd();
    this.pointing();
  }

  /** @param {[string, Timeline][]} runs with their names */
  take(runs) {
    this.runs = runs.map(([name, timeline]) => new Run(name, timeline));
    // A run that is over at once is drawn with some width all the same.
    this.seconds = Math.max(runs.length ? 0.05 : 0, ...this.runs.map((run) => run.seconds));
    // In a race the runs go on together; what happens at one time keeps its order.
    this.events = this.runs
      .flatMap((run, index) => run.events.map((event) => ({ run, index, event })))
      .sort((a, b) => a.event.at - b.event.at);
  }

  /**
   * Shows other runs in the figure, or more of the one that goes on. Who has gone
   * somewhere in a run that has only grown stays there; else, all of it is shown.
   * @param {[string, Timeline][]} runs with their names, as in `.timeline-events`; a
   *   run without an exit status hasn't ended yet
   * @param {string} output what was printed
   * @param {{follow?: boolean}} [options] `follow` shows all of it in any case
   */
  async load(runs, output, { follow = false } = {}) {
    const load = (this.loading = {});
    const { draw, inSeconds, inWords } = await import("./draw.js");
    // Meanwhile there came a newer one.
    if (load !== this.loading) return;
    const atEnd = this.whole || (this.isEnded() && this.frame === null);
    const before = this.here();
    this.take(runs);
    const hasGrown = before === this.here();
    this.redraw(draw(runs, this.id));
    this.retell(inWords(runs));
    if (runs.length === 1) this.reprint(runs[0][1], inSeconds(runs[0][1].seconds), output);
    else this.output = [];
    const panel = /** @type {HTMLElement | null} */ (this.figure.querySelector(CODE));
    if (!this.code?.isOf(panel) || runs.length !== 1) this.setCode(panel);
    this.name();
    if (follow || atEnd || !hasGrown) this.toEnd();
    else this.show(true);
  }

  /** @returns {string} where the playhead is; the same after a run has only grown */
  here() {
    const { at, lane, what } = this.events[this.count - 1]?.event ?? {};
    return [this.names(), at, lane, what].join();
  }

  /** @param {string} text the new drawing */
  redraw(text) {
    const made = document.createElement("template");
    made.innerHTML = text;
    if (this.svg) this.svg.replaceWith(made.content);
    else this.drawing.prepend(made.content);
    this.svg = this.drawing.querySelector("svg.timeline");
    this.playhead = this.drawing.querySelector(".playhead");
  }

  /** @param {string[]} sentences what the drawing shows */
  retell(sentences) {
    const words = this.figure.querySelector(".timeline-words");
    words?.querySelector("ul")?.replaceChildren(...sentences.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }));
    words?.toggleAttribute("hidden", !sentences.length);
  }

  /**
   * Shows the output under its sentence, as ci/src/figure.rs puts it.
   * @param {Timeline} timeline
   * @param {string} seconds
   * @param {string} output
   */
  reprint({ exit }, seconds, output) {
    const block = this.figure.querySelector(".listing-output");
    const sentence = block?.querySelector("p");
    if (!block || !sentence) return;
    const ends = exit === undefined ? "has run for" : exit === null ? "is stopped after" : "ends after";
    if (!output) sentence.textContent = `It prints nothing, and ${ends} ${seconds}.`;
    else if (exit === undefined || exit === null) sentence.textContent = `It prints, and ${ends} ${seconds}:`;
    else sentence.textContent = `It prints, in ${seconds}:`;
    let code = block.querySelector("pre > code");
    if (!output) block.querySelector("pre")?.remove();
    else if (!code) {
      code = document.createElement("code");
      code.className = "language-text";
      const pre = document.createElement("pre");
      pre.append(code);
      sentence.after(pre);
    }
    const texts = output ? output.replace(/\n$/, "").split("\n") : [];
    // A run that goes on prints more; the lines that are there stay.
    const other = this.output.findIndex((line, index) => line.textContent !== `${texts[index]}\n`);
    const stay = this.output.slice(0, other < 0 ? undefined : other);
    if (stay.length < this.output.length || !stay.length) code?.replaceChildren(...stay);
    const more = texts.slice(stay.length).map(lineOf);
    code?.append(...more);
    this.output = [...stay, ...more];
    // What is longer than its place can be scrolled by the keyboard, too; the page looks
    // when the place changes its size (theme/book.js), and this may leave it as large.
    code?.setAttribute("tabindex", "0");
  }

  /**
   * Marks the lines of another program from now on.
   * @param {HTMLElement | null} panel the `.listing-code` of the figure with it
   */
  setCode(panel) {
    this.code?.remove();
    // Who stands where can be said of one run only.
    this.code = panel?.querySelector("pre > code") && this.runs.length === 1 ? new Code(panel) : null;
    // The keyboard points as well: up and down go from line to line.
    this.line = 0;
    if (!this.code) return;
    this.code.pre.tabIndex = 0;
    if (this.clock) this.show(true);
  }

  /** @param {HTMLElement} bar */
  build(bar) {
    bar.setAttribute("role", "group");
    const button = (/** @type {string} */ className, /** @type {string} */ label, /** @type {string} */ face, /** @type {() => void} */ action) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = className;
      made.title = label;
      made.setAttribute("aria-label", label);
      made.textContent = face;
      made.addEventListener("click", action);
      return made;
    };
    const previous = button("previous", "Previous event", "◂|", () => this.step(-1));
    this.toggle = button("toggle", "Play", "▶", () => this.playOrPause());
    const next = button("next", "Next event", "|▸", () => this.step(1));
    this.scrubber = document.createElement("input");
    Object.assign(this.scrubber, { type: "range", min: "0", step: "0.01" });
    this.scrubber.className = "scrubber";
    this.scrubber.setAttribute("aria-label", "Time");
    this.scrubber.addEventListener("input", () => {
      this.pause();
      this.goTo(Number(this.scrubber.value));
    });
    this.scrubber.addEventListener("change", () => this.announce());
    this.speeds = document.createElement("select");
    this.speeds.className = "speed";
    this.speeds.setAttribute("aria-label", "Speed");
    for (const speed of SPEEDS) {
      const text = speed === 0.25 ? "¼×" : `${speed}×`;
      this.speeds.add(new Option(text, String(speed), speed === 1, speed === 1));
    }
    this.speeds.addEventListener("change", () => { this.speed = Number(this.speeds.value); });
    this.clock = document.createElement("output");
    this.clock.className = "clock";
    // Spoken when the reader has stopped somewhere, not in every frame.
    this.clock.setAttribute("aria-live", "off");
    this.said = document.createElement("p");
    this.said.className = "said";
    this.said.setAttribute("role", "status");
    bar.append(previous, this.toggle, next, this.scrubber, this.clock, this.speeds, this.said);
    bar.addEventListener("keydown", (event) => this.key(event));
    this.bar = bar;
    this.name();
  }

  names() {
    return this.runs.map((run) => run.name).join(", ");
  }

  /** Says whose player it is, and how long it plays. */
  name() {
    this.bar.setAttribute("aria-label", this.runs.length ? `Player of ${this.names()}` : "Player");
    this.scrubber.max = String(this.seconds);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const own = target === this.scrubber || target === this.speeds;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => this.step(-1),
      ArrowRight: () => this.step(1),
      Home: () => { this.pause(); this.goTo(0); this.announce(); },
      End: () => { this.pause(); this.goTo(this.seconds); this.announce(); },
      "+": () => this.faster(1),
      "-": () => this.faster(-1),
    };
    // mdBook turns to another chapter on the same keys.
    if (event.key.startsWith("Arrow")) event.stopPropagation();
    const action = keys[event.key];
    if (!action || (own && event.key.length > 1)) return;
    event.preventDefault();
    action();
  }

  /** @param {number} by */
  faster(by) {
    const now = SPEEDS.indexOf(this.speed) + by;
    this.speed = SPEEDS[Math.min(Math.max(now, 0), SPEEDS.length - 1)];
    this.speeds.value = String(this.speed);
  }

  playOrPause() {
    if (this.frame === null) this.play();
    else { this.pause(); this.announce(); }
  }

  play() {
    if (this.time >= this.seconds) this.goTo(0);
    this.frame = performance.now();
    this.face("Pause", "❚❚");
    this.said.textContent = "Playing";
    const draw = (/** @type {number} */ now) => {
      if (this.frame === null) return;
      const time = this.time + ((now - this.frame) / 1000) * this.speed;
      this.frame = now;
      this.goTo(Math.min(Math.max(time, this.time), this.seconds));
      if (this.time < this.seconds) requestAnimationFrame(draw);
      else { this.pause(); this.whole = true; this.said.textContent = "The end"; }
    };
    requestAnimationFrame(draw);
  }

  pause() {
    this.frame = null;
    this.face("Play", "▶");
  }

  /**
   * @param {string} label
   * @param {string} face
   */
  face(label, face) {
    this.toggle.textContent = face;
    this.toggle.title = label;
    this.toggle.setAttribute("aria-label", label);
  }

  /** @param {number} by 1 for the next event, -1 for the one before */
  step(by) {
    this.pause();
    // The first step through a run that lies there whole is its first event.
    const from = this.whole && by > 0 ? 0 : this.count;
    this.whole = false;
    this.count = Math.min(Math.max(from + by, 0), this.events.length);
    this.time = this.count ? this.events[this.count - 1].event.at : 0;
    this.show();
    this.announce();
    const last = this.events[this.count - 1];
    this.code?.point(last ? last.run.lines(last.event) : []);
  }

  /** @param {number} time in seconds on the axis */
  goTo(time) {
    this.time = time;
    this.whole = false;
    const later = this.events.findIndex(({ event }) => event.at > time + 1e-9);
    this.count = later < 0 ? this.events.length : later;
    this.code?.point([]);
    this.show();
  }

  /** All has happened, and nobody has gone anywhere in it. */
  toEnd() {
    this.pause();
    this.whole = true;
    this.count = this.events.length;
    this.time = this.seconds;
    this.said.textContent = "";
    this.show(true);
  }

  isEnded() {
    return this.time >= this.seconds && this.count === this.events.length;
  }

  announce() {
    const last = this.events[this.count - 1];
    const who = last && this.runs.length > 1 ? `${last.run.name}, ` : "";
    this.said.textContent = last
      ? `${last.event.at.toFixed(2)} s: ${who}${last.run.words(last.event)}`
      : "At the start";
  }

  /** @param {boolean} [anew] whether the figure has changed */
  show(anew = false) {
    const ended = this.isEnded();
    this.figure.classList.toggle("is-played", !ended || this.frame !== null);
    // Who wants no motion sees the playhead go from event to event.
    const seen = this.events[this.count - 1]?.event.at ?? 0;
    const time = still.matches && !ended && this.frame !== null ? seen : this.time;
    const x = `${AXIS[0] + (AXIS[1] * time) / this.seconds}%`;
    this.playhead?.setAttribute("x1", x);
    this.playhead?.setAttribute("x2", x);
    this.scrubber.value = String(time);
    this.scrubber.setAttribute("aria-valuetext", `${time.toFixed(1)} seconds`);
    this.clock.textContent = `${time.toFixed(1)} s`;
    if (this.shown === this.count && !anew) return;
    this.shown = this.count;
    const printed = this.events.slice(0, this.count).filter(({ event }) => event.what === "print");
    this.output.forEach((line, index) => line.classList.toggle("not-yet", index >= printed.length));
    if (this.code) this.code.stand(this.chips());
  }

  /** @returns {Map<number, import("./code.js").Chip[]>} who stands at which line */
  chips() {
    /** @type {Map<number, import("./code.js").Chip[]>} */
    const chips = new Map();
    const [run] = this.runs;
    run.stands(this.count).forEach((stand, lane) => {
      for (const line of stand?.lines ?? []) {
        const who = run.lanes[lane].name.replace(/^task /, "");
        chips.set(line, [...(chips.get(line) ?? []), { who, doing: stand?.doing ?? "" }]);
      }
    });
    return chips;
  }

  /**
   * Marks a line in the code and what belongs to it in the drawing.
   * @param {number | null} line
   */
  mark(line) {
    for (const shape of this.svg?.querySelectorAll("[data-lines]") ?? []) {
      shape.classList.toggle("pointed", line !== null && linesOf(shape).includes(line));
    }
    this.code?.point(line === null ? [] : [line]);
  }

  /**
   * What is pointed at in the drawing is marked in the code, and the other way round. The
   * figure listens, since drawing and code are replaced.
   */
  pointing() {
    const { figure } = this;
    const inside = (/** @type {Element | null | undefined} */ part, /** @type {EventTarget | null} */ target) =>
      Boolean(part?.contains(/** @type {Node | null} */ (target)));
    figure.addEventListener("pointerover", ({ target }) => {
      if (!inside(this.svg, target)) return;
      const shape = /** @type {Element} */ (target).closest("[data-lines]");
      this.code?.point(shape ? linesOf(shape) : []);
    });
    figure.addEventListener("pointermove", ({ target, clientY }) => {
      if (this.code && inside(this.code.pre, target)) this.mark(this.code.lineAt(clientY));
    });
    figure.addEventListener("pointerout", ({ target, relatedTarget }) => {
      for (const part of [this.svg, this.code?.pre]) {
        if (inside(part, target) && !inside(part, relatedTarget)) this.mark(null);
      }
    });
    figure.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by || !this.code || !inside(this.code.pre, event.target)) return;
      event.preventDefault();
      this.line = Math.min(Math.max(this.line + by, 1), this.code.last());
      this.mark(this.line);
    });
    figure.addEventListener("focusout", ({ target }) => {
      if (this.code && target === this.code.pre) this.mark(null);
    });
  }
}

/**
 * @param {Element} shape of a drawing
 * @returns {number[]} the lines that it is about
 */
function linesOf(shape) {
  return (shape.getAttribute("data-lines") ?? "").split(" ").filter(Boolean).map(Number);
}

/** @param {string} text */
function lineOf(text) {
  const line = document.createElement("span");
  line.className = "line";
  line.textContent = `${text}\n`;
  return line;
}

/**
 * Puts each line of the output into an element of its own.
 * @param {Element | null} code
 * @returns {HTMLElement[]}
 */
function splitLines(code) {
  if (!code) return [];
  const lines = (code.textContent ?? "").replace(/\n$/, "").split("\n").map(lineOf);
  code.replaceChildren(...lines);
  return lines;
}

/** Adds what the figure of a run shows; it is empty until the first one. */
function furnish(/** @type {HTMLElement} */ figure) {
  const parts = document.createElement("template");
  parts.innerHTML = `<div class="timeline-drawing"><div class="player"></div></div>
    <details class="timeline-words" hidden><summary>The run in words</summary><ul></ul></details>
    <div class="listing-output"><p></p></div>`;
  figure.append(parts.content);
}

/** @type {WeakMap<HTMLElement, Player>} */
const players = new WeakMap();

/**
 * The player of a figure. A figure without a drawing gets one, after what it has: an empty
 * one, with room for the output below, until `load` brings a run.
 * @param {HTMLElement} figure with an id of its own
 * @returns {Player}
 */
export function playerFor(figure) {
  let player = players.get(figure);
  if (!player) {
    if (!figure.querySelector(".timeline-drawing")) furnish(figure);
    player = new Player(figure);
    players.set(figure, player);
  }
  return player;
}

for (const drawing of document.querySelectorAll(".timeline-drawing")) {
  const figure = drawing.closest("figure");
  if (figure) playerFor(figure);
}
