// The Run button of a figure, in Chromium: every listing that runs in a page runs there, does
// what the page shows, and what goes wrong is told.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Book, PAGES, ROOT } from "./book.js";

/** From the click to the first line of the run, in milliseconds, with nothing loaded yet. */
const FIRST_LINE = 300;

/** So often that is measured; the median counts. */
const TIMES = 9;

const ASYNC = "three-ways/async-done-right.html";
const SAYS = ".here-said";

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

/**
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
async function run(page, name) {
  const figure = page.locator(`#listing-${name}`);
  await figure.locator("button.run").click();
  await figure.locator(SAYS).filter({ hasNotText: "Running…" }).filter({ hasText: /./ }).waitFor();
  return figure;
}

/**
 * A page whose modules are those that `instead` gives.
 * @param {(name: string) => Buffer | null} instead none: there is no such file
 */
async function pageWith(instead, path = ASYNC) {
  const page = await book.page(path);
  await page.route("**/*.wasm*", (route) => {
    const name = /wasm\/(.*)\.wasm/.exec(route.request().url())?.[1] ?? "";
    const body = instead(name);
    return body ? route.fulfill({ body, contentType: "application/wasm" }) : route.fulfill({ status: 404 });
  });
  return page;
}

describe("each listing runs in its page, and agrees with it", () => {
  for (const path of PAGES) {
    const text = readFileSync(join(ROOT, "book", path), "utf8");
    const names = [...text.matchAll(/<figure class="listing" data-listing="([^"]+)" id="listing-\1">/g)]
      .map(([, name]) => name)
      .filter((name) => existsSync(join(ROOT, "book/wasm", `${name}.wasm`)));
    if (!names.length) continue;
    test(`${path}: ${names.join(", ")}`, async () => {
      const page = await book.page(path);
      for (const name of names) {
        const figure = await run(page, name);
        const said = await figure.locator(SAYS).textContent();
        assert.match(said ?? "", /^✓ Your browser ran it in \d+ ms, and it agrees/, name);
        assert.equal(await figure.locator(".badge").textContent(), "run here");
      }
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    });
  }
});

test(`the first line comes within ${FIRST_LINE} ms of the click, with nothing loaded`, async () => {
  const times = [];
  for (let time = 0; time < TIMES; time += 1) {
    const page = await book.page(ASYNC);
    times.push(await page.evaluate(() => new Promise((found) => {
      const figure = /** @type {HTMLElement} */ (document.querySelector("#listing-sum-async"));
      figure.scrollIntoView();
      const start = performance.now();
      const look = () => {
        const line = figure.querySelector(".listing-output .line:not(.not-yet)");
        if (figure.classList.contains("is-played") && line) found(performance.now() - start);
        else requestAnimationFrame(look);
      };
      /** @type {HTMLElement} */ (figure.querySelector("button.run")).click();
      requestAnimationFrame(look);
    })));
    await page.context().close();
  }
  const [median] = times.sort((a, b) => a - b).slice(Math.floor(TIMES / 2));
  console.log(`click to first line: median ${Math.round(median)} ms, all ${times.map(Math.round)}`);
  assert.ok(median < FIRST_LINE, `${median} ms`);
});

test("nothing is fetched before the first click", async () => {
  const page = await book.page(ASYNC);
  /** @type {string[]} */
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  assert.deepEqual(fetched.filter((name) => /wasm|host|worker|agree|draw/.test(name)), []);
  await page.context().close();
});

test("the way back to the recording", async () => {
  const page = await book.page(ASYNC);
  const figure = page.locator("#listing-sum-async");
  const svg = () => figure.locator("svg.timeline").evaluate((svg) => svg.outerHTML.replace(/ (x1|x2)="[^"]*"/g, ""));
  const recorded = await svg();
  await run(page, "sum-async");
  await figure.getByRole("button", { name: "Back to the recording" }).click();
  await figure.locator(".badge", { hasText: "recorded" }).waitFor();
  assert.equal(await svg(), recorded);
  assert.equal(await figure.getByRole("button", { name: "Run it here" }).count(), 1);
  assert.equal(await figure.getByRole("button", { name: "Back" }).isVisible(), false);
  await page.context().close();
});

describe("what goes wrong is told", () => {
  test("another program than the recorded one", async () => {
    const page = await pageWith(() => readFileSync(join(ROOT, "book/wasm/sum-blocking.wasm")));
    const figure = await run(page, "sum-async");
    const said = await figure.locator(SAYS).textContent();
    assert.match(said ?? "", /^✗ It ran here, and did not do what this page shows: it took 5 seconds, not 3/);
    assert.equal(await figure.locator(".listing-output .line").first().count(), 1);
    await page.context().close();
  });

  test("no module, and then there is one", async () => {
    let there = false;
    const page = await pageWith((name) => there ? readFileSync(join(ROOT, `book/wasm/${name}.wasm`)) : null);
    let figure = await run(page, "sum-async");
    assert.match(await figure.locator(SAYS).textContent() ?? "", /can't run here: .*404.*cargo run -p sum-async/);
    assert.equal(await figure.locator(".badge").textContent(), "recorded");
    there = true;
    figure = await run(page, "sum-async");
    assert.match(await figure.locator(SAYS).textContent() ?? "", /^✓/);
    await page.context().close();
  });

  test("a program that computes for ever is ended, and the next one runs", async () => {
    // (module (memory (export "memory") 1) (func (export "_start") (loop (br 0))))
    const endless = Buffer.from(
      "0061736d0100000001040160000003020100050301000107130206" + "6d656d6f72790200065f737461727400000a0901070003400c000b0b", "hex");
    const page = await pageWith((name) => name === "io-join" ? endless : readFileSync(join(ROOT, `book/wasm/${name}.wasm`)),
      "pieces/join.html");
    let figure = await run(page, "io-join");
    assert.match(await figure.locator(SAYS).textContent() ?? "", /can't run here: it computed for 10 seconds/);
    figure = await run(page, "count-join");
    assert.match(await figure.locator(SAYS).textContent() ?? "", /^✓/);
    await page.context().close();
  });
});

test("a figure that can't run here says why, and how to run it", async () => {
  const page = await book.page("pieces/tasks.html");
  const figure = page.locator("#listing-task-panic");
  assert.equal(await figure.locator("button.run").count(), 0);
  assert.match(await figure.locator(".not-here").textContent() ?? "",
    /^This page can't run it: it goes on after a panic.*cargo run -p task-panic$/s);
  await page.context().close();
});

describe("the link to the playground", () => {
  test("has the program in it", async () => {
    const page = await book.page(ASYNC);
    const figure = page.locator("#listing-sum-async");
    const link = figure.getByRole("link", { name: "Open in the playground" });
    const { searchParams, host } = new URL(await link.getAttribute("href") ?? "");
    assert.equal(host, "play.rust-lang.org");
    assert.equal(searchParams.get("edition"), "2024");
    const source = readFileSync(join(ROOT, "listings/three-ways/sum-async/src/main.rs"), "utf8");
    assert.equal(searchParams.get("code"), source);
    await page.context().close();
  });

  test("says where its patience is too short", async () => {
    const page = await book.page("pieces/join.html");
    const words = (/** @type {string} */ name) => page.locator(`#listing-${name} .playground`).textContent();
    assert.match(await words("count-sync") ?? "", /stops programs after a few seconds, and this one takes 9 seconds/);
    assert.equal(await words("count-join"), "Open in the playground");
    await page.context().close();
  });
});
