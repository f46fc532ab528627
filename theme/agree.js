// Whether a run that was made in the page is the one that the page shows: the rule by which
// ci/src/timeline.rs and ci/src/judge.rs compare two runs.

/** @import { Event, Timeline } from "./host.js" */

/**
 * The events of a lane, in which those wakes that came out of nowhere in the middle of a turn
 * stand after it; without them, if it was the last turn.
 * @param {Event[]} own
 * @returns {Event[]}
 */
function withWakesAfterTurns(own) {
  /** @type {Event[]} */
  const ordered = [];
  /** @type {Event[]} */
  let late = [];
  let inTurn = false;
  for (const event of own) {
    const ends = ["wait", "done", "panic", "drop"].includes(event.what);
    if (event.what === "wake" && event.by === undefined && inTurn) {
      late.push(event);
      continue;
    }
    ordered.push(event);
    if (event.what === "wait") ordered.push(...late);
    if (ends) late = [];
    inTurn = event.what === "poll" || (inTurn && !ends);
  }
  return ordered;
}

/**
 * The events of a lane, but for polls in which it did nothing and waits where it waited
 * before, and the wakes for them: how many there are depends on which of two timers of one moment is a hair ahead.
 * @param {Timeline} run
 * @param {number} lane
 * @returns {Event[]}
 */
function withoutIdlePolls(run, lane) {
  const own = withWakesAfterTurns(run.events.filter((event) => event.lane === lane));
  /** @type {Event[]} */
  const kept = [];
  let waits = "";
  let idle = false;
  for (let index = 0; index < own.length; index += 1) {
    const event = own[index];
    const next = own[index + 1];
    const lines = (/** @type {Event} */ event) => `at ${event.lines ?? ""}`;
    if (event.what === "poll" && next?.what === "wait" && lines(next) === waits) {
      index += 1;
      idle = true;
      continue;
    }
    if (event.what === "wait") waits = lines(event);
    const last = kept.at(-1);
    if (event.what !== "wake" || last?.what !== "wake") kept.push(event);
    // The poll before was for nothing, and this one is for something.
    else if (idle) kept.splice(-1, 1, { ...last, at: event.at });
    idle = false;
  }
  return kept;
}

/**
 * An event without its time, for comparing.
 * @param {Timeline} run
 * @param {Event | undefined} event
 * @param {boolean} withLines whether the lines at which it waits count
 */
function words(run, event, withLines) {
  if (!event) return "nothing more";
  const { what, lines = [], line, by, text } = event;
  const who = by === undefined ? "" : run.lanes[by].name;
  return [what, withLines ? lines.join() : "", line ?? "", who, text ?? ""].join(" ").trim();
}

/**
 * What differs between the recorded run and another, in a sentence; nothing if they agree. What
 * each lane does, and when, must agree; in what order the lanes have their turns at one moment
 * is for the runtime to choose.
 * @param {Timeline} recorded
 * @param {Timeline} run
 * @param {{tolerance: number, sees?: boolean}} how `tolerance`: how far two times may lie apart,
 *   in seconds; `sees`: whether it was seen where lanes wait
 * @returns {string}
 */
export function difference(recorded, run, { tolerance, sees = true }) {
  if (recorded.exit !== run.exit) {
    return `it ended with status ${run.exit ?? "none"}, not with ${recorded.exit ?? "none"}`;
  }
  // One that never ends is stopped: there by its time-out, here as soon as nothing can happen
  // anymore.
  const isStopped = recorded.exit === null && run.seconds < recorded.seconds;
  if (!isStopped && Math.abs(recorded.seconds - run.seconds) > tolerance) {
    return `it took ${run.seconds} seconds, not ${recorded.seconds}`;
  }
  const lane = (/** @type {Timeline} */ { lanes }, /** @type {number} */ index) => {
    const { name, kind, parent, line } = lanes[index] ?? {};
    return [name, kind, parent, line].join(" ");
  };
  for (let index = 0; index < Math.max(recorded.lanes.length, run.lanes.length); index += 1) {
    const [wanted, found] = [lane(recorded, index), lane(run, index)];
    if (wanted !== found) return `lane ${index + 1} is “${found}”, not “${wanted}”`;
    const [before, now] = [withoutIdlePolls(recorded, index), withoutIdlePolls(run, index)];
    for (let number = 0; number < Math.max(before.length, now.length); number += 1) {
      const [old, event] = [before[number], now[number]];
      const [wanted, found] = [words(recorded, old, sees), words(run, event, sees)];
      const { name } = run.lanes[index];
      if (wanted !== found) return `${name}: “${found}”, not “${wanted}”`;
      if (Math.abs(old.at - event.at) > tolerance) {
        return `${name}: “${found}” after ${event.at} seconds, not ${old.at}`;
      }
    }
  }
  return "";
}
