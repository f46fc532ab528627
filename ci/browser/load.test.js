// A figure that is given other runs than its page came with.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { draw, inWords } from "../../theme/draw.js";
import { Book, timeline } from "./book.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

const BLOCKING = timeline("three-ways", "sum-blocking");
const ASYNC = timeline("three-ways", "sum-async");

/** What a run prints, as a text. */
const printed = (run) => run.events.filter(({ what }) => what === "print").map(({ text }) => `${text}\n`).join("");

/** The run as it was after so many of its events. */
const until = (run, count) => ({
  ...run,
  exit: undefined,
  seconds: run.events[count - 1].at,
  events: run.events.slice(0, count),
});

/** A page with the figure of sum-async, whose player is `window.player`. */
async function open(path = "three-ways/async-done-right.html", options = {}) {
  const page = await book.page(path, options);
  await page.getByRole("button", { name: "Show me" }).click();
  const figure = page.locator("#listing-sum-async");
  await figure.evaluate(async (figure) => {
    const { playerFor } = await import(new URL("theme/player.js", new URL(document.documentElement.dataset.root, location.href)));
    window.player = playerFor(figure);
  });
  return { page, figure };
}

/** Gives the figure a run. */
function load(page, runs, output, options) {
  return page.evaluate(([runs, output, options]) => window.player.load(runs, output, options), [runs, output, options]);
}

/** What a figure shows now. */
function shown(figure) {
  return figure.evaluate((figure) => ({
    time: Number(figure.querySelector(".scrubber").value),
    end: Number(figure.querySelector(".scrubber").max),
    clock: figure.querySelector(".clock").textContent,
    x: parseFloat(figure.querySelector(".playhead").getAttribute("x1")),
    drawings: figure.querySelectorAll("svg.timeline").length,
    shapes: figure.querySelectorAll("svg.timeline [data-lines]").length,
    lanes: [...figure.querySelectorAll(".lane-name")].map((name) => name.firstChild.textContent),
    words: [...figure.querySelectorAll(".timeline-words li")].map((item) => item.textContent),
    said: figure.querySelector(".said").textContent,
    sentence: figure.querySelector(".listing-output > p").textContent,
    text: figure.querySelector(".listing-output pre")?.textContent ?? null,
    lines: [...figure.querySelectorAll(".listing-output .line:not(.not-yet)")].map((line) => line.textContent).join(""),
    chips: [...figure.querySelectorAll(".code-line .chip")].map((chip) => `${chip.parentElement.dataset.line}: ${chip.textContent}`).sort(),
    pointed: [...figure.querySelectorAll(".code-line.pointed")].map((line) => Number(line.dataset.line)),
    layers: figure.querySelectorAll(".code-marks").length,
  }));
}

test("another run takes the place of the one that came with the page", async () => {
  const { page, figure } = await open();
  const fetched = () => page.evaluate(() => performance.getEntriesByName(new URL("../theme/draw.js", location.href).href).length);
  assert.equal(await fetched(), 0, "draw.js is fetched though nobody needs it");
  const ids = () => figure.locator("svg.timeline").evaluate((svg) => [svg.getAttribute("aria-labelledby"), svg.querySelector("title").id, svg.querySelector("title").textContent]);
  const [title] = await ids();
  await load(page, [["sum-blocking", BLOCKING]], printed(BLOCKING));
  assert.equal(await fetched(), 1);
  assert.deepEqual(await ids(), [title, title, "Timeline of sum-blocking"]);
  const now = await shown(figure);
  assert.deepEqual(now.words, inWords([["sum-blocking", BLOCKING]]));
  assert.equal(now.drawings, 1);
  assert.deepEqual([now.time, now.end, now.clock, now.x], [5, 5, "5.0 s", 96.5]);
  assert.equal(now.sentence, "It prints, in 5 seconds:");
  assert.equal(now.text, printed(BLOCKING));
  assert.equal(now.lines, printed(BLOCKING));
  assert.equal(await figure.locator(".player").getAttribute("aria-label"), "Player of sum-blocking");
  for (const event of BLOCKING.events) {
    await figure.getByRole("button", { name: "Next event" }).click();
    const { said, time, pointed } = await shown(figure);
    const lane = BLOCKING.lanes[event.lane];
    assert.ok(said.startsWith(`${event.at.toFixed(2)} s: ${lane.name} `), said);
    assert.equal(time, event.at);
    const line = event.what === "spawn" ? lane.line : event.line;
    assert.deepEqual(pointed, event.lines ?? (line ? [line] : []), said);
  }
  await figure.getByRole("slider").fill("1.5");
  assert.deepEqual((await shown(figure)).chips, ["10: a blocked", "20: b is ready", "21: main waits"]);
  await figure.getByLabel("Speed").selectOption("4");
  await figure.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => document.querySelector("#listing-sum-async .said").textContent === "The end");
  assert.equal((await shown(figure)).lines, printed(BLOCKING));
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("drawing and code still point at each other", async () => {
  const { page, figure } = await open();
  await load(page, [["sum-blocking", BLOCKING]], printed(BLOCKING));
  await load(page, [["sum-async", ASYNC]], printed(ASYNC));
  await figure.locator(".waits[data-lines='21']").first().dispatchEvent("pointerover");
  assert.deepEqual((await shown(figure)).pointed, [21]);
  await figure.locator(".waits[data-lines='21']").first().dispatchEvent("pointerout");
  assert.deepEqual((await shown(figure)).pointed, []);
  await figure.locator('[data-language="Rust"] pre').focus();
  for (let line = 0; line < 10; line += 1) await page.keyboard.press("ArrowDown");
  assert.deepEqual((await shown(figure)).pointed, [10]);
  const pointed = () => figure.locator("svg .pointed").evaluateAll((shapes) => shapes.map((shape) => shape.dataset.lines));
  assert.ok((await pointed()).length > 3);
  await figure.getByRole("button", { name: "Play" }).focus();
  assert.deepEqual(await pointed(), []);
  await page.context().close();
});

test("a run says how it ended, and the output goes and comes with it", async () => {
  const { page, figure } = await open();
  const quiet = { ...ASYNC, events: ASYNC.events.filter(({ what }) => what !== "print") };
  const told = async (run, output) => {
    await load(page, [["sum-async", run]], output);
    const { sentence, text } = await shown(figure);
    return [sentence, text];
  };
  assert.deepEqual(await told(quiet, ""), ["It prints nothing, and ends after 3 seconds.", null]);
  assert.deepEqual(await told({ ...quiet, exit: null }, ""), ["It prints nothing, and is stopped after 3 seconds.", null]);
  assert.deepEqual(await told({ ...ASYNC, exit: null }, "a\n\nb"), ["It prints, and is stopped after 3 seconds:", "a\n\nb\n"]);
  assert.deepEqual(await told({ ...ASYNC, exit: undefined }, "<a>\n"), ["It prints, and has run for 3 seconds:", "<a>\n"]);
  assert.deepEqual(await told(ASYNC, printed(ASYNC)), ["It prints, in 3 seconds:", printed(ASYNC)]);
  assert.equal(await figure.locator(".listing-output pre").count(), 1);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a run that goes on is followed, but not by who is looking elsewhere in it", async () => {
  const { page, figure } = await open();
  const grow = (count, options) => {
    const run = until(ASYNC, count);
    return load(page, [["sum-async", run]], printed(run), options);
  };
  const last = ASYNC.events.length;
  await grow(8);
  await grow(12);
  let now = await shown(figure);
  assert.equal(now.time, now.end);
  assert.equal(now.lines, printed(until(ASYNC, 12)));
  await figure.getByRole("slider").fill("0");
  await figure.getByRole("button", { name: "Next event" }).click();
  const before = await shown(figure);
  await grow(last);
  now = await shown(figure);
  assert.deepEqual([now.time, now.lines, now.said], [before.time, before.lines, before.said]);
  assert.deepEqual([now.end, now.text], [3, printed(ASYNC)]);
  await figure.getByRole("slider").fill("1.5");
  const half = await shown(figure);
  assert.equal(half.x, 49.5);
  await grow(last, { follow: true });
  now = await shown(figure);
  assert.deepEqual([now.time, now.x, now.lines], [3, 96.5, printed(ASYNC)]);
  // While it plays it plays on, to the new end.
  await grow(18);
  await figure.getByLabel("Speed").selectOption("4");
  await figure.getByRole("button", { name: "Play" }).click();
  await grow(last);
  assert.equal(await figure.locator(".toggle").getAttribute("title"), "Pause");
  await page.waitForFunction(() => document.querySelector("#listing-sum-async .said").textContent === "The end");
  assert.equal((await shown(figure)).clock, "3.0 s");
  // Another run is shown whole, wherever the reader was in the one before.
  await figure.getByRole("slider").fill("2.5");
  await load(page, [["sum-blocking", BLOCKING]], printed(BLOCKING));
  assert.equal((await shown(figure)).time, 5);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a thousand runs leave one drawing, and nobody else listening", async (t) => {
  const { page, figure } = await open();
  const steps = ASYNC.events.map((_, index) => until(ASYNC, index + 1));
  const grown = steps.map((run) => [run, printed(run)]);
  const { added, took } = await page.evaluate(async ([grown, whole, output]) => {
    let added = 0;
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (...args) {
      added += 1;
      return add.apply(this, args);
    };
    await window.player.load([["sum-async", whole]], output);
    const start = performance.now();
    for (let time = 0; time < 1000; time += 1) {
      const [run, printed] = grown[time % grown.length];
      await window.player.load([["sum-async", run]], printed);
    }
    const took = performance.now() - start;
    await window.player.load([["sum-async", whole]], output);
    return { added, took };
  }, [grown, ASYNC, printed(ASYNC)]);
  t.diagnostic(`${(took / 1000).toFixed(2)} ms for a run of up to ${ASYNC.events.length} events`);
  assert.equal(added, 0);
  // Ten times a second it must not be felt, on a slow machine either.
  assert.ok(took / 1000 < 20, `a load took ${took / 1000} ms`);
  const fresh = await book.page("three-ways/async-done-right.html");
  const expected = await shown(fresh.locator("#listing-sum-async"));
  assert.deepEqual(await shown(figure), expected);
  const drawn = draw([["sum-async", ASYNC]], "drawing");
  assert.equal(expected.shapes, drawn.match(/data-lines/g).length);
  assert.equal(expected.layers, 1);
  assert.deepEqual(page.wrong, []);
  await fresh.context().close();
  await page.context().close();
});

test("of runs that come at once only the last one is drawn", async () => {
  const { page, figure } = await open();
  const drawn = await page.evaluate(async ([blocking, other]) => {
    let drawn = 0;
    const { player } = window;
    player.redraw = function (text) {
      drawn += 1;
      Object.getPrototypeOf(this).redraw.call(this, text);
    };
    await Promise.all([
      player.load([["sum-blocking", blocking]], "first\n"),
      player.load([["sum-async", other]], "second\n"),
    ]);
    return drawn;
  }, [BLOCKING, ASYNC]);
  assert.equal(drawn, 1);
  const { end, text } = await shown(figure);
  assert.deepEqual([end, text], [3, "second\n"]);
  await page.context().close();
});

test("several runs share one axis, in a race that came with others", async () => {
  const page = await book.page("introduction.html");
  const race = page.locator("figure.race");
  await race.evaluate(async (figure, runs) => {
    const { playerFor } = await import(new URL("theme/player.js", document.baseURI));
    await playerFor(figure).load(runs, "");
  }, [["one", ASYNC], ["two", BLOCKING]]);
  assert.equal(await race.locator("g.run").count(), 2);
  assert.deepEqual(await race.locator(".run-name").allTextContents(), ["one: 3 seconds", "two: 5 seconds"]);
  await race.getByRole("slider").fill("3.5");
  await race.getByRole("button", { name: "Next event" }).click();
  assert.match(await race.locator(".said").innerText(), /^4\.00 s: two, /);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a figure that a script made gets a player, and program after program", async () => {
  const page = await book.page("three-ways/async-done-right.html");
  await page.evaluate(async () => {
    const { playerFor } = await import(new URL("../theme/player.js", location.href));
    const figure = document.createElement("figure");
    figure.className = "listing";
    figure.id = "made";
    document.querySelector("main").append(figure);
    window.player = playerFor(figure);
    if (playerFor(figure) !== window.player) throw new Error("there are two players");
    window.program = (lines) => {
      figure.querySelector(".listing-code")?.remove();
      const panel = document.createElement("div");
      panel.className = "listing-code";
      panel.dataset.language = "Rust";
      panel.append(document.createElement("pre"));
      panel.firstChild.append(document.createElement("code"));
      panel.firstChild.firstChild.textContent = "// a line\n".repeat(lines);
      figure.prepend(panel);
      return panel;
    };
  });
  const figure = page.locator("#made");
  assert.equal(await figure.locator("svg.timeline").count(), 0);
  assert.equal(await figure.locator(".clock").textContent(), "0.0 s");
  await figure.getByRole("button", { name: "Next event" }).click();
  assert.equal(await figure.locator(".said").textContent(), "At the start");
  assert.equal(await figure.locator(".timeline-words").isVisible(), false);
  for (const [name, run, chips] of [
    ["sum-async", ASYNC, ["10: a waits", "10: b waits", "21: main waits"]],
    ["sum-blocking", BLOCKING, ["10: a blocked", "20: b is ready", "21: main waits"]],
  ]) {
    await page.evaluate(() => { window.program(25); });
    await load(page, [[name, run]], printed(run));
    await figure.getByRole("slider").fill("1.5");
    const now = await shown(figure);
    assert.deepEqual(now.chips, chips);
    assert.deepEqual(now.words, inWords([[name, run]]));
    assert.equal(now.text, printed(run));
    assert.equal(now.layers, 1);
    assert.ok(await figure.locator(".timeline-words").isVisible());
    await figure.getByRole("slider").focus();
    await page.keyboard.press("End");
  }
  assert.equal(await figure.locator("svg.timeline title").getAttribute("id"), "made-timeline-title");
  await figure.getByRole("slider").fill("1.5");
  // Another program for the same run.
  await page.evaluate(() => {
    const panel = window.program(30);
    window.player.setCode(panel);
    window.player.setCode(panel);
  });
  const { chips, layers } = await shown(figure);
  assert.deepEqual([chips.length, layers], [3, 1]);
  await figure.locator("pre").first().focus();
  await page.keyboard.press("ArrowDown");
  assert.deepEqual((await shown(figure)).pointed, [1]);
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run("#made", { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map(({ id }) => id), []);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
