// Plays recorded runs over their drawing: the playhead moves, lines appear as they were
// printed, and in the code stands each lane where it waits or runs.

import { Code } from "./code.js";
import { Run } from "./run.js";

/** Where the axis of a drawing begins and how long it is, in percent, as in ci/src/svg.rs. */
const AXIS = [2.5, 94];

/** How fast a run can be played. */
const SPEEDS = [0.25, 1, 4];

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Plays the runs of one figure. */
class Player {
  /** @param {HTMLElement} figure with a drawing and its events */
  constructor(figure) {
    const part = (/** @type {string} */ selector) => figure.querySelector(selector);
    this.figure = figure;
    this.svg = /** @type {SVGElement} */ (part("svg.timeline"));
    this.playhead = /** @type {SVGElement} */ (part(".playhead"));
    const events = part(".timeline-events")?.textContent ?? "[]";
    /** @type {Run[]} */
    this.runs = JSON.parse(events).map(([name, timeline]) => new Run(name, timeline));
    // A run that is over at once is drawn with some width all the same.
    this.seconds = Math.max(0.05, ...this.runs.map((run) => run.seconds));
    // In a race the runs go on together; what happens at one time keeps its order.
    this.events = this.runs
      .flatMap((run, index) => run.events.map((event) => ({ run, index, event })))
      .sort((a, b) => a.event.at - b.event.at);
    const panel = /** @type {HTMLElement | null} */ (part('.listing-code[data-language="Rust"]'));
    this.code = panel && this.runs.length === 1 ? new Code(panel) : null;
    this.output = this.runs.length === 1 ? splitLines(figure) : [];
    /** How many events have happened, and the time on the axis in seconds. */
    this.count = this.events.length;
    this.time = this.seconds;
    this.speed = 1;
    /** Whether nobody has gone anywhere in it yet, or it was played to its end. */
    this.whole = true;
    /** @type {number | null} when the last frame was drawn, while it plays */
    this.frame = null;
    this.build(/** @type {HTMLElement} */ (part(".player")));
    this.pointing();
  }

  /** @param {HTMLElement} bar */
  build(bar) {
    const names = this.runs.map((run) => run.name).join(", ");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `Player of ${names}`);
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
    Object.assign(this.scrubber, { type: "range", min: "0", max: String(this.seconds), step: "0.01" });
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
    this.show();
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

  announce() {
    const last = this.events[this.count - 1];
    const who = last && this.runs.length > 1 ? `${last.run.name}, ` : "";
    this.said.textContent = last
      ? `${last.event.at.toFixed(2)} s: ${who}${last.run.words(last.event)}`
      : "At the start";
  }

  show() {
    const ended = this.time >= this.seconds && this.count === this.events.length;
    this.figure.classList.toggle("is-played", !ended || this.frame !== null);
    // Who wants no motion sees the playhead go from event to event.
    const seen = this.events[this.count - 1]?.event.at ?? 0;
    const time = still.matches && !ended && this.frame !== null ? seen : this.time;
    const x = `${AXIS[0] + (AXIS[1] * time) / this.seconds}%`;
    this.playhead.setAttribute("x1", x);
    this.playhead.setAttribute("x2", x);
    this.scrubber.value = String(time);
    this.scrubber.setAttribute("aria-valuetext", `${time.toFixed(1)} seconds`);
    this.clock.textContent = `${time.toFixed(1)} s`;
    if (this.shown === this.count) return;
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

  /** What is pointed at in the drawing is marked in the code, and the other way round. */
  pointing() {
    const { code, svg } = this;
    if (!code) return;
    const shapes = [...svg.querySelectorAll("[data-lines]")];
    const linesOf = (/** @type {Element} */ shape) =>
      (shape.getAttribute("data-lines") ?? "").split(" ").filter(Boolean).map(Number);
    const mark = (/** @type {number | null} */ line) => {
      for (const shape of shapes) {
        shape.classList.toggle("pointed", line !== null && linesOf(shape).includes(line));
      }
      code.point(line === null ? [] : [line]);
    };
    svg.addEventListener("pointerover", (event) => {
      const shape = /** @type {Element} */ (event.target).closest("[data-lines]");
      code.point(shape ? linesOf(shape) : []);
    });
    svg.addEventListener("pointerleave", () => code.point([]));
    code.pre.addEventListener("pointermove", (event) => mark(code.lineAt(event.clientY)));
    code.pre.addEventListener("pointerleave", () => mark(null));
    // The keyboard does the same: up and down go from line to line of the code.
    code.pre.tabIndex = 0;
    let line = 0;
    const last = (code.code.textContent ?? "").trimEnd().split("\n").length + code.hidden.length;
    code.pre.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!by) return;
      event.preventDefault();
      line = Math.min(Math.max(line + by, 1), last);
      mark(line);
    });
    code.pre.addEventListener("blur", () => mark(null));
  }
}

/**
 * Puts each line of the output into an element of its own.
 * @param {HTMLElement} figure
 * @returns {HTMLElement[]}
 */
function splitLines(figure) {
  const code = figure.querySelector(".listing-output code");
  if (!code) return [];
  const lines = (code.textContent ?? "").replace(/\n$/, "").split("\n").map((text) => {
    const line = document.createElement("span");
    line.className = "line";
    line.textContent = `${text}\n`;
    return line;
  });
  code.replaceChildren(...lines);
  return lines;
}

for (const drawing of document.querySelectorAll(".timeline-drawing")) {
  const figure = drawing.closest("figure");
  if (figure) new Player(figure);
}
