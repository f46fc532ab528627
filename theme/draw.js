// Draws runs as the pages are drawn: lanes under one axis, as SVG, and the same in words.
// ci/src/slices.rs and ci/src/svg.rs do it for the pages, to the same letter.

/**
 * @typedef {import("./run.js").Timeline} Timeline
 * @typedef {import("./run.js").Event} Event
 * @typedef {[string, Timeline][]} Runs runs with their names
 * @typedef {"polled" | "blocked" | "runs" | "waits" | "ready"} Doing
 * @typedef {{doing: Doing, from: number, to: number, lines: number[]}} Slice a stretch
 *   of time in which a lane does one thing
 * @typedef {{what: string, at: number, lines: number[]}} Mark a moment of a lane
 */

/** A poll that takes longer than this, in seconds, is drawn as blocked. */
const BLOCKED = 0.05;

/** Where the axis begins and how long it is, in percent of the width. */
const AXIS = [2.5, 94];

/** Heights in pixels: of the name of a run, of a lane, and of the axis. */
const [RUN, LANE, FOOT] = [26, 46, 24];

/** From the top of a lane to the middle of its line, and half of a bar, in pixels. */
const [MIDDLE, HALF] = [28, 8];

/** A bar narrower than this, in percent, has no room for a word. */
const ROOM = 14;

/** The steps that an axis can have, in seconds. */
const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** The shapes of moments, and how far below the middle of the lane. */
const SHAPES = new Map(/** @type {[string, [number, string]][]} */ ([
  ["spawn", [0, "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0"]],
  ["wake", [HALF, "M0,1L4,7H-4Z"]],
  ["print", [-HALF, "M-2,-3h4v2h-4z"]],
  ["done", [0, "M0,-5L5,0L0,5L-5,0Z"]],
  ["panic", [0, "M-5,-5L5,5M5,-5L-5,5"]],
  ["drop", [0, "M-4,-4L4,4M4,-4L-4,4"]],
]));

/**
 * What a lane does from an event on.
 * @type {Record<string, Doing | undefined>}
 */
const BEGINS = { spawn: "ready", poll: "polled", run: "runs", wait: "waits", wake: "ready" };

/**
 * Draws runs under one axis. A run in company has its name above its lanes.
 * @param {Runs} runs
 * @param {string} id unique in its page
 * @returns {string}
 */
export function draw(runs, id) {
  const length = Math.max(0, ...runs.map(([, run]) => run.seconds));
  const axis = new Axis(Math.max(0.05, length));
  let lanes = "";
  let y = 4;
  runs.forEach(([name, run], number) => {
    lanes += `<g class="run" data-run="${number}">\n`;
    if (runs.length > 1) {
      lanes += `<text class="run-name" x="${AXIS[0]}%" y="${y + 18}">${html(name)}: ${inSeconds(run.seconds)}</text>\n`;
      y += RUN;
    }
    for (const index of run.lanes.keys()) {
      lanes += drawLane(run, index, y, axis);
      y += LANE;
    }
    lanes += "</g>\n";
  });
  const names = runs.map(([name]) => name).join(", ");
  const title = `${runs.length > 1 ? "Timelines" : "Timeline"} of ${names}`;
  return `<svg class="timeline" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc" `
    + `width="100%" height="${y + FOOT}" data-seconds="${length}">\n`
    + `<title id="${id}-title">${html(title)}</title>\n`
    + `<desc id="${id}-desc">${html(inWords(runs).join(" "))}</desc>\n`
    + axis.draw(y) + lanes
    + `<line class="playhead" x1="${AXIS[0]}%" x2="${AXIS[0]}%" y1="0" y2="${y}"/>\n</svg>\n`;
}

/**
 * What the drawing shows, in sentences: one for each lane.
 * @param {Runs} runs
 * @returns {string[]}
 */
export function inWords(runs) {
  return runs.flatMap(([name, run]) => [
    ...(runs.length > 1 ? [`${name} takes ${inSeconds(run.seconds)}.`] : []),
    ...run.lanes.map((lane, index) => `${lane.name}: ${new Slices(run, index).inWords(lane.kind)}.`),
  ]);
}

/** The axis of time. */
class Axis {
  /** @param {number} length in seconds */
  constructor(length) {
    this.length = length;
  }

  /**
   * Where a moment is, in percent of the width.
   * @param {number} at
   * @returns {number}
   */
  x(at) {
    return hundredths(AXIS[0] + (AXIS[1] * at) / this.length);
  }

  /**
   * Seconds between two numbers: at most nine steps, and whole seconds for a run of two
   * seconds or more.
   * @returns {number}
   */
  step() {
    const least = this.length < 2 ? 0 : 1;
    return STEPS.find((step) => step >= least && this.length / step <= 9 + 1e-9) ?? 60;
  }

  /**
   * @param {number} y
   * @returns {string}
   */
  draw(y) {
    const step = this.step();
    const last = Math.floor(this.length / step + 1e-9);
    let axis = '<g class="axis" aria-hidden="true">\n';
    for (let number = 0; number <= last; number += 1) {
      const at = number * step;
      const x = this.x(at);
      // A number at the right edge would stand out over it.
      const edge = x > AXIS[1] ? ' class="edge"' : "";
      axis += `<line x1="${x}%" x2="${x}%" y1="0" y2="${y}"/>`
        + `<text${edge} x="${x}%" y="${y + 17}">${short(at)}${number === last ? " s" : ""}</text>\n`;
    }
    return `${axis}</g>\n`;
  }
}

/**
 * @param {Timeline} run
 * @param {number} index of the lane
 * @param {number} y its top
 * @param {Axis} axis
 * @returns {string}
 */
function drawLane(run, index, y, axis) {
  const lane = run.lanes[index];
  const { slices, marks } = new Slices(run, index);
  const spawned = lane.line === undefined ? "" : ` · line ${lane.line}`;
  const middle = y + MIDDLE;
  let svg = `<g class="lane ${lane.kind}" data-lane="${index}">\n`
    + `<text class="lane-name" x="${AXIS[0]}%" y="${y + 13}">${html(lane.name)}`
    + `<tspan class="lane-line">${spawned}</tspan></text>\n`;
  for (const { doing, from, to, lines } of slices) {
    const [left, right] = [axis.x(from), axis.x(to)];
    const data = `class="${doing}" data-lines="${lines.join(" ")}"`;
    if (doing === "polled") {
      svg += `<line class="polled" x1="${left}%" x2="${left}%" y1="${middle - HALF}" y2="${middle + HALF}"/>\n`;
    } else if (doing === "waits" || doing === "ready") {
      svg += `<line ${data} x1="${left}%" x2="${right}%" y1="${middle}" y2="${middle}"/>\n`;
    } else {
      const width = hundredths(right - left);
      const center = fixed(left + width / 2);
      svg += `<rect ${data} x="${left}%" width="${width}%" y="${middle - HALF}" height="${2 * HALF}" rx="2"/>`;
      if (width >= ROOM) svg += `<text class="word" x="${center}%" y="${middle + 4}">${doing}</text>`;
      svg += "\n";
    }
  }
  for (const { what, at, lines } of marks) {
    const [below, path] = SHAPES.get(what) ?? [0, ""];
    const places = what === "spawn" ? some(lane.line) : lines;
    svg += `<svg class="mark" x="${axis.x(at)}%" y="${middle + below}" width="1" height="1">`
      + `<path class="${what}" data-lines="${places.join(" ")}" d="${path}"/></svg>\n`;
  }
  return `${svg}</g>\n`;
}

/** What a lane does, from its beginning to its end. */
class Slices {
  /**
   * @param {Timeline} run
   * @param {number} lane its index
   */
  constructor(run, lane) {
    /** @type {Slice[]} */
    this.slices = [];
    /** @type {Mark[]} */
    this.marks = [];
    /** How often it was polled. */
    this.polls = 0;
    /** @type {Slice | null} what it has been doing since when; null while it isn't there */
    this.now = null;
    /** @type {Slice | null} where and since when its thread is stopped */
    this.stopped = null;
    /** @type {Slice[]} the stops of this turn so far */
    this.stops = [];
    for (const event of run.events) if (event.lane === lane) this.event(event);
    this.close(run.seconds);
  }

  /** @param {Event} event */
  event(event) {
    const { what, at } = event;
    if (SHAPES.has(what)) this.mark(event);
    if (what === "poll") this.polls += 1;
    // Woken in its own turn it is polled again; it has not waited yet.
    const doing = what === "wake" && this.now?.doing !== "waits" ? undefined : BEGINS[what];
    if (doing) {
      this.close(at);
      this.now = { doing, from: at, to: at, lines: event.lines ?? [] };
    } else if (what === "block" && isTurn(this.now)) {
      this.stopped = { doing: "blocked", from: at, to: at, lines: some(event.line) };
    } else if (what === "unblock") this.unblock(at);
    else if (["done", "panic", "drop"].includes(what)) this.close(at);
  }

  /**
   * Lines that are printed in one moment are one mark.
   * @param {Event} event
   */
  mark({ what, at, line }) {
    const lines = what === "print" ? some(line) : [];
    const last = this.marks.at(-1);
    if (what === "print" && last?.what === what && last.at === at) {
      last.lines.push(...lines.filter((line) => !last.lines.includes(line)));
    } else this.marks.push({ what, at, lines });
  }

  /** @param {number} at */
  unblock(at) {
    if (this.stopped) this.stops.push({ ...this.stopped, to: at });
    this.stopped = null;
  }

  /**
   * What it was doing is over now.
   * @param {number} at
   */
  close(at) {
    this.unblock(at);
    const { now, stops } = this;
    this.now = null;
    this.stops = [];
    if (!now) return;
    if (isTurn(now)) this.slices.push(...turn({ ...now, to: at }, stops));
    else if (at > now.from) this.slices.push({ ...now, to: at });
  }

  /**
   * For how long it did something, for each place in the program.
   * @param {Doing} doing
   * @returns {{seconds: number, lines: number[]}[]}
   */
  times(doing) {
    /** @type {Map<string, {seconds: number, lines: number[]}>} */
    const times = new Map();
    for (const { from, to, lines } of this.slices.filter((slice) => slice.doing === doing)) {
      const { seconds } = times.get(String(lines)) ?? { seconds: 0 };
      times.set(String(lines), { seconds: seconds + (to - from), lines });
    }
    return [...times.values()].filter(({ seconds }) => seconds >= BLOCKED);
  }

  /**
   * @param {string} kind of the lane
   * @returns {string} such as "polled 3 times, waited 2 seconds at line 10"
   */
  inWords(kind) {
    const words = [];
    if (this.polls > 0) words.push(this.polls === 1 ? "polled once" : `polled ${this.polls} times`);
    else if (kind === "task" || kind === "branch") words.push("never polled");
    const verbs = /** @type {[Doing, string][]} */ ([["runs", "ran for"], ["waits", "waited"],
      ["blocked", "blocked its thread for"], ["ready", "ready but not polled for"]]);
    for (const [doing, verb] of verbs) {
      for (const { seconds, lines } of this.times(doing)) {
        words.push(`${verb} ${inSeconds(seconds)}${atLines(lines)}`);
      }
    }
    const last = this.marks.at(-1);
    if (last?.what === "panic") words.push("panicked");
    else if (last?.what === "drop") words.push(`dropped after ${inSeconds(last.at)}`);
    else if (last?.what === "done") words.push(`done after ${inSeconds(last.at)}`);
    else words.push("never done");
    return words.join(", ");
  }
}

/** Whether the lane has its thread. */
const isTurn = (/** @type {Slice | null} */ slice) => slice?.doing === "polled" || slice?.doing === "runs";

/**
 * The slices of a turn: a short poll is one; a long one is cut where its thread was
 * stopped.
 * @param {Slice} whole
 * @param {Slice[]} stops
 * @returns {Slice[]}
 */
function turn(whole, stops) {
  const isLong = (/** @type {number} */ from, /** @type {number} */ to) => to - from > BLOCKED + 1e-9;
  if (whole.doing === "polled" && !isLong(whole.from, whole.to)) return [whole];
  /** @type {Doing} */
  const doing = whole.doing === "polled" ? "blocked" : whole.doing;
  const slices = [];
  let since = whole.from;
  for (const stop of stops.filter(({ from, to }) => isLong(from, to))) {
    if (isLong(since, stop.from)) slices.push({ ...whole, doing, from: since, to: stop.from });
    since = stop.to;
    slices.push(stop);
  }
  if (isLong(since, whole.to) || !slices.length) slices.push({ ...whole, doing, from: since });
  return slices;
}

/** @returns {number[]} */
const some = (/** @type {number | undefined} */ line) => (line === undefined ? [] : [line]);

/** @returns {string} " at line 3", " at lines 3 and 4", or nothing */
function atLines(/** @type {number[]} */ lines) {
  if (lines.length < 2) return lines.map((line) => ` at line ${line}`).join("");
  return ` at lines ${lines.slice(0, -1).join(", ")} and ${lines.at(-1)}`;
}

const hundredths = (/** @type {number} */ number) => Math.round(number * 100) / 100;

/**
 * Two decimals. Where a number lies in the middle between two, Rust takes the even one
 * and JavaScript the larger one; only odd eighths do.
 * @param {number} number
 * @returns {string}
 */
function fixed(number) {
  return ((number * 8) % 2 === 1 ? Math.round(number * 50) / 50 : number).toFixed(2);
}

/** At most two decimals, and none that are zero: "3", "0.3", "1.05". */
const short = (/** @type {number} */ seconds) => fixed(seconds).replace(/\.?0+$/, "");

/** As prose has it: "3 seconds". */
export function inSeconds(/** @type {number} */ seconds) {
  const number = short(seconds);
  return `${number} ${number === "1" ? "second" : "seconds"}`;
}

/** The text with the characters escaped that mean something in HTML. */
function html(/** @type {string} */ text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
