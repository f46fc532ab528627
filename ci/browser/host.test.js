// Every listing that runs in a page, run by the page's own host in Node: what it prints, its
// times to the nanosecond, twice the same, and lane for lane what was recorded natively.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";
import { ROOT } from "./book.js";
import { difference } from "../../theme/agree.js";
import { run } from "../../theme/host.js";

const MODULES = join(ROOT, "book/wasm");

/** The largest module, in bytes as a server sends it. */
const LARGEST = 60_000;

/** The listings that run in a page. */
const listings = readdirSync(join(ROOT, "listings")).flatMap((part) =>
  readdirSync(join(ROOT, "listings", part)).map((name) => ({ part, name })))
  .filter(({ part, name }) => {
    const manifest = readFileSync(join(ROOT, "listings", part, name, "Cargo.toml"), "utf8");
    return !/^(cargo-only|compile) = |^\[package\.metadata\.exercise\]/m.test(manifest);
  });

/** @param {{part: string, name: string}} listing */
function files({ part, name }) {
  const read = (/** @type {string} */ file) => readFileSync(join(ROOT, "listings", part, name, file), "utf8");
  const set = (/** @type {string} */ key, /** @type {number} */ usual) =>
    Number(new RegExp(`^${key} = ([\\d.]+)`, "m").exec(read("Cargo.toml"))?.[1] ?? usual);
  return {
    bytes: readFileSync(join(MODULES, `${name}.wasm`)),
    source: read("src/main.rs"),
    output: read("output.txt"),
    golden: JSON.parse(read("timeline.json")),
    limit: set("timeout", 30),
    tolerance: set("tolerance", 0.25),
  };
}

test("each listing that can has a module, and no other", () => {
  const modules = readdirSync(MODULES).map((file) => file.replace(/\.wasm$/, ""));
  const names = [...listings.map(({ name }) => name), "laboratory"];
  assert.deepEqual(modules.sort(), names.sort(), "`cargo run -- build --wasm` makes them");
});

describe("each listing on the page's clock", () => {
  let slowest = 0;
  for (const listing of listings) {
    test(listing.name, async () => {
      const { bytes, source, output, golden, limit, tolerance } = files(listing);
      assert.ok(gzipSync(bytes).length <= LARGEST, `${gzipSync(bytes).length} bytes compressed`);
      const start = performance.now();
      const module = await WebAssembly.compile(bytes);
      const how = { source, limits: { seconds: limit } };
      const [first, second] = [await run(module, how), await run(module, how)];
      slowest = Math.max(slowest, performance.now() - start);
      assert.equal(JSON.stringify(first), JSON.stringify(second));
      assert.equal(first.output, output);
      assert.equal(difference(golden, first.timeline, { tolerance }), "");
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
  /** @type {number} */
  let tolerance;
  before(() => { ({ golden, tolerance } = files({ part: "three-ways", name: "sum-async" })); });
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
      assert.equal(difference(golden, run, { tolerance }), "");
      change(run);
      assert.match(difference(golden, run, { tolerance }), said);
    });
  }
});

test("what never ends may be brought to an end sooner, but not later", () => {
  const run = (/** @type {number} */ seconds) => ({ exit: null, seconds, lanes: [], events: [] });
  assert.equal(difference(run(4), run(1), { tolerance: 0 }), "");
  assert.match(difference(run(1), run(4), { tolerance: 0 }), /took 4 seconds/);
  const ended = { ...run(1), exit: 0 };
  assert.match(difference({ ...ended, seconds: 4 }, ended, { tolerance: 0 }), /took 1 seconds/);
});

test("it does not count when in a turn another thread wakes", () => {
  const lane = { name: "main", kind: "main" };
  const [wake, poll, wait] = [{ what: "wake" }, { what: "poll" }, { what: "wait", lines: [3] }];
  /** @param {{what: string}[]} middle */
  const run = (middle) => {
    const all = [poll, wait, ...middle, poll, { what: "done" }];
    const events = all.map((event) => ({ at: 0, lane: 0, ...event }));
    return { exit: 0, seconds: 0, lanes: [lane], events };
  };
  const differ = (/** @type {any[]} */ middle) =>
    // @ts-expect-error: as much of a timeline as is compared.
    difference(run([wake]), run(middle), { tolerance: 0 }) !== "";
  assert.ok(!differ([wake, poll, wake, wait]));
  assert.ok(!differ([wake, poll, wait, wake]));
  assert.ok(differ([]));
});

test("it does not count when a lane was woken for nothing", () => {
  const lane = { name: "main", kind: "main" };
  const [poll, wait] = [{ what: "poll" }, { what: "wait", lines: [3] }];
  const wake = (/** @type {number} */ at) => ({ what: "wake", at });
  /** @param {{what: string}[]} middle */
  const run = (middle) => {
    const all = [poll, wait, ...middle, { ...poll, at: 2 }, { what: "done", at: 2 }];
    const events = all.map((event) => ({ at: 0, lane: 0, ...event }));
    return { exit: 0, seconds: 2, lanes: [lane], events };
  };
  const differ = (/** @type {any[]} */ one, /** @type {any[]} */ other) =>
    // @ts-expect-error: as much of a timeline as is compared.
    difference(run(one), run(other), { tolerance: 0 }) !== "";
  const idle = [wake(1), { ...poll, at: 1 }, { ...wait, at: 1 }];
  assert.ok(!differ([wake(2)], [...idle, wake(2)]));
  assert.ok(!differ(idle, [wake(1)]));
  assert.ok(differ([wake(1)], [wake(2)]));
});

describe("a program that goes wrong is brought to an end", () => {
  /** @type {string} */
  let folder;
  before(() => { folder = mkdtempSync(join(tmpdir(), "host-")); });
  after(() => rmSync(folder, { recursive: true }));

  /**
   * @param {string} source
   * @param {Parameters<typeof run>[1]} how
   */
  async function runs(source, how = {}) {
    const file = join(folder, "main.rs");
    writeFileSync(file, source);
    const toolchain = process.env.BOOK_WASM_TOOLCHAIN;
    execFileSync("rustc", ["--edition", "2024", "--target", "wasm32-wasip1", "-O", "-o", join(folder, "a.wasm"), file], {
      env: { ...process.env, ...(toolchain ? { RUSTUP_TOOLCHAIN: toolchain } : {}) },
    });
    return run(await WebAssembly.compile(readFileSync(join(folder, "a.wasm"))), how);
  }

  test("a deadlock", async () => {
    const { end, output } = await runs(`use std::sync::{Condvar, Mutex};
      fn main() {
          println!("before");
          let bell = Condvar::new();
          let nobody = Mutex::new(());
          drop(bell.wait(nobody.lock().unwrap()));
          println!("never");
      }`);
    assert.deepEqual(end, { stuck: true });
    assert.equal(output, "before\n");
  });

  test("a wait without an end", async () => {
    const { end, timeline } = await runs("fn main() { std::thread::sleep(std::time::Duration::MAX) }");
    assert.deepEqual(end, { stopped: "seconds" });
    assert.equal(timeline.seconds, 60);
    assert.equal(timeline.exit, null);
  });

  test("a look at the clock without an end", async () => {
    const { end } = await runs("fn main() { loop { let _ = std::time::Instant::now(); } }", { limits: { seconds: 1 } });
    assert.deepEqual(end, { stopped: "seconds" });
  });

  test("output without an end", async () => {
    const { end, output } = await runs(`fn main() { loop { println!("{}", "again ".repeat(100)) } }`);
    assert.deepEqual(end, { stopped: "output" });
    assert.ok(output.length < 210_000);
  });

  test("events without an end", async () => {
    const { end } = await runs(`fn main() { loop { println!() } }`);
    assert.deepEqual(end, { stopped: "events" });
  });

  test("a lane that nothing moved on waits where it waited", async () => {
    const { timeline } = await runs(`use std::io::Write;
      use std::os::fd::FromRawFd;
      fn main() {
          let mut events = unsafe { std::fs::File::from_raw_fd(3) };
          for event in ["poll\\t0", "keep\\t0\\t7", "wait\\t0\\t", "poll\\t0", "wait\\t0\\t"] {
              write!(events, "\\u{1e}0\\t{event}\\n").unwrap();
          }
      }`);
    const waits = timeline.events.filter(({ what }) => what === "wait");
    assert.deepEqual(waits.map(({ lines }) => lines), [[7], [7]]);
  });

  test("a panic", async () => {
    const { end, output, timeline } = await runs(`fn main() { println!("before"); panic!("on purpose") }`);
    assert.deepEqual(end, { exit: 101 });
    assert.match(output, /^before\n\nthread 'main' .*panicked at .*:\non purpose\n/);
    assert.equal(timeline.events.at(-1)?.what, "panic");
  });

  test("an error, a status, a half line", async () => {
    const { end, output } = await runs(`fn main() -> Result<(), &'static str> { print!("half"); Err("no") }`);
    assert.deepEqual(end, { exit: 1 });
    assert.equal(output, `Error: "no"\nhalf\n`);
  });

  test("chance is the same in every run, and so is the order of a HashMap", async () => {
    const source = `use std::collections::HashSet;
      fn main() { println!("{:?}", (0..20).collect::<HashSet<u32>>()) }`;
    assert.equal((await runs(source)).output, (await runs(source)).output);
  });
});
