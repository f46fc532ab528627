// The laboratory: what it runs is what it says, and what it shows is a program that does the
// same; its links and controls.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { before, describe, test } from "node:test";
import { ROOT } from "./book.js";
import { forecast, settingsFrom } from "./experiments.js";
import { run } from "../../theme/host.js";
import { args, defaults, parse, print, program } from "../../theme/program.js";

/** @import { Settings } from "../../theme/program.js" */

const MODULE = join(ROOT, "book/wasm/laboratory.wasm");

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
