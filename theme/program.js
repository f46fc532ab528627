// An experiment of the laboratory: its settings, how an address has them, and the Rust
// program that they stand for, with the lines that ci/laboratory has to know.

/** The names of the tasks. */
export const NAMES = "ABCDEF";

/** The ways in which tasks run. */
export const WAYS = /** @type {const} */ (["turn", "join", "spawn", "limit"]);

/** What is between the least and the most that can be set. A wait is of whole seconds, work
 * of forties of milliseconds, and a time-out is half a second more than a whole one: so no
 * wait ends at the very moment of a time-out, where chance would decide. */
export const RANGES = {
  tasks: { min: 1, max: 6, step: 1 },
  waits: { min: 1, max: 5, step: 1 },
  seconds: { min: 1, max: 5, step: 1 },
  limit: { min: 1, max: 6, step: 1 },
  work: { min: 0, max: 480, step: 40 },
  timeout: { min: 0.5, max: 9.5, step: 1 },
};

/**
 * @typedef {{waits: number, seconds: number}} Task
 * @typedef {object} Settings
 * @property {Task[]} tasks how often each waits, and how long each time
 * @property {typeof WAYS[number]} how
 * @property {number} limit how many run at once, if `how` is "limit"
 * @property {"sleep" | "block"} wait whether the task waits, or blocks its thread
 * @property {number} work milliseconds of computing before each wait
 * @property {number | null} fails the index of the task that fails after its first wait
 * @property {number | null} timeout seconds for all of it
 * @property {string | null} as the listing that it is set up like
 */

/** @returns {Settings} two tasks that wait together */
export function defaults() {
  return {
    tasks: [{ waits: 2, seconds: 1 }, { waits: 3, seconds: 1 }],
    how: "spawn", limit: 2, wait: "sleep", work: 0, fails: null, timeout: null, as: null,
  };
}

/**
 * Whether a number is one of those that can be set.
 * @param {string} text
 * @param {{min: number, max: number, step: number}} range
 */
function within(text, { min, max, step }) {
  const number = Number(text);
  // Not "1e0", nor "01".
  const fits = String(number) === text && number >= min && number <= max && (number - min) % step === 0;
  return fits ? number : null;
}

/** @param {{min: number, max: number, step: number}} range */
function words({ min, max, step }) {
  return `a number from ${min} to ${max} in steps of ${step}`;
}

/**
 * What each name of an address sets; it answers what is wrong with the value, if anything.
 * @type {Record<string, (settings: Settings, value: string) => string | void>}
 */
const SETTINGS = {
  tasks(settings, value) {
    const { tasks, waits, seconds } = RANGES;
    const found = value.split(",");
    if (found.length > tasks.max) return `at most ${tasks.max} tasks, such as 2x1,3x1`;
    const read = found.map((text) => {
      const [often, long, ...more] = text.split("x");
      const task = { waits: within(often, waits), seconds: within(long ?? "", seconds) };
      return more.length || task.waits === null || task.seconds === null ? null : task;
    });
    if (read.includes(null)) {
      return `for each task how often and how long it waits, such as 2x1,3x1: ${words(waits)}, and ${words(seconds)}`;
    }
    settings.tasks = /** @type {Task[]} */ (read);
  },
  how: choice("how", WAYS),
  limit: range("limit"),
  wait: choice("wait", ["sleep", "block"]),
  work: range("work"),
  fails(settings, value) {
    const index = value.length === 1 ? NAMES.indexOf(value) : -1;
    if (value !== "none" && index < 0) return `none, or a task from A to ${NAMES.at(-1)}`;
    settings.fails = value === "none" ? null : index;
  },
  timeout(settings, value) {
    const seconds = within(value, RANGES.timeout);
    if (value !== "none" && seconds === null) {
      return `none, or ${words(RANGES.timeout)}, so that no wait ends at that very moment`;
    }
    settings.timeout = seconds;
  },
  as(settings, value) {
    if (!/^[a-z0-9-]+$/.test(value)) return "the name of a listing";
    settings.as = value;
  },
};

/**
 * @param {"how" | "wait"} name
 * @param {readonly string[]} choices
 */
function choice(name, choices) {
  return (/** @type {any} */ settings, /** @type {string} */ value) => {
    if (!choices.includes(value)) return `one of ${choices.join(", ")}`;
    settings[name] = value;
  };
}

/** @param {"limit" | "work"} name */
function range(name) {
  return (/** @type {Settings} */ settings, /** @type {string} */ value) => {
    const number = within(value, RANGES[name]);
    if (number === null) return words(RANGES[name]);
    settings[name] = number;
  };
}

/**
 * Reads the fragment of an address. What is wrong keeps its default, and is said.
 * @param {string} fragment with or without its `#`
 * @returns {{settings: Settings, problems: string[]}}
 */
export function parse(fragment) {
  const settings = defaults();
  /** @type {string[]} */
  const problems = [];
  for (const pair of fragment.replace(/^#/, "").split("&").filter(Boolean)) {
    const [name, ...rest] = pair.split("=");
    const value = decoded(rest.join("="));
    const set = Object.hasOwn(SETTINGS, name) ? SETTINGS[name] : undefined;
    const wrong = set
      ? set(settings, value)
      : `is no setting; those are ${Object.keys(SETTINGS).join(", ")}`;
    if (wrong) problems.push(set ? `${name}=${value} is not what it can be: ${wrong}` : `${name} ${wrong}`);
  }
  const { fails, tasks } = settings;
  if (fails !== null && fails >= tasks.length) {
    problems.push(`fails=${NAMES[fails]}: there is no task ${NAMES[fails]}`);
    settings.fails = null;
  }
  return { settings, problems };
}

/** @param {string} value */
function decoded(value) {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * Every setting as a text.
 * @param {Settings} settings
 * @returns {Record<string, string>}
 */
function texts({ tasks, how, limit, wait, work, fails, timeout, as }) {
  return {
    tasks: tasks.map(({ waits, seconds }) => `${waits}x${seconds}`).join(","),
    how,
    limit: String(limit),
    wait,
    work: String(work),
    fails: fails === null ? "none" : NAMES[fails],
    timeout: timeout === null ? "none" : String(timeout),
    as: as ?? "",
  };
}

/**
 * The fragment of an address, without its `#`: tasks and how they run, and what else is
 * not as it is by default.
 * @param {Settings} settings
 * @returns {string}
 */
export function print(settings) {
  const usual = texts(defaults());
  const shown = Object.entries(texts(settings)).filter(([name, text]) =>
    ["tasks", "how"].includes(name) || (name === "limit" ? settings.how === "limit" : text !== usual[name]));
  return shown.map(([name, text]) => `${name}=${text}`).join("&");
}

/**
 * Where in the program something is; several lines, if it is there for each task.
 * @typedef {Record<"step" | "wait" | "done" | "task" | "await" | "all" | "error" | "late" | "time", number[]>} Lines
 */

/** Writes a program, and remembers lines of it. */
class Writer {
  constructor() {
    /** @type {string[]} */
    this.text = [];
    /** @type {Lines} */
    this.lines = { step: [], wait: [], done: [], task: [], await: [], all: [], error: [], late: [], time: [] };
  }

  /**
   * @param {string} line
   * @param {keyof Lines} [what] it is
   */
  add(line, what) {
    this.text.push(line);
    if (what) this.lines[what].push(this.text.length);
  }
}

/** The result of what can fail. */
const RESULT = "Result<(), String>";

/**
 * The program of an experiment.
 * @param {Settings} settings
 * @returns {{source: string, lines: Lines}}
 */
export function program(settings) {
  const { tasks, how, wait, fails, timeout } = settings;
  const writer = new Writer();
  const isAsync = how !== "turn" || wait === "sleep" || timeout !== null;
  const canFail = fails !== null;
  writer.add(`//! Setup: ${print({ ...settings, as: null })}`);
  writer.add("");
  if (how === "limit") writer.add("use futures::stream::{self, StreamExt};");
  writer.add("use std::time::{Duration, Instant};");
  if (timeout !== null) writer.add("use tokio::time::timeout;");
  writer.add("");
  const call = writeWork(writer, settings, isAsync);
  writer.add("");
  const calls = tasks.map((task, index) => call(task, NAMES[index]));
  // Only what can fail, or end early, needs a function around all of it.
  const isWhole = canFail || timeout !== null;
  const [asynchronous, awaits] = isAsync ? ["async ", ".await"] : ["", ""];
  if (isWhole) {
    writer.add(`${asynchronous}fn all(start: Instant)${canFail ? ` -> ${RESULT}` : ""} {`);
    writeAll(writer, settings, calls, awaits);
    writer.add("}");
    writer.add("");
  }
  if (isAsync) writer.add('#[tokio::main(flavor = "current_thread")]');
  writer.add(`${asynchronous}fn main() {`);
  writer.add("    let start = Instant::now();");
  if (timeout !== null) {
    writer.add(`    let limit = Duration::from_millis(${timeout * 1000});`);
    if (canFail) {
      writer.add("    match timeout(limit, all(start)).await {", "all");
      writer.add("        Ok(Ok(())) => {}");
      writer.add('        Ok(Err(error)) => println!("Error: {error}"),', "error");
      writer.add('        Err(_) => println!("Timed out"),', "late");
    } else {
      writer.add("    if timeout(limit, all(start)).await.is_err() {", "all");
      writer.add('        println!("Timed out");', "late");
    }
    writer.add("    }");
  } else if (canFail) {
    writer.add(`    if let Err(error) = all(start)${awaits} {`, "all");
    writer.add('        println!("Error: {error}");', "error");
    writer.add("    }");
  } else {
    writeAll(writer, settings, calls, awaits);
  }
  writer.add('    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());', "time");
  writer.add("}");
  return { source: `${writer.text.join("\n")}\n`, lines: writer.lines };
}

/**
 * Writes the function of a task. What is the same for all tasks stands in it; what is not
 * is an argument.
 * @param {Writer} writer
 * @param {Settings} settings
 * @param {boolean} isAsync
 * @returns {(task: Task, name: string) => string} its call
 */
function writeWork(writer, { tasks, wait, work, fails }, isAsync) {
  const [{ waits, seconds }] = tasks;
  const sameWaits = tasks.every((task) => task.waits === waits);
  const sameSeconds = tasks.every((task) => task.seconds === seconds);
  const parameters = [
    "name: &str",
    sameWaits ? "" : "waits: u32",
    sameSeconds ? "" : "seconds: u64",
    "start: Instant",
  ].filter(Boolean).join(", ");
  const result = fails === null ? "" : ` -> ${RESULT}`;
  writer.add(`${isAsync ? "async " : ""}fn work(${parameters})${result} {`);
  const once = sameWaits && waits === 1;
  const indent = once ? "    " : "        ";
  if (!once) writer.add(`    for step in 1..=${sameWaits ? waits : "waits"} {`);
  const step = once ? "1" : "{step}";
  writer.add(`${indent}let now = start.elapsed().as_secs_f64();`);
  writer.add(`${indent}println!("{name}: step ${step} at {now:.1} s");`, "step");
  if (work > 0) {
    writer.add(`${indent}let end = Instant::now() + Duration::from_millis(${work});`);
    writer.add(`${indent}while Instant::now() < end {`);
    writer.add(`${indent}    std::hint::spin_loop();`);
    writer.add(`${indent}}`);
  }
  const long = `Duration::from_secs(${sameSeconds ? seconds : "seconds"})`;
  const sleep = wait === "sleep" ? `tokio::time::sleep(${long}).await` : `std::thread::sleep(${long})`;
  writer.add(`${indent}${sleep};`, "wait");
  if (fails !== null) {
    writer.add(`${indent}if name == "${NAMES[fails]}" {`);
    writer.add(`${indent}    return Err(format!("{name} failed"));`);
    writer.add(`${indent}}`);
  }
  if (!once) writer.add("    }");
  writer.add("    let now = start.elapsed().as_secs_f64();");
  writer.add('    println!("{name}: done at {now:.1} s");', "done");
  if (fails !== null) writer.add("    Ok(())");
  writer.add("}");
  return (task, name) => {
    const values = [`"${name}"`, sameWaits ? "" : task.waits, sameSeconds ? "" : task.seconds, "start"];
    return `work(${values.filter(Boolean).join(", ")})`;
  };
}

/**
 * Writes what starts all tasks and awaits them.
 * @param {Writer} writer
 * @param {Settings} settings
 * @param {string[]} calls
 * @param {string} awaits what stands behind a future
 */
function writeAll(writer, { how, limit, fails }, calls, awaits) {
  const variables = calls.map((_, index) => NAMES[index].toLowerCase());
  const canFail = fails !== null;
  const last = calls.length - 1;
  if (how === "turn") {
    // The result of the last is that of all.
    calls.forEach((call, index) => {
      const end = !canFail ? ";" : index < last ? "?;" : "";
      writer.add(`    ${call}${awaits}${end}`, "task");
    });
    return;
  }
  calls.forEach((call, index) => {
    const made = how === "spawn" ? `tokio::spawn(${call})` : call;
    writer.add(`    let ${variables[index]} = ${made};`, "task");
  });
  const list = variables.join(", ");
  if (how === "spawn") {
    variables.forEach((handle, index) => {
      const end = !canFail ? ";" : index < last ? "?;" : "";
      writer.add(`    ${handle}.await.unwrap()${end}`, "await");
    });
    return;
  }
  if (how === "join") {
    writer.add(canFail ? `    tokio::try_join!(${list})?;` : `    tokio::join!(${list});`, "await");
  } else {
    writer.add(`    let mut running = stream::iter([${list}]).buffer_unordered(${limit});`);
    if (canFail) {
      writer.add("    while let Some(result) = running.next().await {", "await");
      writer.add("        result?;");
      writer.add("    }");
    } else {
      writer.add("    while running.next().await.is_some() {}", "await");
    }
  }
  if (canFail) writer.add("    Ok(())");
}

/**
 * What the program behind the laboratory is called with.
 * @param {Settings} settings
 * @param {Lines} lines of the program that is shown
 * @returns {string[]}
 */
export function args(settings, lines) {
  const set = Object.entries(texts(settings)).map(([name, text]) => `${name}=${text}`);
  const places = Object.entries(lines).map(([name, numbers]) => `${name}=${numbers.join(",")}`);
  return ["laboratory", set.join("&"), places.join("&")];
}
