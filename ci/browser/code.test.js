// The colors of code: they come with the page, and can be read.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Book } from "./book.js";

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

/** A page with what changes between two programs, and one with a twin in Python. */
const PATHS = ["inside/event-loop.html", "three-ways/async-done-right.html"];

/** What is colored, and its contrast with what lies behind it. */
function contrasts() {
  const channels = (/** @type {string} */ color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const light = (/** @type {string} */ color) => {
    const [r, g, b] = channels(color).slice(0, 3).map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (/** @type {Element} */ element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (channels(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("[class^='hl-']")].map((piece) => {
    const [a, b] = [getComputedStyle(piece).color, ground(piece)].map(light);
    return { kind: piece.className, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
  });
}

for (const theme of ["light", "navy"]) {
  test(`the colors of code can be read in the theme ${theme}`, async () => {
    const kinds = new Set();
    for (const path of PATHS) {
      const page = await book.page(path, { theme });
      for (const { kind, ratio } of await page.evaluate(contrasts)) {
        kinds.add(kind);
        assert.ok(ratio >= 4.5, `${kind} has a contrast of ${ratio} in ${path}`);
      }
      await page.context().close();
    }
    for (const kind of ["keyword", "type", "string", "comment", "function", "macro", "added", "removed"]) {
      assert.ok(kinds.has(`hl-${kind}`), `no ${kind} was found`);
    }
  });
}

test("the colors are there without JavaScript", async () => {
  const page = await book.page(PATHS[0], { javaScriptEnabled: false });
  assert.ok(await page.locator("pre .hl-keyword").first().isVisible());
  await page.context().close();
});
