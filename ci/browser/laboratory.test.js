// The laboratory: what it runs is what it says, and what it shows is a program that does the
// same; its links and controls.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { before, describe, test } from "node:test";
import { PAGES, ROOT } from "./book.js";
import { forecast, settingsFrom } from "./experiments.js";
import { run } from "../../theme/host.js";
import { args, defaults, parse, print, program } from "../../theme/program.js";

/** @import { Settings } from "../../theme/program.js" */

const MODULE = join(ROOT, "book/wasm/laboratory.wasm");

/** The folders of the listings. */
const PARTS = ["three-ways", "pieces", "inside"];

/** How large it may be, in bytes as a server sends it. */
const LARGEST = 90_000;

/** How many lines a program has at most: that of six tasks with everything. */
const LONGEST = 49;

/** So many random experiments are run. */
const MANY = 240;

/** @type {WebAssembly.Module} */
let module;
before(async () => {
  assert.ok(existsSync(MODULE), "`cargo run -- build --wasm` makes it");
  const bytes = readFileSync(MODULE);
  assert.ok(gzipSync(bytes).length < LARGEST, `${gzipSync(bytes).length} bytes compressed`);
  module = await WebAssembly.compile(bytes);
});

/**
 * Runs an experiment as the page does.
 * @param {Settings} settings
 */
async function experiment(settings) {
  const { source, lines } = program(settings);
  const result = await run(module, { source, args: args(settings, lines), limits: { seconds: 200 } });
  return { ...result, source, lines };
}

/**
 * What is wrong with the lines that the events of a run speak of: each is that of the
 * program which does what the event says.
 * @param {Awaited<ReturnType<typeof experiment>>} ran
 */
function wrongLines({ source, timeline: { lanes, events } }) {
  const text = source.split("\n");
  const at = (/** @type {number} */ line) => text[line - 1] ?? "";
  /** @type {string[]} */
  const wrong = [];
  const expect = (/** @type {number | undefined} */ line, /** @type {RegExp} */ words, /** @type {string} */ what) => {
    if (line === undefined || !words.test(at(line))) wrong.push(`${what} at line ${line}: ${at(line ?? 0)}`);
  };
  for (const { kind, name, line } of lanes) {
    if (kind === "task") expect(line, new RegExp(`let ${name.replace("task ", "")} = tokio::spawn`), name);
    if (kind === "branch") expect(line, /join!\(|let \w = work/, name);
  }
  for (const { lane, what, line, lines: waits = [], text: said = "" } of events) {
    if (what === "print") {
      const [, kind] = /(step|done|Error|Timed|Time)/.exec(said) ?? [];
      expect(line, new RegExp(`println!.*${kind}`), said);
    }
    if (what === "block") expect(line, /std::thread::sleep/, "block");
    if (what !== "wait") continue;
    if (!waits.length) wrong.push("a wait without a line");
    for (const wait of waits) {
      const words = lanes[lane].kind === "main" ? /await|join!/ : /tokio::time::sleep\(.*\.await/;
      expect(wait, words, `wait of ${lanes[lane].name}`);
    }
  }
  return wrong;
}

test(`${MANY} random experiments do what was worked out without Tokio`, async () => {
  const next = settingsFrom(7);
  const start = performance.now();
  /** @type {Set<string>} */
  const kinds = new Set();
  for (let count = 0; count < MANY; count += 1) {
    const settings = next();
    const address = print(settings);
    const ran = await experiment(settings);
    const wanted = forecast(settings);
    assert.deepEqual(ran.end, { exit: 0 }, address);
    assert.equal(Math.round(ran.timeline.seconds * 1000), wanted.end, address);
    assert.deepEqual(ran.output.trimEnd().split("\n"), wanted.output, address);
    const { lanes, events } = ran.timeline;
    const starts = events.flatMap(({ what, text = "" }) => what === "print" && text.includes("step 1 ") ? text[0] : []);
    assert.deepEqual(starts, wanted.starts, address);
    if (wanted.polls) {
      const polls = lanes.map((_, lane) => events.filter((event) => event.lane === lane && event.what === "poll").length);
      assert.deepEqual(polls.slice(1), wanted.polls.slice(0, lanes.length - 1), address);
      assert.ok(wanted.polls.slice(lanes.length - 1).every((polls) => polls === 0), address);
    }
    assert.deepEqual(wrongLines(ran), [], address);
    assert.ok(ran.source.trimEnd().split("\n").length <= LONGEST && ran.source.split("\n").every((line) => line.length <= 100), address);
    kinds.add([settings.how, settings.wait, settings.fails === null, settings.timeout === null].join());
  }
  assert.equal(kinds.size, 32, "a kind of experiment was left out");
  console.log(`${MANY} experiments in ${((performance.now() - start) / 1000).toFixed(2)} s`);
});

/** Experiments of every kind, none of them long. */
const NATIVE = {
  turn: "tasks=1x1,2x1&how=turn",
  turn_block: "tasks=1x1,2x1&how=turn&wait=block",
  turn_block_fails: "tasks=1x1,2x1,1x1&how=turn&wait=block&fails=B",
  turn_fails: "tasks=1x1,1x1,1x1&how=turn&fails=B&work=40",
  join: "tasks=2x1,1x3,1x1,1x1,2x2,1x1&how=join",
  join_work: "tasks=2x1,1x1&how=join&work=40",
  join_fails: "tasks=3x1,1x1&how=join&fails=B",
  join_block: "tasks=1x1,2x1&how=join&wait=block&timeout=1.5",
  spawn: "tasks=2x1,3x1&how=spawn",
  spawn_fails: "tasks=3x1,1x1&how=spawn&fails=B&timeout=4.5",
  spawn_late: "tasks=2x2,1x1&how=spawn&timeout=2.5&work=120",
  spawn_block: "tasks=2x1,1x1&how=spawn&wait=block&timeout=0.5",
  limit: "tasks=1x1,1x3,1x1,1x1&how=limit&limit=2",
  limit_fails: "tasks=1x1,1x2,2x1&how=limit&limit=2&fails=B&work=80",
  limit_late: "tasks=1x1,1x3,1x1&how=limit&limit=2&fails=C&timeout=1.5",
  alone: "tasks=1x1&how=join&fails=A",
};

/**
 * How what a program printed differs from what it should have, if it does. A time may be
 * off by a tenth.
 * @param {string} found
 * @param {string} wanted
 */
function differs(found, wanted) {
  const number = /\d+\.\d/g;
  const words = (/** @type {string} */ text) => text.replace(number, "#");
  const times = (/** @type {string} */ text) => (text.match(number) ?? []).map(Number);
  const isOff = times(wanted).some((time, index) => Math.abs(time - times(found)[index]) > 0.101);
  return words(found) !== words(wanted) || isOff ? `it printed\n${found}instead of\n${wanted}` : "";
}

describe("the program that is shown, in a crate of one's own", { timeout: 300_000 }, () => {
  const target = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? "target");
  const folder = join(target, "tmp/laboratory");
  const exec = promisify(execFile);
  const cargo = (/** @type {string[]} */ ...words) =>
    exec("cargo", words, { cwd: folder, env: { ...process.env, CARGO_TARGET_DIR: target, RUSTFLAGS: "" } });

  before(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(join(folder, "src/bin"), { recursive: true });
    mkdirSync(join(folder, "more"));
    copyFileSync(join(ROOT, "Cargo.lock"), join(folder, "Cargo.lock"));
    writeFileSync(join(folder, "Cargo.toml"), `[package]
name = "experiments"
version = "0.0.0"
edition = "2024"

[dependencies]
futures = "0.3"
tokio = { version = "1", features = ["full"] }

[workspace]
`);
    for (const [name, address] of Object.entries(NATIVE)) {
      const { settings, problems } = parse(address);
      assert.deepEqual(problems, [], address);
      writeFileSync(join(folder, "src/bin", `${name}.rs`), program(settings).source);
    }
    const next = settingsFrom(11);
    for (let count = 0; count < 100; count += 1) {
      writeFileSync(join(folder, "more", `${count}.rs`), program(next()).source);
    }
  });

  test("prints what the page says", async () => {
    await cargo("build", "--offline", "--bins");
    const tried = Object.entries(NATIVE).map(async ([name, address]) => {
      const { output } = await experiment(parse(address).settings);
      const attempt = async () => {
        const { stdout, stderr } = await exec(join(target, "debug", name));
        return differs(stderr + stdout, output);
      };
      // All that only wait go on together; the others come below.
      return { name, attempt, wrong: address.includes("work") ? "not tried yet" : await attempt() };
    });
    for (const { name, attempt, wrong } of await Promise.all(tried)) {
      let still = wrong;
      // The machine may be busy with something else, which only times show.
      for (let count = 0; still && count < 4; count += 1) still = await attempt();
      assert.equal(still, "", name);
    }
    assert.notEqual(differs("A: 1.0\n", "A: 1.2\n"), "");
    assert.notEqual(differs("B: 1.0\n", "A: 1.0\n"), "");
  });

  test("has nothing that rustfmt or clippy would change", async () => {
    const files = [...Object.keys(NATIVE).map((name) => `src/bin/${name}.rs`),
      ...Array.from({ length: 100 }, (_, count) => `more/${count}.rs`)];
    // As wide as rustfmt makes it elsewhere; the book's own listings are narrower.
    await exec("rustfmt", ["--check", "--edition", "2024", "--config", "max_width=100", ...files], { cwd: folder });
    await cargo("clippy", "--offline", "--bins", "--", "-D", "warnings");
  });
});

describe("the address", () => {
  test("is read as it was written", () => {
    const next = settingsFrom(3);
    for (let count = 0; count < 1000; count += 1) {
      const settings = { ...next(), as: count % 3 ? null : "sum-async" };
      // How many at once is told only where it counts.
      if (settings.how !== "limit") settings.limit = defaults().limit;
      assert.deepEqual(parse(`#${print(settings)}`), { settings, problems: [] });
    }
    assert.deepEqual(parse(""), { settings: defaults(), problems: [] });
  });

  test("is judged as the check of the links judges it", () => {
    const lines = readFileSync(join(ROOT, "ci/laboratory/fragments.txt"), "utf8").trimEnd().split("\n");
    const judged = lines.filter((line) => !line.startsWith("#"));
    assert.ok(judged.length > 20);
    for (const line of judged) {
      const [, verdict, fragment] = /** @type {RegExpExecArray} */ (/^(ok|wrong) (.*)$/.exec(line));
      const { problems } = parse(fragment);
      assert.equal(problems.length, verdict === "ok" ? 0 : 1, `${line}: ${problems}`);
    }
  });

  test("with a wrong value says so, and loses nothing else", () => {
    const { settings, problems } = parse("#tasks=1x1,9x9&how=join&wait=block&limit=9&speed=2");
    assert.deepEqual(settings, { ...defaults(), how: "join", wait: "block" });
    assert.equal(problems.length, 3);
    assert.match(problems[0], /^tasks=1x1,9x9 is not what it can be: .* 2x1,3x1.* from 1 to 5/);
    assert.match(problems[2], /^speed is no setting; those are tasks, how,/);
    // What would be a tag stays a text.
    assert.match(parse("as=<b>").problems[0], /^as=<b> /);
  });
});

/** Every link to an experiment: where it stands, and what it sets. */
const LINKS = PAGES.flatMap((path) => {
  const file = path.replace(/html$/, "md");
  const text = readFileSync(join(ROOT, "src", file), "utf8");
  return [...text.matchAll(/\((?:[./]*laboratory\.md)?#([^)]*=[^)]*)\)/g)].map(([, fragment]) => ({ file, fragment }));
});

/** The links by what makes each of them the only one. @param {string} part */
function linked(part) {
  const found = LINKS.find(({ fragment }) => fragment.includes(part));
  assert.ok(found, `no link has ${part}`);
  return parse(found.fragment).settings;
}

/** The first time at which a line is printed. @param {{timeline: any}} ran @param {string} words */
function when({ timeline }, words) {
  const line = timeline.events.find(({ what, text = "" }) => what === "print" && text.startsWith(words));
  assert.ok(line, `it prints no ${words}`);
  return line.at;
}

/** Whose futures were dropped. @param {{timeline: any}} ran */
function dropped({ timeline: { lanes, events } }) {
  return events.filter(({ what }) => what === "drop").map(({ lane }) => lanes[lane].name).sort();
}

describe("each experiment that the text links to", () => {
  test("is there, in every chapter that has one", () => {
    assert.ok(LINKS.length >= 17, `${LINKS.length} links`);
    assert.ok(new Set(LINKS.map(({ file }) => file)).size >= 9);
  });

  for (const { file, fragment } of LINKS) {
    test(`${file}: ${fragment}`, async () => {
      const { settings, problems } = parse(fragment);
      assert.deepEqual(problems, []);
      const ran = await experiment(settings);
      assert.deepEqual(ran.end, { exit: 0 });
      if (settings.as === null) return;
      const golden = PARTS.map((part) => join(ROOT, "listings", part, settings.as ?? "", "timeline.json")).find(existsSync);
      assert.ok(golden, settings.as);
      const { seconds, lanes } = JSON.parse(readFileSync(golden, "utf8"));
      assert.equal(ran.timeline.seconds, seconds);
      assert.equal(ran.timeline.lanes.length, lanes.length);
    });
  }
});

/** What the text says of the experiments that it links to, and of one change to each. */
describe("what the text says of an experiment is so", () => {
  /** @type {Record<string, () => Promise<void>>} */
  const CLAIMS = {
    "in order: a task adds all of its waits": async () => {
      const settings = linked("as=sum-sync");
      const more = { ...settings, tasks: [...settings.tasks, { waits: 4, seconds: 1 }] };
      const [before, after] = [await experiment(settings), await experiment(more)];
      assert.equal(after.timeline.seconds, before.timeline.seconds + 4);
    },
    "tasks that block print the same lines as those in turn": async () => {
      const settings = linked("as=sum-blocking");
      assert.equal((await experiment(settings)).output, (await experiment({ ...settings, how: "turn" })).output);
    },
    "tasks that yield take no longer if there are more of them": async () => {
      const settings = linked("as=sum-async");
      const tasks = [...settings.tasks, settings.tasks[1], settings.tasks[1], settings.tasks[1]];
      const [before, after] = [await experiment(settings), await experiment({ ...settings, tasks })];
      assert.equal(after.timeline.seconds, before.timeline.seconds);
    },
    "what blocks differs from what yields in a line of the code": async () => {
      const settings = linked("as=sum-async");
      const [yields, blocks] = [settings, { ...settings, wait: /** @type {const} */ ("block") }]
        .map((settings) => program(settings).source.split("\n").slice(1));
      assert.equal(yields.filter((line, index) => line !== blocks[index]).length, 1);
    },
    "both hellos start together when they are spawned": async () => {
      const ran = await experiment({ ...linked("as=hello-in-turn"), how: "spawn" });
      assert.equal(when(ran, "A: step 1"), when(ran, "B: step 1"));
    },
    "a count that fails makes it try_join!, which drops the others": async () => {
      const ran = await experiment({ ...linked("as=count-join"), fails: 1 });
      assert.match(ran.source, /tokio::try_join!/);
      assert.deepEqual(dropped(ran), ["a", "c"]);
    },
    "of three factorials the third begins when the first is done": async () => {
      const ran = await experiment({ ...linked("as=factorial-gather"), how: "limit", limit: 2 });
      assert.equal(when(ran, "C: step 1"), when(ran, "A: done"));
    },
    "A is polled when D yields, though its wait was over before": async () => {
      const ran = await experiment(linked("2x1,2x1,2x1,2x1&how=spawn&work=480"));
      const { lanes, events } = ran.timeline;
      const d = lanes.findIndex(({ name }) => name === "task d");
      const yields = events.find(({ lane, what }) => lane === d && what === "wait")?.at;
      assert.equal(when(ran, "A: step 2"), yields);
      assert.ok(when(ran, "D: step 1") < 0.48 + 1 && 0.48 + 1 < Number(yields));
    },
    "of three tasks that block each begins when the one before is done": async () => {
      const settings = linked("2x1,2x1,2x1&how=spawn&wait=block");
      const ran = await experiment(settings);
      assert.equal(when(ran, "B: step 1"), when(ran, "A: done"));
      assert.equal(when(ran, "C: step 1"), when(ran, "B: done"));
      const yields = await experiment({ ...settings, wait: "sleep" });
      assert.equal(when(yields, "C: step 1"), when(yields, "A: step 1"));
    },
    "of three tasks that compute C begins to wait when A and B have computed, joined or not": async () => {
      const settings = linked("1x1,1x1,1x1&how=spawn&work=480");
      const spawned = await experiment(settings);
      assert.equal(when(spawned, "C: step 1"), 0.96);
      assert.equal(when(spawned, "C: done"), 3 * 0.48 + 1);
      assert.equal((await experiment({ ...settings, how: "join" })).output, spawned.output);
    },
    "an error in a task is heard when its handle is awaited, in a branch at once": async () => {
      const settings = linked("3x1,1x1&how=spawn&fails=B");
      const spawned = await experiment(settings);
      assert.equal(when(spawned, "Error: B failed"), when(spawned, "A: done"));
      const joined = await experiment({ ...settings, how: "join" });
      assert.equal(when(joined, "Error: B failed"), 1);
      assert.deepEqual(dropped(joined), ["a"]);
    },
    "at most two at once: C after A, D after C, while B goes on": async () => {
      const ran = await experiment(linked("how=limit&limit=2"));
      assert.equal(when(ran, "C: step 1"), when(ran, "A: done"));
      assert.equal(when(ran, "D: step 1"), when(ran, "C: done"));
      assert.ok(when(ran, "B: done") > when(ran, "C: done"));
    },
    "a time-out comes to nothing if the task blocks, and not if it yields": async () => {
      const settings = linked("how=spawn&wait=block&timeout=1.5");
      assert.doesNotMatch((await experiment(settings)).output, /Timed out/);
      assert.match((await experiment({ ...settings, wait: "sleep" })).output, /Timed out\nTime: 1.5 sec/);
    },
  };
  for (const [name, claim] of Object.entries(CLAIMS)) test(name, claim);
});

test("a run that reaches a limit is stopped there", async () => {
  const { source, lines } = program(defaults());
  const { end, timeline } = await run(module, { source, args: args(defaults(), lines), limits: { seconds: 1.5 } });
  assert.deepEqual(end, { stopped: "seconds" });
  assert.equal(timeline.seconds, 1.5);
});
