// Every listing that runs in a page, run by the page's own host in Node: what it prints, its
// times to the nanosecond, twice the same, and lane for lane what was recorded natively.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { before, describe, test } from "node:test";
import { ROOT } from "./book.js";
import { difference } from "../../theme/agree.js";
import { run } from "../../theme/host.js";

const MODULES = join(ROOT, "book/wasm");

/** The largest module, in bytes as a server sends it. */
const LARGEST = 60_000;

/** So many listings run in a page; a change that keeps one out is to be seen. */
const LEAST = 36;

/** The listings that have a module. */
const listings = readdirSync(join(ROOT, "listings")).flatMap((part) =>
  readdirSync(join(ROOT, "listings", part)).map((name) => ({ part, name })))
  .filter(({ name }) => existsSync(join(MODULES, `${name}.wasm`)));

/** @param {{part: string, name: string}} listing */
function files({ part, name }) {
  const read = (/** @type {string} */ file) => readFileSync(join(ROOT, "listings", part, name, file), "utf8");
  return {
    bytes: readFileSync(join(MODULES, `${name}.wasm`)),
    source: read("src/main.rs"),
    output: read("output.txt"),
    golden: JSON.parse(read("timeline.json")),
    limit: Number(/^timeout = ([\d.]+)/m.exec(read("Cargo.toml"))?.[1] ?? 30),
  };
}

test(`there are modules of at least ${LEAST} listings`, () => {
  assert.ok(listings.length >= LEAST, `${listings.length}: \`cargo run -- build --wasm\` makes them`);
});

describe("each listing on the page's clock", () => {
  let slowest = 0;
  for (const listing of listings) {
    test(listing.name, async () => {
      const { bytes, source, output, golden, limit } = files(listing);
      assert.ok(gzipSync(bytes).length <= LARGEST, `${gzipSync(bytes).length} bytes compressed`);
      const start = performance.now();
      const module = await WebAssembly.compile(bytes);
      const how = { source, limits: { seconds: limit } };
      const [first, second] = [await run(module, how), await run(module, how)];
      slowest = Math.max(slowest, performance.now() - start);
      assert.equal(JSON.stringify(first), JSON.stringify(second));
      assert.equal(first.output, output);
      assert.equal(difference(golden, first.timeline), "");
      assert.ok(first.sees);
      // Waiting takes whole milliseconds, and all else takes no time.
      for (const { at } of first.timeline.events) assert.equal(at, Math.round(at * 1000) / 1000);
    });
  }
});

describe("the sums of part 1", () => {
  for (const [name, seconds] of /** @type {const} */ ([["sum-sync", 5], ["sum-blocking", 5], ["sum-async", 3]])) {
    test(`${name} takes ${seconds} seconds, exactly`, async () => {
      const { bytes, source } = files({ part: "three-ways", name });
      const { timeline, end } = await run(await WebAssembly.compile(bytes), { source });
      assert.equal(timeline.seconds, seconds);
      assert.deepEqual(end, { exit: 0 });
    });
  }
});

test("all of them take less than 3 seconds", async () => {
  const all = listings.map(files);
  const start = performance.now();
  for (const { bytes, source, limit } of all) {
    await run(await WebAssembly.compile(bytes), { source, limits: { seconds: limit } });
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`${all.length} listings in ${seconds.toFixed(2)} s`);
  assert.ok(seconds < 3, `${seconds} s`);
});

describe("what is not the recorded run is told from it", () => {
  /** @type {ReturnType<typeof files>["golden"]} */
  let golden;
  before(() => { ({ golden } = files({ part: "three-ways", name: "sum-async" })); });
  /** @type {[string, (run: any) => void, RegExp][]} */
  const changes = [
    ["another status", (run) => { run.exit = 1; }, /status 1, not with 0/],
    ["another time", (run) => { run.seconds = 5; }, /took 5 seconds, not 3/],
    ["another name", (run) => { run.lanes[1].name = "task c"; }, /lane 2 is “task c/],
    ["a lane more", (run) => { run.lanes.push({ name: "x", kind: "task" }); }, /lane 4 is “x task/],
    ["a line less", (run) => { run.events.splice(run.events.findIndex((e) => e.what === "print"), 1); }, /not “print/],
    ["another line", (run) => { run.events.find((e) => e.what === "wait" && e.lane === 1).lines = [11]; }, /“wait 11”, not “wait 10”/],
    ["a late event", (run) => { run.events.find((e) => e.what === "done").at += 0.3; }, /seconds, not/],
    ["an event more", (run) => { run.events.push({ at: 3, lane: 0, what: "drop" }); }, /“drop”, not “nothing more”/],
  ];
  for (const [name, change, said] of changes) {
    test(name, () => {
      const run = structuredClone(golden);
      assert.equal(difference(golden, run), "");
      change(run);
      assert.match(difference(golden, run), said);
    });
  }
});
