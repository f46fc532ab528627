// The laboratory: controls for an experiment, the program that it stands for, and what that
// program does, which the page runs at once. The address has the settings.

import { addButton } from "./copy.js";
import { inSeconds } from "./draw.js";
import { make } from "./make.js";
import { playerFor } from "./player.js";
import { NAMES, RANGES, args, parse, print, program } from "./program.js";
import { runInWorker } from "./worker.js";

/** @import { Settings } from "./program.js" */
/** @import { Result } from "./worker.js" */

const MODULE = new URL("../wasm/laboratory.wasm", import.meta.url).href;

/** More than any experiment takes. */
const LIMITS = { seconds: 200 };

/**
 * A list of numbers to choose from.
 * @param {{min: number, max: number, step: number}} range
 * @param {string} label empty if it stands in one
 * @param {string} [unit]
 */
function numbers({ min, max, step }, label, unit = "") {
  const select = make("select", {});
  if (label) select.setAttribute("aria-label", label);
  for (let number = min; number <= max; number += step) select.add(new Option(`${number}${unit}`, String(number)));
  return select;
}

/** @type {[Settings["how"], string, string][]} */
const WAYS = [
  ["turn", "in turn", "each is awaited before the next begins"],
  ["join", "joined", "join!, or try_join! if one fails"],
  ["spawn", "spawned", "each is a task of its own"],
  ["limit", "a few at once", "buffer_unordered"],
];

/** @type {[Settings["wait"], string, string][]} */
const WAITS = [
  ["sleep", "they yield", "tokio::time::sleep(…).await"],
  ["block", "they block the thread", "std::thread::sleep(…)"],
];

/** The controls. */
class Controls {
  constructor() {
    this.count = numbers(RANGES.tasks, "How many tasks");
    this.tasks = [...NAMES].map((name) => ({
      waits: numbers(RANGES.waits, `How often ${name} waits`, " ×"),
      seconds: numbers(RANGES.seconds, `How long ${name} waits each time`, " s"),
    }));
    this.rows = this.tasks.map(({ waits, seconds }, index) =>
      make("li", {}, make("strong", {}, NAMES[index]), " waits ", waits, " ", seconds));
    this.ways = radios("how", WAYS);
    this.limit = numbers(RANGES.limit, "");
    this.few = make("label", {}, make("span", {}, "At most "), this.limit);
    this.waits = radios("wait", WAITS);
    this.work = make("input", { type: "range", ...texts(RANGES.work) });
    this.milliseconds = make("span", {});
    // The slider says it itself.
    this.milliseconds.setAttribute("aria-hidden", "true");
    this.fails = make("select", {});
    this.timeout = numbers(RANGES.timeout, "", " s");
    this.timeout.add(new Option("none", "none"), 0);
    this.problems = make("div", { className: "laboratory-problems" });
    this.problems.setAttribute("role", "status");
    const again = make("button", { type: "button", className: "laboratory-again" }, "Back to the first experiment");
    again.addEventListener("click", () => this.changed(parse("").settings));
    this.form = make("form", {},
      make("fieldset", {}, make("legend", {}, "Tasks: ", this.count), make("ul", {}, ...this.rows)),
      make("fieldset", {}, make("legend", {}, "They run"), ...labels(this.ways), this.few),
      make("fieldset", {}, make("legend", {}, "While they wait"), ...labels(this.waits)),
      make("fieldset", { className: "laboratory-more" }, make("legend", {}, "And"),
        make("label", {}, make("span", {}, "Computing before each wait "), this.milliseconds, this.work),
        make("label", {}, make("span", {}, "Fails after its first wait "), this.fails),
        make("label", {}, make("span", {}, "Time-out around all "), this.timeout)),
      again);
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", () => this.changed(this.read()));
  }

  /**
   * Is told when a reader has changed something.
   * @type {(settings: Settings) => void}
   */
  changed = () => {};

  /** @returns {Settings} */
  read() {
    const count = Number(this.count.value);
    const tasks = this.tasks.slice(0, count).map(({ waits, seconds }) =>
      ({ waits: Number(waits.value), seconds: Number(seconds.value) }));
    const fails = NAMES.indexOf(this.fails.value);
    return {
      tasks,
      how: /** @type {Settings["how"]} */ (checked(this.ways)),
      limit: Number(this.limit.value),
      wait: /** @type {Settings["wait"]} */ (checked(this.waits)),
      work: Number(this.work.value),
      fails: fails < 0 || fails >= count ? null : fails,
      timeout: this.timeout.value === "none" ? null : Number(this.timeout.value),
      as: null,
    };
  }

  /** @param {Settings} settings */
  show({ tasks, how, limit, wait, work, fails, timeout }) {
    this.count.value = String(tasks.length);
    this.rows.forEach((row, index) => { row.hidden = index >= tasks.length; });
    tasks.forEach(({ waits, seconds }, index) => {
      this.tasks[index].waits.value = String(waits);
      this.tasks[index].seconds.value = String(seconds);
    });
    for (const [value, input] of this.ways) input.checked = value === how;
    this.limit.value = String(limit);
    this.few.hidden = how !== "limit";
    for (const [value, input] of this.waits) input.checked = value === wait;
    this.work.value = String(work);
    this.milliseconds.textContent = work ? `${work} ms` : "none";
    this.work.setAttribute("aria-valuetext", this.milliseconds.textContent);
    const names = [...NAMES.slice(0, tasks.length)];
    this.fails.replaceChildren(new Option("nobody", "none"), ...names.map((name) => new Option(name)));
    this.fails.value = fails === null ? "none" : NAMES[fails];
    this.timeout.value = timeout === null ? "none" : String(timeout);
  }

  /** @param {string[]} problems with an address */
  say(problems) {
    const items = problems.map((problem) => make("li", {}, problem));
    const words = make("p", {}, "Not everything in the address is a setting. What is not is left as it was at first:");
    this.problems.replaceChildren(...(problems.length ? [words, make("ul", {}, ...items)] : []));
  }
}

/** @param {Record<string, number>} numbers */
function texts(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, String(number)]));
}

/**
 * @param {string} name
 * @param {[string, string, string][]} choices value, words, and what it is in the program
 * @returns {Map<string, HTMLInputElement>}
 */
function radios(name, choices) {
  return new Map(choices.map(([value, words, code]) => {
    const input = make("input", { type: "radio", name, value });
    make("label", {}, input, make("span", {}, make("strong", {}, words), " ", make("small", {}, code)));
    return [value, input];
  }));
}

/** @param {Map<string, HTMLInputElement>} radios */
function labels(radios) {
  return [...radios.values()].map((input) => /** @type {HTMLElement} */ (input.parentElement));
}

/** @param {Map<string, HTMLInputElement>} radios */
function checked(radios) {
  return [...radios].find(([, input]) => input.checked)?.[0];
}

/** What is colored in a program, as ci/src/highlight.rs does it in the book's own. */
const TOKENS = [
  ["comment", /\/\/.*/],
  ["attribute", /#\[.*\]/],
  ["string", /"(?:[^"\\]|\\.)*"/],
  ["macro", /\b[a-z_]+!/],
  ["keyword", /\b(?:async|await|fn|for|if|in|let|match|mut|return|self|use|while)\b/],
  ["type", /\b(?:[A-Z]\w*|str|u32|u64)\b/],
  ["function", /\b[a-z_]\w*(?=\()/],
  ["number", /\b\d+\b/],
];

const TOKEN = new RegExp(TOKENS.map(([name, { source }]) => `(?<${name}>${source})`).join("|"), "g");

/**
 * A program in color.
 * @param {string} source
 * @returns {(Node | string)[]}
 */
function colored(source) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let end = 0;
  for (const { 0: text, index, groups = {} } of source.matchAll(TOKEN)) {
    const [name] = Object.entries(groups).find(([, found]) => found !== undefined) ?? [""];
    parts.push(source.slice(end, index), make("span", { className: `hl-${name}` }, text));
    end = index + text.length;
  }
  parts.push(source.slice(end));
  return parts;
}

/**
 * What there is to see in a run.
 * @param {Settings} settings
 * @param {Result} result
 * @returns {string}
 */
function inWords({ tasks, work, as }, { end, timeline: { seconds, lanes, events } }) {
  const like = as === null ? "" : `Set up like ${as}: the same waits, in the same way. `;
  if ("stopped" in end) return `${like}It was stopped after ${inSeconds(seconds)}: it has reached the limit of its ${end.stopped}.`;
  if ("stuck" in end) return `${like}It is stuck: it waits, and nothing is left that could wake it.`;
  const all = tasks.reduce((sum, task) => sum + task.waits * (task.seconds + work / 1000), 0);
  const added = `${like}It takes ${inSeconds(seconds)}. One after the other, ${work ? "work and waits" : "the waits"} would take ${inSeconds(all)}.`;
  const polls = lanes.map(({ name }, lane) => {
    const count = events.filter((event) => event.lane === lane && event.what === "poll").length;
    return count ? `${name} ${count} ×` : "";
  }).filter(Boolean);
  return `${added} ${polls.length ? `Polled: ${polls.join(", ")}.` : "Nobody is polled: there is no future in it."}`;
}

/** The laboratory in its place. */
class Laboratory {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.controls = new Controls();
    this.words = make("p", { className: "laboratory-words" });
    this.words.setAttribute("role", "status");
    this.code = make("code", { className: "language-rust", tabIndex: 0 });
    const panel = make("div", { className: "listing-code" }, make("pre", {}, this.code));
    panel.dataset.language = "Rust";
    this.figure = make("figure", { className: "listing", id: "experiment" },
      make("figcaption", {},
        make("code", { className: "listing-name" }, "experiment"),
        make("span", { className: "listing-source" }, "src/main.rs")),
      panel);
    place.replaceChildren(this.controls.problems, this.controls.form, this.words, this.figure);
    place.classList.add("is-open");
    addButton(this.code);
    this.controls.changed = (settings) => {
      history.replaceState(history.state, "", `#${print(settings)}`);
      this.take(settings, []);
    };
    addEventListener("hashchange", () => this.follow());
    this.isVisible = false;
    this.follow();
    // A run costs a module; who only passes by needs none.
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      watch.disconnect();
      this.isVisible = true;
      this.run();
    });
    watch.observe(place);
  }

  /** Sets up what the address says, unless it is a place in the page. */
  follow() {
    const fragment = location.hash;
    const isSetup = fragment.includes("=");
    if (!isSetup && this.settings) return;
    const { settings, problems } = parse(isSetup ? fragment : "");
    this.take(settings, problems);
    if (isSetup) this.place.scrollIntoView();
  }

  /**
   * @param {Settings} settings
   * @param {string[]} problems
   */
  take(settings, problems) {
    this.settings = settings;
    this.controls.show(settings);
    this.controls.say(problems);
    const { source, lines } = program(settings);
    this.source = source;
    this.lines = lines;
    this.code.replaceChildren(...colored(source));
    if (this.isVisible) this.run();
  }

  async run() {
    const { settings, source, lines } = this;
    this.place.setAttribute("aria-busy", "true");
    try {
      const result = await runInWorker({ url: MODULE, source, args: args(settings, lines), limits: LIMITS });
      // Meanwhile there came another.
      if (settings !== this.settings) return;
      const player = playerFor(this.figure);
      await player.load([["experiment", result.timeline]], result.output, { follow: true });
      this.words.textContent = inWords(settings, result);
    } catch (error) {
      if (settings !== this.settings) return;
      const why = error instanceof Error ? error.message : String(error);
      this.words.textContent = `This browser could not run it: ${why}. In a crate of your own it runs all the same.`;
    }
    this.place.setAttribute("aria-busy", "false");
  }
}

const place = /** @type {HTMLElement | null} */ (document.querySelector("div.laboratory"));
if (place) new Laboratory(place);
