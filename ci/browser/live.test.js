// Saving a program while the book is served: the page shows its new run beside the golden.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Book, ROOT } from "./book.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The first program is compiled together with what it depends on. */
const COLD = { timeout: 300_000 };

const FILE = join(ROOT, "listings/three-ways/sum-async/src/main.rs");
const PROGRAM = readFileSync(FILE, "utf8");

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => {
  writeFileSync(FILE, PROGRAM);
  book.close();
});

test("a saved program shows its new run, and nothing once it is the old one again", COLD, async () => {
  const page = await book.page("three-ways/async-done-right.html");
  const live = page.locator("#listing-sum-async > .live");
  assert.equal(await page.locator(".live").count(), 0);
  writeFileSync(FILE, PROGRAM.replace("Computing", "Adding"));
  await live.locator(".live-output", { hasText: "Task A: Adding 0+1" }).waitFor(COLD);
  const state = live.locator(".live-state");
  await state.filter({ hasText: "Not blessed yet: it does something else now" }).waitFor(COLD);
  assert.match(await live.locator(".live-differs").innerText(), /- Task A: Computing 0\+1/);
  assert.equal(await live.locator("svg.timeline").count(), 1);
  // The golden is there as well, and each id only once.
  const output = page.locator("#listing-sum-async > .listing-output, #listing-sum-async > .outcome .listing-output");
  assert.match((await output.textContent()) ?? "", /Computing/);
  await page.evaluate(AXE);
  const faults = await page.evaluate(async () => {
    // @ts-ignore: it was loaded above.
    const { violations } = await axe.run(".live");
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  });
  assert.deepEqual(faults, []);
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} pixels on a page of ${width}`);
  }
  if (process.env.SHOT) await live.screenshot({ path: process.env.SHOT });
  writeFileSync(FILE, PROGRAM);
  await live.waitFor({ state: "detached", ...COLD });
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
