// Every page of the book, as a reader meets it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Book, PAGES, ROOT } from "./book.js";

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

for (const path of PAGES) {
  test(`${path} is quiet, asks nobody else, and is no wider than its window`, async () => {
    for (const width of [390, 820, 1440]) {
      for (const theme of ["light", "navy"]) {
        const page = await book.page(path, { viewport: { width, height: 900 }, theme });
        await page.waitForLoadState("load");
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} pixels too wide at ${width}`);
        assert.deepEqual(page.wrong, []);
        await page.context().close();
      }
    }
  });
}

test("without JavaScript code, twin, output and drawing are all there", async () => {
  const page = await book.page("three-ways/async-done-right.html", { javaScriptEnabled: false });
  const figure = page.locator("#listing-sum-async");
  for (const part of ['[data-language="Rust"] pre', '[data-language="Python"] pre',
    ".listing-output pre", "svg.timeline .lane-name", ".timeline-words summary"]) {
    assert.ok(await figure.locator(part).first().isVisible(), `${part} can't be seen`);
  }
  assert.match(await figure.locator(".listing-output").innerText(), /Time: 3\.0 sec/);
  assert.equal(await figure.locator(".player").isVisible(), false);
  await page.context().close();
});

test("a drawing is described to those who can't see it", async () => {
  const page = await book.page("three-ways/async-and-no-faster.html");
  const svg = page.locator("#listing-sum-blocking svg.timeline");
  const described = await svg.evaluate((svg) => {
    const ids = [svg.getAttribute("aria-labelledby"), svg.getAttribute("aria-describedby")];
    return ids.map((id) => document.getElementById(id).textContent).join(" ");
  });
  assert.match(described, /Timeline of sum-blocking/);
  assert.match(described, /task a: polled once, blocked its thread for 2 seconds at line 10/);
  assert.match(described, /task b: .*ready but not polled for 2 seconds/);
  await page.context().close();
});

test("the keyboard chooses the language, and the choice is kept", async () => {
  const page = await book.page("three-ways/in-order.html");
  const figure = page.locator("#listing-sum-sync");
  const python = figure.locator('[data-language="Python"]');
  assert.equal(await python.isVisible(), false);
  await figure.getByRole("tab", { name: "Rust" }).focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(await python.isVisible());
  assert.equal(await figure.locator('[data-language="Rust"]').isVisible(), false);
  const focused = await page.evaluate(() => document.activeElement?.textContent);
  assert.equal(focused, "Python");
  assert.match(page.url(), /in-order\.html$/, "the key turned the page");
  await page.goto(`${book.address}/three-ways/async-done-right.html`);
  assert.ok(await page.locator('#listing-sum-async [data-language="Python"]').isVisible());
  await page.context().close();
});

test("the player is light", () => {
  const size = (/** @type {string[]} */ names) =>
    gzipSync(names.map((name) => readFileSync(join(ROOT, "theme", name), "utf8")).join("")).length;
  const script = size(["player.js", "run.js", "code.js"]);
  const style = size(["player.css", "timeline.css"]);
  assert.ok(script <= 10 * 1024, `${script} bytes of JavaScript`);
  assert.ok(style <= 6 * 1024, `${style} bytes of CSS`);
});
