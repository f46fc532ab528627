// A recorded run: its events in order, and where each lane stands after some of them.
// The events are those of a listing's timeline.json; ci/src/timeline.rs describes them.

/**
 * @typedef {{name: string, kind: string, parent?: number, line?: number}} Lane
 * @typedef {{at: number, lane: number, what: string, lines?: number[], line?: number,
 *   by?: number, text?: string}} Event
 * @typedef {{seconds: number, exit?: number | null, lanes: Lane[], events: Event[]}} Timeline
 * @typedef {{doing: "runs" | "waits" | "blocked" | "ready", lines: number[]}} Stand
 */

/** A run with its name. */
export class Run {
  /**
   * @param {string} name
   * @param {Timeline} timeline
   */
  constructor(name, timeline) {
    this.name = name;
    this.seconds = timeline.seconds;
    this.lanes = timeline.lanes;
    this.events = timeline.events;
  }

  /**
   * Where each lane stands after the first `count` events; nothing for a lane that
   * isn't there yet or no more.
   * @param {number} count
   * @returns {(Stand | undefined)[]}
   */
  stands(count) {
    /** @type {(Stand | undefined)[]} */
    const stands = [];
    for (const event of this.events.slice(0, count)) {
      const before = stands[event.lane];
      stands[event.lane] = after(event, before, this.lanes[event.lane]);
    }
    return stands;
  }

  /**
   * The place in the program that an event is about.
   * @param {Event} event
   * @returns {number[]}
   */
  lines(event) {
    if (event.what === "spawn") return some(this.lanes[event.lane].line);
    return event.lines ?? some(event.line);
  }

  /**
   * @param {Event} event
   * @returns {string} such as "task a waits at line 10"
   */
  words(event) {
    return `${this.lanes[event.lane].name} ${this.what(event)}`;
  }

  /**
   * @param {Event} event
   * @returns {string}
   */
  what(event) {
    const lines = this.lines(event);
    const place = lines.length ? ` at line ${lines.join(" and ")}` : "";
    switch (event.what) {
      case "spawn": return `is spawned${place}`;
      case "poll": return "is polled";
      case "run": return "runs";
      case "wait": return `waits${place}`;
      case "wake": return event.by === undefined
        ? "is woken"
        : `is woken by ${this.lanes[event.by].name}`;
      case "block": return `blocks its thread${place}`;
      case "unblock": return "goes on";
      case "print": return event.text ? `prints: ${event.text}` : "prints an empty line";
      case "done": return "is done";
      case "panic": return "panics";
      default: return "is dropped";
    }
  }
}

/**
 * @param {number | undefined} line
 * @returns {number[]}
 */
function some(line) {
  return line === undefined ? [] : [line];
}

/**
 * @param {Event} event
 * @param {Stand | undefined} before
 * @param {Lane} lane
 * @returns {Stand | undefined}
 */
function after(event, before, lane) {
  const lines = before?.lines ?? [];
  switch (event.what) {
    case "spawn": return { doing: "ready", lines: some(lane.line) };
    case "poll":
    case "run":
    case "unblock": return { doing: "runs", lines };
    case "wait": return { doing: "waits", lines: event.lines ?? lines };
    case "wake": return before?.doing === "waits" ? { doing: "ready", lines } : before;
    case "block": return { doing: "blocked", lines: some(event.line) };
    case "print": {
      const at = event.line === undefined ? lines : [event.line];
      return { doing: before?.doing ?? "runs", lines: at };
    }
    default: return undefined;
  }
}
