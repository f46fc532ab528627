// The player against the recorded events that it plays.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Book, timeline } from "./book.js";

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

const ASYNC = { path: "three-ways/async-done-right.html", id: "#listing-sum-async", run: timeline("three-ways", "sum-async") };
const BLOCKING = { path: "three-ways/async-and-no-faster.html", id: "#listing-sum-blocking", run: timeline("three-ways", "sum-blocking") };

/** Opens the page of a listing; its figure and the buttons of the player. */
async function player({ path, id }, options = {}) {
  const page = await book.page(path, options);
  const figure = page.locator(id);
  await page.getByRole("button", { name: "Show me" }).click();
  const button = (/** @type {string} */ name) => figure.locator(".player").getByRole("button", { name });
  return { page, figure, button };
}

/** What the figure shows now. */
function shown(figure) {
  return figure.evaluate((figure) => ({
    time: Number(figure.querySelector(".scrubber").value),
    x: figure.querySelector(".playhead").getAttribute("x1"),
    lines: [...figure.querySelectorAll(".listing-output .line:not(.not-yet)")].map((line) => line.textContent.replace(/\n$/, "")),
    said: figure.querySelector(".said").textContent,
    chips: [...figure.querySelectorAll(".code-line .chip")].map((chip) => `${chip.parentElement.dataset.line}: ${chip.textContent}`),
    pointed: [...figure.querySelectorAll(".code-line.pointed")].map((line) => Number(line.dataset.line)),
  }));
}

/** The lines that a run has printed until a time. */
function printed(run, time) {
  return run.events
    .filter((event) => event.what === "print" && event.at <= time + 1e-9)
    .map((event) => event.text);
}

test("played at four times the speed, lines appear in order when the playhead is there", async () => {
  const { page, figure, button } = await player(ASYNC);
  assert.equal((await shown(figure)).lines.length, printed(ASYNC.run, 99).length, "all is there before");
  await figure.getByLabel("Speed").selectOption("4");
  const frames = await figure.evaluate(async (figure) => {
    const frames = [];
    figure.querySelector(".toggle").click();
    const start = performance.now();
    await new Promise((end) => {
      const look = () => {
        frames.push({
          now: (performance.now() - start) / 1000,
          scrubbed: Number(figure.querySelector(".scrubber").value),
          x: parseFloat(figure.querySelector(".playhead").getAttribute("x1")),
          lines: figure.querySelectorAll(".listing-output .line:not(.not-yet)").length,
        });
        const playing = figure.querySelector(".toggle").title === "Pause";
        if (playing || frames.length < 3) requestAnimationFrame(look); else end();
      };
      requestAnimationFrame(look);
    });
    return frames;
  });
  assert.ok(frames.length > 10, `only ${frames.length} frames`);
  for (const { scrubbed, x, lines } of frames) {
    // The axis is 94 % of the width and begins at 2.5 %.
    const time = ((x - 2.5) / 94) * ASYNC.run.seconds;
    assert.equal(lines, printed(ASYNC.run, time).length, `at ${time} s`);
    // The scrubber knows hundredths of a second.
    assert.ok(Math.abs(scrubbed - time) < 0.0051, `${scrubbed} s at ${time} s`);
  }
  const times = frames.map(({ x }) => x);
  assert.deepEqual(times, times.toSorted((a, b) => a - b), "the playhead went back");
  const took = frames.at(-1).now;
  assert.ok(took > 0.65 && took < 1.5, `3 s at 4× took ${took} s`);
  assert.deepEqual((await shown(figure)).lines, printed(ASYNC.run, 99));
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("it pauses, and goes on from there", async () => {
  const { page, figure, button } = await player(ASYNC);
  await button("Play").click();
  await page.waitForFunction(() => Number(document.querySelector("#listing-sum-async .scrubber").value) > 0.3);
  await button("Pause").click();
  const paused = await shown(figure);
  await page.waitForTimeout(200);
  assert.equal((await shown(figure)).time, paused.time);
  assert.match(paused.said, /^0\.00 s: /);
  await button("Play").click();
  await page.waitForFunction((time) => Number(document.querySelector("#listing-sum-async .scrubber").value) > time, paused.time);
  await page.context().close();
});

for (const what of [ASYNC, BLOCKING]) {
  test(`every step through ${what.id} says what happens and marks its line`, async () => {
    const { page, figure, button } = await player(what);
    const { run } = what;
    for (const [index, event] of run.events.entries()) {
      await button("Next event").click();
      const { lines, said, pointed, time } = await shown(figure);
      const lane = run.lanes[event.lane];
      assert.ok(said.startsWith(`${event.at.toFixed(2)} s: ${lane.name} `), said);
      assert.equal(time, event.at);
      const line = event.what === "spawn" ? lane.line : event.line;
      assert.deepEqual(pointed, event.lines ?? (line ? [line] : []), said);
      const before = run.events.slice(0, index + 1).filter((event) => event.what === "print");
      assert.deepEqual(lines, before.map((event) => event.text), said);
    }
    await button("Previous event").click();
    const last = run.events.at(-2);
    assert.ok((await shown(figure)).said.includes(run.lanes[last.lane].name));
    await page.context().close();
  });
}

test("markers stand at the lines where the lanes wait or are blocked", async () => {
  const middle = async (what, time) => {
    const { page, figure } = await player(what);
    await figure.getByRole("slider").fill(String(time));
    const { chips, lines } = await shown(figure);
    assert.deepEqual(lines, printed(what.run, time));
    await page.context().close();
    return chips.sort();
  };
  assert.deepEqual(await middle(ASYNC, 0.5), ["10: a waits", "10: b waits", "21: main waits"]);
  assert.deepEqual(await middle(ASYNC, 2.5), ["10: b waits", "22: main waits"]);
  assert.deepEqual(await middle(BLOCKING, 1.5), ["10: a blocked", "20: b is ready", "21: main waits"]);
  assert.deepEqual(await middle(BLOCKING, 3.5), ["10: b blocked", "21: main is ready"]);
});

test("a marker is as high up as the line that it stands at", async () => {
  for (const width of [390, 1440]) {
    const { page, figure } = await player(ASYNC, { viewport: { width, height: 900 } });
    await figure.getByRole("slider").fill("0.5");
    const off = await figure.evaluate((figure) => {
      const code = figure.querySelector('[data-language="Rust"] code');
      const text = code.textContent;
      const at = text.indexOf("tokio::time::sleep");
      const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      let seen = 0;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (seen + node.length > at) {
          const range = document.createRange();
          range.setStart(node, at - seen);
          range.setEnd(node, at - seen + 1);
          const line = range.getBoundingClientRect();
          const mark = figure.querySelector('.code-line[data-line="10"]').getBoundingClientRect();
          return Math.abs((line.top + line.bottom) / 2 - (mark.top + mark.bottom) / 2);
        }
        seen += node.length;
      }
      return NaN;
    });
    assert.ok(off < 4, `${off} pixels off at ${width}`);
    await page.context().close();
  }
});

test("the keyboard does all of it", async () => {
  const { page, figure, button } = await player(ASYNC);
  await button("Play").focus();
  await page.keyboard.press("Home");
  assert.equal((await shown(figure)).time, 0);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.match((await shown(figure)).said, /main|task a/);
  await page.keyboard.press("ArrowLeft");
  assert.match(page.url(), /async-done-right\.html/, "the key turned the page");
  await page.keyboard.press("+");
  assert.equal(await figure.getByLabel("Speed").inputValue(), "4");
  await page.keyboard.press("Space");
  assert.equal(await figure.locator(".toggle").getAttribute("title"), "Pause");
  await page.keyboard.press("Space");
  await page.keyboard.press("End");
  assert.deepEqual((await shown(figure)).lines, printed(ASYNC.run, 99));
  await figure.getByRole("slider").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("PageUp");
  const { time, lines } = await shown(figure);
  assert.ok(time > 0 && time < 3, `${time}`);
  assert.deepEqual(lines, printed(ASYNC.run, time));
  assert.match(page.url(), /async-done-right\.html/, "the key turned the page");
  await page.context().close();
});

test("what is pointed at in the drawing is marked in the code, and the other way round", async () => {
  const { page, figure } = await player(ASYNC);
  await figure.locator(".waits[data-lines='21']").first().dispatchEvent("pointerover");
  assert.deepEqual((await shown(figure)).pointed, [21]);
  const pointed = () => figure.locator("svg .pointed").evaluateAll((shapes) => shapes.map((shape) => shape.dataset.lines));
  const pre = figure.locator('[data-language="Rust"] pre');
  await pre.focus();
  for (let line = 0; line < 10; line += 1) await page.keyboard.press("ArrowDown");
  assert.deepEqual((await shown(figure)).pointed, [10]);
  const shapes = await pointed();
  assert.ok(shapes.length > 3 && shapes.every((lines) => lines.split(" ").includes("10")), `${shapes}`);
  await figure.getByRole("button", { name: "Play" }).focus();
  assert.deepEqual(await pointed(), []);
  await page.context().close();
});

test("a race plays all its runs on one clock", async () => {
  const page = await book.page("introduction.html");
  const race = page.locator("figure.race");
  assert.equal(await race.locator("g.run").count(), 3);
  await race.getByRole("slider").fill("3.5");
  assert.equal(await race.locator(".clock").innerText(), "3.5 s");
  assert.match(await race.locator(".player").getAttribute("aria-label"), /sum-sync, sum-blocking, sum-async/);
  await race.getByRole("button", { name: "Next event" }).click();
  assert.match(await race.locator(".said").innerText(), /^4\.00 s: sum-(sync|blocking), /);
  await race.getByLabel("Speed").selectOption("4");
  await race.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => document.querySelector("figure.race .toggle").title === "Play");
  assert.equal(await race.locator(".clock").innerText(), "5.0 s");
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("who wants no motion sees the playhead go from event to event", async () => {
  const { page, figure } = await player(ASYNC, { reducedMotion: "reduce" });
  await figure.getByLabel("Speed").selectOption("4");
  const places = await figure.evaluate(async (figure) => {
    const places = new Set();
    figure.querySelector(".toggle").click();
    while (figure.querySelector(".toggle").title === "Pause") {
      places.add(figure.querySelector(".playhead").getAttribute("x1"));
      await new Promise(requestAnimationFrame);
    }
    return [...places];
  });
  assert.ok(places.length <= 4, `${places}`);
  await page.context().close();
});
