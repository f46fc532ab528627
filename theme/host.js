// Runs a listing that was compiled to WebAssembly, on a clock that only waiting moves, and
// writes down what happens: the same list of events that recording gives.
//
// The program asks its host for what it needs by the calls of WASI preview 1,
// https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md. Of those there are
// the ones that the standard library and a Tokio runtime of one thread make. The file is the
// script of a Web Worker, and Node runs it as it is.

/**
 * What a run may take.
 * @typedef {object} Limits
 * @property {number} seconds on the program's own clock
 * @property {number} events how many
 * @property {number} output characters
 */

/** @type {Limits} */
export const LIMITS = { seconds: 60, events: 20_000, output: 200_000 };

/**
 * How a run ended: with an exit status; or stopped, since it reached a limit; or stuck, since
 * it waits and nothing is left that could wake it.
 * @typedef {{exit: number} | {stopped: keyof Limits} | {stuck: true}} End
 *
 * @typedef {{at: number, lane: number, what: string, lines?: number[], line?: number,
 *   by?: number, text?: string}} Event
 * @typedef {{name: string, kind: string, parent?: number, line?: number}} Lane
 * @typedef {{seconds: number, exit: number | null, lanes: Lane[], events: Event[]}} Timeline
 */

/** Nanoseconds in a millisecond and in a second. */
const [MILLISECOND, SECOND] = [1_000_000n, 1_000_000_000n];

/** What a call answers: all is well, no such file, no such thing here. */
const [OK, BAD_FILE, UNSUPPORTED] = [0, 8, 52];

/** The streams of a program; the third is the recorder's. */
const [OUTPUT, ERRORS, EVENTS] = [1, 2, 3];

/** The first character of a recorder's line, as in ci/recorder/src/lib.rs. */
const MARK = "\u{1e}";

/** So many looks at the clock take a millisecond, if a program neither waits nor prints. */
const LOOKS = 1000;

/** What the clock shows at the start, in nanoseconds since 1970. */
const START = BigInt(Date.UTC(2026, 0, 1)) * MILLISECOND;

/** The standard library's words when the only thread waits for another to wake it. */
const STUCK = /library\/std\/src\/sys\/sync\/condvar\/no_threads\.rs/;

/** The section of a module that says which calls stand at which lines, as ci/src/places.rs makes it. */
const PLACES = "places";

/** Leaves the program, in the middle of a call. */
class Leave extends Error {
  /** @param {End} end */
  constructor(end) {
    super("the program is left");
    this.end = end;
  }
}

/** The program's surroundings: clock, streams, chance. */
class Host {
  /**
   * @param {Recording} recording
   * @param {Limits} limits
   * @param {string[]} args
   */
  constructor(recording, limits, args) {
    this.recording = recording;
    this.limits = limits;
    this.args = args.map((arg) => new TextEncoder().encode(`${arg}\0`));
    /** Nanoseconds since the start. */
    this.now = 0n;
    this.end = BigInt(Math.round(limits.seconds * 1e9));
    this.looks = 0;
    this.chance = 42;
    this.written = 0;
    this.decoders = [OUTPUT, ERRORS, EVENTS].map(() => new TextDecoder());
    this.events = "";
    /** What the standard library says when it is stuck is no output of the program. */
    this.errors = "";
    /** @type {WebAssembly.Memory | null} */
    this.memory = null;
    this.seen = new DataView(new ArrayBuffer(0));
    /** What the clock shows, as the two halves of a number: it is looked at very often. */
    this.clock = [0, 0];
    this.show();
  }

  get view() {
    const { buffer } = /** @type {WebAssembly.Memory} */ (this.memory);
    // A memory that grows has another buffer.
    if (this.seen.buffer !== buffer) this.seen = new DataView(buffer);
    return this.seen;
  }

  /** Sets the clock to what it is now. */
  show() {
    const now = START + this.now;
    this.clock = [Number(now & 0xffff_ffffn), Number(now >> 32n)];
  }

  /**
   * @param {number} at
   * @param {number} length
   */
  bytes(at, length) {
    return new Uint8Array(/** @type {WebAssembly.Memory} */ (this.memory).buffer, at, length);
  }

  /** @param {bigint} by nanoseconds */
  advance(by) {
    if (this.now + by > this.end) {
      this.now = this.end;
      this.recording.now = this.limits.seconds;
      throw new Leave({ stopped: "seconds" });
    }
    this.now += by;
    this.show();
    this.recording.now = Number(this.now) / 1e9;
  }

  /**
   * @param {number} stream
   * @param {Uint8Array} bytes
   */
  write(stream, bytes) {
    const text = this.decoders[stream - 1].decode(bytes, { stream: true });
    if (stream === EVENTS) {
      const lines = (this.events + text).split("\n");
      this.events = lines.pop() ?? "";
      for (const line of lines) this.recording.marked(line.slice(MARK.length));
    } else {
      this.looks = 0;
      this.written += text.length;
      if (stream === ERRORS) this.errors += text;
      this.recording.printed(text);
    }
    if (this.written > this.limits.output) throw new Leave({ stopped: "output" });
    if (this.recording.events.length > this.limits.events) throw new Leave({ stopped: "events" });
  }

  /** The calls that a program can make. */
  get calls() {
    return {
      args_sizes_get: (/** @type {number} */ count, /** @type {number} */ size) => {
        this.view.setUint32(count, this.args.length, true);
        this.view.setUint32(size, this.args.reduce((sum, arg) => sum + arg.length, 0), true);
        return OK;
      },
      args_get: (/** @type {number} */ pointers, /** @type {number} */ at) => {
        this.args.forEach((arg, index) => {
          this.view.setUint32(pointers + 4 * index, at, true);
          this.bytes(at, arg.length).set(arg);
          at += arg.length;
        });
        return OK;
      },
      environ_sizes_get: (/** @type {number} */ count, /** @type {number} */ size) => {
        this.view.setUint32(count, 0, true);
        this.view.setUint32(size, 0, true);
        return OK;
      },
      environ_get: () => OK,
      clock_time_get: (/** @type {number} */ _clock, /** @type {bigint} */ _precision, /** @type {number} */ at) => {
        // Who does nothing but look at the clock would look for ever if only waiting moved it.
        this.looks += 1;
        if (this.looks === LOOKS) {
          this.looks = 0;
          this.advance(MILLISECOND);
        }
        const { view, clock } = this;
        view.setUint32(at, clock[0], true);
        view.setUint32(at + 4, clock[1], true);
        return OK;
      },
      clock_res_get: (/** @type {number} */ _clock, /** @type {number} */ at) => {
        this.view.setBigUint64(at, 1n, true);
        return OK;
      },
      // The same numbers in every run: xorshift, https://www.jstatsoft.org/article/view/v008i14.
      random_get: (/** @type {number} */ at, /** @type {number} */ length) => {
        const bytes = this.bytes(at, length);
        for (let index = 0; index < length; index += 1) {
          this.chance ^= this.chance << 13;
          this.chance ^= this.chance >>> 17;
          this.chance ^= this.chance << 5;
          bytes[index] = this.chance;
        }
        return OK;
      },
      fd_write: (/** @type {number} */ stream, /** @type {number} */ pieces, /** @type {number} */ count, /** @type {number} */ at) => {
        if (stream < OUTPUT || stream > EVENTS) return BAD_FILE;
        let written = 0;
        for (let index = 0; index < count; index += 1) {
          const piece = pieces + 8 * index;
          const length = this.view.getUint32(piece + 4, true);
          this.write(stream, this.bytes(this.view.getUint32(piece, true), length));
          written += length;
        }
        this.view.setUint32(at, written, true);
        return OK;
      },
      // Standard input is at its end.
      fd_read: (/** @type {number} */ _stream, /** @type {number} */ _pieces, /** @type {number} */ _count, /** @type {number} */ at) => {
        this.view.setUint32(at, 0, true);
        return OK;
      },
      fd_prestat_get: () => BAD_FILE,
      fd_close: () => OK,
      sched_yield: () => OK,
      proc_exit: (/** @type {number} */ exit) => {
        throw new Leave({ exit });
      },
      poll_oneoff: (/** @type {number} */ wanted, /** @type {number} */ happened, /** @type {number} */ count, /** @type {number} */ at) => {
        // A program asks for the first of several things; the only ones here are times.
        /** @type {{wait: bigint, wanted: number} | null} */
        let first = null;
        for (let index = 0; index < count; index += 1) {
          const one = wanted + 48 * index;
          if (this.view.getUint8(one + 8) !== 0) continue;
          const isTime = this.view.getUint16(one + 40, true) & 1;
          const wait = this.view.getBigUint64(one + 24, true) - (isTime ? START + this.now : 0n);
          if (first === null || wait < first.wait) first = { wait, wanted: one };
        }
        if (first === null) return UNSUPPORTED;
        this.looks = 0;
        if (first.wait > 0n) this.advance(first.wait);
        this.bytes(happened, 32).fill(0);
        this.view.setBigUint64(happened, this.view.getBigUint64(first.wanted, true), true);
        this.view.setUint32(at, 1, true);
        return OK;
      },
    };
  }
}

/** What a run does, as ci/src/record.rs writes it down natively. */
class Recording {
  /**
   * @param {string[]} source the lines of the program, for the names of its lanes
   * @param {Places} places
   */
  constructor(source, places) {
    this.source = source;
    this.places = places;
    /** Seconds since the start. */
    this.now = 0;
    /** @type {Lane[]} */
    this.lanes = [{ name: "main", kind: "main" }];
    /** The index of a lane by the recorder's number. */
    this.index = new Map([["0", 0]]);
    /** @type {Event[]} */
    this.events = [];
    /** The lines at which each lane waited last. @type {number[][]} */
    this.waits = [];
    /** The lanes whose turn it is, the innermost last, and where they keep their wakers.
     * @type {{lane: number, keeps: Call[][]}[]} */
    this.turns = [];
    this.unfinished = "";
    /** Whose the lines are that are printed next, where they are printed, and how many. */
    this.printing = { lane: 0, line: /** @type {number | undefined} */ (undefined), left: 0 };
  }

  /** @param {string} text of the program itself */
  printed(text) {
    const lines = (this.unfinished + text).split("\n");
    this.unfinished = lines.pop() ?? "";
    for (const line of lines) this.print(line);
  }

  /** @param {string} text a line */
  print(text) {
    text = text.replace(THREAD, "$1 panicked at ");
    const { lane, line, left } = this.printing;
    if (left > 0) this.printing.left -= 1;
    const whose = left > 0 ? lane : this.turns.at(-1)?.lane ?? 0;
    this.push(whose, "print", { text, ...(left > 0 && line ? { line } : {}) });
  }

  /**
   * @param {number} lane
   * @param {string} what
   * @param {Partial<Event>} more
   */
  push(lane, what, more = {}) {
    this.events.push({ at: this.now, lane, what, ...more });
  }

  /** @param {string} line of the recorder */
  marked(line) {
    const [, word, ...fields] = line.split("\t");
    if (word === "spawn") return this.spawn(fields);
    const lane = this.index.get(fields[0]);
    if (word === "print") {
      const turn = this.turns.at(-1)?.lane ?? 0;
      this.printing = { lane: lane ?? turn, line: Number(fields[1]), left: Number(fields[2]) };
      return;
    }
    if (lane === undefined) return;
    const turn = this.turns.findLastIndex((turn) => turn.lane === lane);
    switch (word) {
      case "poll":
      case "run":
        this.turns.push({ lane, keeps: [] });
        this.push(lane, word);
        break;
      case "keep": {
        const { keeps } = this.turns[turn] ?? { keeps: [] };
        // A program that is not the one that is shown says at which of its lines it awaits.
        const here = fields[1]
          ? fields[1].split(",").map((line) => ({ owner: "{}", line: Number(line), column: 0 }))
          : this.places.here();
        const still = keeps.filter((path) => !isLeft(path, here));
        keeps.splice(0, keeps.length, ...still, here);
        break;
      }
      case "wait": {
        const keeps = this.turns[turn]?.keeps ?? [];
        const lines = [...new Set(keeps.flatMap((path) => path.at(-1)?.line ?? []))];
        // If nothing moved it on it waits where it was.
        if (lines.length) this.waits[lane] = lines.sort((a, b) => a - b);
        const waits = this.waits[lane] ?? [];
        this.turns.splice(turn, turn < 0 ? 0 : 1);
        this.push(lane, word, waits.length ? { lines: waits } : {});
        break;
      }
      case "wake": {
        const by = this.index.get(fields[1]);
        this.push(lane, word, by === undefined ? {} : { by });
        break;
      }
      case "block":
        this.push(lane, word, Number(fields[1]) ? { line: Number(fields[1]) } : {});
        break;
      case "done":
      case "panic":
        this.turns.splice(turn, turn < 0 ? 0 : 1);
        this.push(lane, word);
        break;
      case "unblock":
      case "drop":
        this.push(lane, word);
    }
  }

  /**
   * Takes back what was printed from a line on, with the empty line above it: it was the
   * standard library's, and not the program's.
   * @param {RegExp} from
   */
  forget(from) {
    this.unfinished = "";
    const texts = this.events.map(({ text }) => text ?? "");
    const line = texts.findIndex((text) => from.test(text));
    if (line < 0) return;
    const first = texts[line - 1] === "" && this.events[line - 1]?.what === "print" ? line - 1 : line;
    this.events = this.events.filter(({ what }, index) => index < first || what !== "print");
  }

  /** @param {string[]} fields */
  spawn([id, parent, kind, line, name]) {
    this.index.set(id, this.lanes.length);
    const of = this.index.get(parent);
    this.lanes.push({
      name,
      kind,
      ...(of === undefined ? {} : { parent: of }),
      ...(Number(line) ? { line: Number(line) } : {}),
    });
    this.push(this.lanes.length - 1, "spawn");
  }

  /**
   * @param {End} end
   * @returns {Timeline}
   */
  timeline(end) {
    if (this.unfinished) this.print(this.unfinished);
    this.unfinished = "";
    const exit = "exit" in end ? end.exit : null;
    // The main function of a program that polls no future runs from start to end.
    if (!this.events.some((event) => event.lane === 0 && event.what === "poll")) {
      this.events.unshift({ at: 0, lane: 0, what: "run" });
      if (exit !== null) this.push(0, exit === PANICKED ? "panic" : "done");
    }
    const lanes = named(this.lanes, this.source);
    return { seconds: this.now, exit, lanes, events: this.events };
  }
}

/** How a panic's message begins, with a number of the thread that says nothing to a reader. */
const THREAD = /^(thread '.*') \(\d+\) panicked at /;

/** The exit status of a Rust program that panicked. */
const PANICKED = 101;

/**
 * The lanes by the names that the reader knows, as in ci/src/record.rs: that of the variable
 * in the line that spawned it, or the expression of a branch; with a number if several have
 * the same.
 * @param {Lane[]} lanes
 * @param {string[]} source
 * @returns {Lane[]}
 */
function named(lanes, source) {
  const names = lanes.map(({ name, kind, line }) => {
    if (kind === "main") return kind;
    if (kind === "branch") return /^\d*$/.test(name) ? kind : shortened(name);
    const variable = /^\s*let (?:mut )?([\p{L}\p{N}_]+)[^\p{L}\p{N}_]/u.exec(source[(line ?? 0) - 1] ?? "");
    return variable ? `${kind} ${variable[1]}` : kind;
  });
  return lanes.map((lane, index) => {
    const name = names[index];
    const same = names.filter((other) => other === name).length;
    const number = names.slice(0, index + 1).filter((other) => other === name).length;
    return { ...lane, name: same > 1 ? `${name} ${number}` : name };
  });
}

/** The longest name of a branch, in characters. */
const LONGEST_NAME = 24;

/** @param {string} name */
function shortened(name) {
  const letters = [...name.split(/\s+/).filter(Boolean).join(" ")];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join("")}…` : letters.join("");
}

/**
 * A call in the program's own file: in which function, and where.
 * @typedef {{owner: string, line: number, column: number}} Call
 */

/**
 * Whether whoever is at `now` can no longer be at `then`: the same async function has moved
 * on. The rule is that of ci/recorder/src/waits.rs.
 * @param {Call[]} then
 * @param {Call[]} now
 * @returns {boolean}
 */
function isLeft(then, now) {
  const index = then.findIndex((call, index) =>
    !now[index] || call.owner !== now[index].owner || call.line !== now[index].line || call.column !== now[index].column);
  if (index < 0 || !now[index]) return false;
  const { owner } = then[index];
  return owner === now[index].owner && owner.endsWith("}");
}

/** Which calls of a module are in the program's own file. */
class Places {
  /** @param {WebAssembly.Module} module */
  constructor(module) {
    /** Whether the browser says where in the module a call stands. */
    this.sees = false;
    /** By the offset of the call in the module, the innermost first. @type {Map<number, Call[]>} */
    this.calls = new Map();
    const [section] = WebAssembly.Module.customSections(module, PLACES);
    if (!section) return;
    /** @type {{paths: [string, number, number][][], calls: [number, number][]}} */
    const { paths, calls } = JSON.parse(new TextDecoder().decode(section));
    let offset = 0;
    for (const [step, path] of calls) {
      offset += step;
      this.calls.set(offset, paths[path].map(([owner, line, column]) => ({ owner, line, column })));
    }
  }

  /**
   * Where the program is: the calls in its own file, the outermost first. None in a browser
   * that does not say where in a module a function is.
   * @returns {Call[]}
   */
  here() {
    const stack = new Error().stack ?? "";
    const offsets = [...stack.matchAll(/wasm-function\[\d+\]:0x([0-9a-f]+)/g)];
    this.sees ||= offsets.length > 0;
    return offsets.flatMap(([, offset]) => this.calls.get(parseInt(offset, 16)) ?? []).reverse();
  }
}

/**
 * Runs a program to its end.
 * @param {WebAssembly.Module} module
 * @param {{source?: string, args?: string[], limits?: Partial<Limits>}} how
 * @returns {Promise<{end: End, timeline: Timeline, output: string, sees: boolean}>} `sees`:
 *   whether the lines at which lanes wait could be seen
 */
export async function run(module, { source = "", args = ["listing"], limits = {} } = {}) {
  Error.stackTraceLimit = 200;
  const places = new Places(module);
  const recording = new Recording(source.split("\n"), places);
  const host = new Host(recording, { ...LIMITS, ...limits }, args);
  const wasi = new Proxy(/** @type {Record<string, Function>} */ (host.calls), {
    get: (calls, name) => calls[String(name)] ?? (() => UNSUPPORTED),
  });
  const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi });
  host.memory = /** @type {WebAssembly.Memory} */ (instance.exports.memory);
  /** @type {End} */
  let end = { exit: 0 };
  try {
    /** @type {() => void} */ (instance.exports._start)();
  } catch (error) {
    if (error instanceof Leave) end = error.end;
    // A panic ends a program here at once.
    else if (error instanceof WebAssembly.RuntimeError) end = STUCK.test(host.errors) ? { stuck: true } : { exit: PANICKED };
    else throw error;
  }
  if ("stuck" in end) recording.forget(STUCK);
  const timeline = recording.timeline(end);
  const lines = timeline.events.filter(({ what }) => what === "print");
  const output = lines.map(({ text }) => `${text}\n`).join("");
  // A run in which nobody waited has shown all there is.
  const sees = places.sees || !timeline.events.some(({ what }) => what === "wait");
  return { end, timeline, output, sees };
}

/**
 * What a page asks of its worker, and what it gets: first that the program starts, then what
 * came of it.
 * @param {MessageEvent} message
 */
async function answer({ data: { id, module, ...how } }) {
  postMessage({ id, starts: true });
  try {
    postMessage({ id, ...await run(module, how) });
  } catch (error) {
    postMessage({ id, error: String(error) });
  }
}

if ("WorkerGlobalScope" in globalThis) addEventListener("message", answer);
