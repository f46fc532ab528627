// Whom the pages reach, and what they cost: readers with a slow line, a phone, a keyboard,
// a screen reader, magnified letters; and nobody else's server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Book, PAGES } from "./book.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What a page may cost over the wire, compressed, in bytes. */
const BUDGET = { all: 120 * 1024, script: 35 * 1024 };

/** The longest, the first, and one with two programs in each figure. */
const THREE = ["introduction.html", "inside/event-loop.html", "three-ways/async-and-no-faster.html"];

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

/**
 * What axe finds wrong with a page as it is.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
function violations(page) {
  return page.evaluate(async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary}`));
  });
}

/** @param {import("playwright-core").Page} page */
function useTheme(page, theme) {
  return page.evaluate((theme) => {
    const { classList, dataset } = document.documentElement;
    classList.remove(dataset.light, dataset.dark);
    classList.add(theme);
  }, theme);
}

/**
 * What was fetched for a page, in compressed bytes by kind. The program that the laboratory runs
 * at once has a limit of its own, in laboratory.test.js.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<Record<string, number>>}
 */
function bytes(page) {
  return page.evaluate(() => {
    /** @type {Record<string, number>} */
    const kinds = {};
    for (const { name, encodedBodySize } of [
      ...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]) {
      const kind = new URL(name).pathname.split(".").at(-1);
      if (kind === "wasm") continue;
      kinds[kind] = (kinds[kind] ?? 0) + encodedBodySize;
    }
    return kinds;
  });
}

for (const path of PAGES) {
  test(`${path} is fit for everybody, and light`, async (t) => {
    for (const width of [390, 1440]) {
      const page = await book.page(path, { viewport: { width, height: 900 } });
      // With what the scripts ask for when the page is there.
      await page.waitForLoadState("networkidle");
      const kinds = await bytes(page);
      const all = Object.values(kinds).reduce((sum, more) => sum + more);
      t.diagnostic(`${width}: ${all} bytes, ${JSON.stringify(kinds)}`);
      assert.ok(kinds.js > 1000, "scripts were not measured");
      assert.ok(kinds.js <= BUDGET.script, `${kinds.js} bytes of JavaScript`);
      assert.ok(all <= BUDGET.all, `${all} bytes in all`);
      await page.evaluate(AXE);
      for (const theme of ["light", "navy"]) {
        await useTheme(page, theme);
        assert.deepEqual(await violations(page), [], `at ${width} in ${theme}`);
      }
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    }
  });
}

for (const path of ["print.html", "toc.html"]) {
  test(`${path} is fit for everybody`, async () => {
    const page = await book.page(path, { viewport: { width: 390, height: 900 } });
    await page.evaluate(AXE);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test("a fault in a page would be found", async () => {
  const page = await book.page("introduction.html");
  await page.evaluate(() => {
    document.querySelector("main p").innerHTML = '<img src="favicon.svg"> <a href="x" style="color: #bbb">pale</a>';
  });
  await page.evaluate(AXE);
  const found = (await violations(page)).join("\n");
  assert.match(found, /image-alt/);
  assert.match(found, /color-contrast/);
  await page.context().close();
});

test("what opens over a page is fit for everybody, too", async () => {
  const opened = {
    contents: (page) => page.getByRole("button", { name: "Table of contents" }).click(),
    themes: (page) => page.getByRole("button", { name: "Theme" }).click(),
    help: (page) => page.keyboard.press("?"),
    search: async (page) => {
      await page.keyboard.press("s");
      await page.getByRole("searchbox").fill("poll");
      await page.keyboard.press("Shift");
      await page.locator("#mdbook-searchresults a").first().waitFor();
    },
  };
  for (const [what, open] of Object.entries(opened)) {
    for (const width of [390, 1440]) {
      const page = await book.page("introduction.html", { viewport: { width, height: 900 } });
      await page.evaluate(AXE);
      await open(page);
      for (const theme of ["light", "navy"]) {
        await useTheme(page, theme);
        assert.deepEqual(await violations(page), [], `${what} at ${width} in ${theme}`);
      }
      await page.context().close();
    }
  }
});

test("a page runs no script but the book's own files", async () => {
  const page = await book.page("introduction.html");
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /default-src 'self'; script-src 'self'/);
  // WebAssembly may be compiled; no text may be taken for a script.
  assert.match(policy, /script-src[^;]* 'wasm-unsafe-eval'/);
  assert.doesNotMatch(policy.replace(" 'wasm-unsafe-eval'", ""), /unsafe-eval|https?:|\*|script-src[^;]*unsafe/);
  const ran = await page.evaluate(async () => {
    const refused = new Promise((resolve) => document.addEventListener("securitypolicyviolation", resolve, { once: true }));
    const script = document.createElement("script");
    script.textContent = "window.ranInline = true";
    document.body.append(script);
    const { effectiveDirective } = await refused;
    return { inline: window.ranInline === true, effectiveDirective };
  });
  assert.deepEqual(ran, { inline: false, effectiveDirective: "script-src-elem" });
  await page.context().close();
});

test("the served page may still be reloaded", async () => {
  const page = await book.page("introduction.html");
  const asked = page.waitForRequest(/event-stream/);
  await page.reload();
  await asked;
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

for (const path of THREE) {
  for (const language of ["Rust", "Python"]) {
    test(`${path} doesn't jump while it loads, for a reader of ${language}`, async () => {
      const context = await book.browser.newContext({ viewport: { width: 1440, height: 900 } });
      await context.addInitScript((language) => {
        localStorage.setItem("waiting-well-language", language);
        window.shifted = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifted += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      }, language);
      const page = await context.newPage();
      // So late that the page is drawn before the modules run.
      await page.route(/(?<!start|toc)\.js$/, async (route) => {
        await new Promise((later) => setTimeout(later, 500));
        await route.continue();
      });
      await page.goto(`${book.address}/${path}`);
      await page.waitForTimeout(300);
      const shifted = await page.evaluate(() => window.shifted);
      assert.ok(shifted < 0.005, `it shifted by ${shifted}`);
      await page.evaluate(() => { document.querySelector("main").style.paddingTop = "500px"; });
      await page.waitForFunction(() => window.shifted > 0.005);
      await context.close();
    });
  }
}

test("magnified to 200 % a page is no wider than its window", async () => {
  for (const path of [...THREE, "pieces/which-one.html", "reference/glossary.html"]) {
    const page = await book.page(path, { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${path} is ${wide} pixels too wide`);
    await page.context().close();
  }
});

test("the keyboard skips to the text, scrolls wide code, and turns the pages", async () => {
  const page = await book.page("three-ways/async-and-no-faster.html", { viewport: { width: 390, height: 900 } });
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to the text");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null), "it didn't skip");
  const code = page.locator("#listing-sum-blocking .listing-code:visible pre > code");
  await code.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => [...document.querySelectorAll("pre > code")].some((code) => code.scrollLeft > 0));
  assert.match(page.url(), /async-and-no-faster/, "the key turned the page");
  await page.locator("main").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/async-done-right/);
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/async-and-no-faster/);
  await page.keyboard.press("?");
  assert.ok(await page.getByRole("dialog", { name: "Keyboard shortcuts" }).isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#mdbook-help").isVisible(), false);
  await page.context().close();
});

test("on a phone the table of contents opens over the text and closes again", async () => {
  const page = await book.page("pieces/join.html", { viewport: { width: 390, height: 900 } });
  const contents = page.getByRole("navigation", { name: "Table of contents" });
  assert.equal(await contents.isVisible(), false);
  await page.getByRole("button", { name: "Table of contents" }).press("Enter");
  assert.equal(await contents.locator("a:focus").innerText(), "Join");
  assert.equal(await contents.locator('[aria-current="page"]').innerText(), "Join");
  await page.keyboard.press("Escape");
  assert.equal(await contents.isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), "mdbook-sidebar-toggle");
  await page.context().close();
});

for (const path of ["reference/python-to-rust.html", "reference/further-reading.html"]) {
  test(`on a phone ${path} can be read without scrolling sideways`, async () => {
    const page = await book.page(path, { viewport: { width: 390, height: 844 } });
    const tables = page.locator(".table-wrapper");
    assert.ok(await tables.count() > 0);
    const wide = await tables.evaluateAll((all) => all.map((table) => table.scrollWidth - table.clientWidth));
    assert.deepEqual(wide, wide.map(() => 0));
    await page.context().close();
  });
}

test("the theme is light, dark, or what the system says", async () => {
  const page = await book.page("introduction.html", { colorScheme: "dark" });
  // The page hears of the system a moment later.
  const becomes = (/** @type {string} */ ground) =>
    page.waitForFunction((ground) => getComputedStyle(document.documentElement).colorScheme === ground, ground, { timeout: 5000 });
  await becomes("light");
  const choose = async (/** @type {string} */ name) => {
    await page.getByRole("button", { name: "Theme" }).click();
    await page.getByRole("button", { name, exact: true }).click();
  };
  await page.getByRole("button", { name: "Theme" }).click();
  assert.deepEqual(await page.locator("#mdbook-theme-list button").allInnerTexts(), ["Automatic", "Light", "Dark"]);
  await page.keyboard.press("Escape");
  await choose("Automatic");
  await becomes("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await becomes("light");
  await choose("Dark");
  await becomes("dark");
  assert.equal(await page.evaluate(() => localStorage.getItem("mdbook-theme")), "navy");
  await page.context().close();
});

test("opened chapters get a mark, and all of it is forgotten when asked", async () => {
  const page = await book.page("three-ways/in-order.html");
  await page.goto(`${book.address}/inside/event-loop.html`);
  const marked = () => page.locator("#mdbook-sidebar a.visited").allTextContents();
  assert.deepEqual(await marked(), ["In order", "An event loop in a hundred lines"]);
  await page.evaluate(() => {
    localStorage.setItem("waiting-well-something", "1");
    localStorage.setItem("of-somebody-else", "1");
  });
  await page.getByRole("button", { name: "Table of contents" }).click();
  await page.getByRole("button", { name: "Forget my progress" }).click();
  assert.deepEqual(await marked(), []);
  const left = await page.evaluate(() => Object.keys(localStorage).sort());
  assert.deepEqual(left, ["mdbook-sidebar", "mdbook-theme", "of-somebody-else"]);
  await page.goto(`${book.address}/three-ways/async-done-right.html`);
  assert.deepEqual(await marked(), ["Async, done right"]);
  assert.match(await page.locator(".progress-count").textContent(), /^1 of \d+ opened$/);
  await page.context().close();
});

test("an address that leads nowhere is answered by a page that helps", async () => {
  const page = await book.page("no/such/place.html");
  assert.equal(await page.locator("h1").innerText(), "Nothing here");
  assert.deepEqual(page.wrong.filter((wrong) => !wrong.includes("404")), []);
  assert.equal(page.wrong.filter((wrong) => wrong.startsWith("404")).length, 1, "something else is missing");
  await page.locator("main").getByRole("link", { name: "Waiting Well" }).click();
  await page.waitForURL(`${book.address}/introduction.html`);
  await page.context().close();
});

test("search is fetched when it is opened, and finds", async () => {
  const isSearch = (/** @type {string} */ url) => /elasticlunr|mark\.min|searcher|searchindex/.test(url);
  const ways = {
    key: (page) => page.keyboard.press("/"),
    button: (page) => page.getByRole("button", { name: "Search" }).click(),
    address: (page) => page.goto(`${book.address}/pieces/join.html?search=future`),
  };
  for (const [way, open] of Object.entries(ways)) {
    const page = await book.page("pieces/join.html");
    await page.waitForLoadState("load");
    // So slow that somebody types meanwhile.
    await page.route(/searcher\.js$/, async (route) => {
      await new Promise((later) => setTimeout(later, 60));
      await route.continue();
    });
    const fetched = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.deepEqual(fetched.filter(isSearch), []);
    await open(page);
    const box = page.getByRole("searchbox");
    await box.waitFor();
    if (way !== "address") {
      await page.waitForFunction(() => document.activeElement?.id === "mdbook-searchbar");
      await page.keyboard.type("future", { delay: 20 });
      assert.equal(await box.inputValue(), "future");
    }
    const found = page.locator("#mdbook-searchresults a");
    await found.first().waitFor();
    assert.ok(await found.count() > 3, way);
    await box.focus();
    await page.keyboard.press("Escape");
    assert.equal(await box.isVisible(), false);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  }
});

test("a command is copied without its prompt", async () => {
  const page = await book.page("introduction.html", { permissions: ["clipboard-read", "clipboard-write"] });
  const block = page.locator("main > pre").first();
  await block.hover();
  await block.getByRole("button", { name: "Copy" }).click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "cargo run -p sum-async\n");
  await page.context().close();
});

test("on paper there is nothing to press, and no dark ground", async () => {
  const page = await book.page("three-ways/async-done-right.html", { theme: "navy" });
  await page.emulateMedia({ media: "print" });
  const pressed = await page.locator("button:visible, select:visible, input:visible").count();
  assert.equal(pressed, 0);
  for (const part of ["html", "#listing-sum-async"]) {
    const ground = await page.locator(part).evaluate((part) => getComputedStyle(part).backgroundColor);
    assert.equal(ground, "rgb(255, 255, 255)", part);
  }
  const drawing = page.locator("#listing-sum-async .timeline-drawing");
  assert.equal(await drawing.evaluate((drawing) => getComputedStyle(drawing).breakInside), "avoid");
  await page.context().close();
});
