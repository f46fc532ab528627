// The laboratory in its page: controls, address, program and run go together.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { Book } from "./book.js";
import { parse, program } from "../../theme/program.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

/**
 * Opens the laboratory with an experiment.
 * @param {string} fragment
 * @param {object} [options]
 */
async function laboratory(fragment = "", options = {}) {
  const page = await book.page(`laboratory.html${fragment && `#${fragment}`}`, options);
  await page.locator(".laboratory form").scrollIntoViewIfNeeded();
  await ran(page);
  return page;
}

/** @param {import("playwright-core").Page} page */
async function ran(page) {
  await page.locator('.laboratory[aria-busy="false"]').waitFor();
}

/** What the page shows. @param {import("playwright-core").Page} page */
async function shown(page) {
  await ran(page);
  return page.evaluate(() => ({
    fragment: location.hash.slice(1),
    words: document.querySelector(".laboratory-words").textContent,
    code: document.querySelector("#experiment .listing-code code").textContent,
    output: document.querySelector("#experiment .listing-output code")?.textContent ?? "",
    problems: [...document.querySelectorAll(".laboratory-problems li")].map((item) => item.textContent),
  }));
}

test("a control changes the address, the program and the run", async () => {
  const page = await laboratory();
  assert.match((await shown(page)).words, /^It takes 3 seconds\. .* 5 seconds\. Polled: main 3 ×, task a 3 ×, task b 4 ×\.$/);
  const length = await page.evaluate(() => history.length);
  await page.getByRole("radio", { name: /they block/ }).check();
  const blocking = await shown(page);
  assert.equal(blocking.fragment, "tasks=2x1,3x1&how=spawn&wait=block");
  assert.match(blocking.words, /^It takes 5 seconds/);
  assert.match(blocking.code, /std::thread::sleep/);
  await page.getByLabel("How many tasks").selectOption("3");
  await page.getByLabel("How often C waits").selectOption("1");
  await page.getByLabel("How long C waits each time").selectOption("2");
  await page.getByRole("radio", { name: /a few at once/ }).check();
  await page.getByLabel("At most").selectOption("3");
  await page.getByLabel("Fails after").selectOption("C");
  await page.getByLabel("Time-out").selectOption("9.5");
  await page.getByLabel("Computing").fill("80");
  const all = await shown(page);
  assert.equal(all.fragment, "tasks=2x1,3x1,1x2&how=limit&limit=3&wait=block&work=80&fails=C&timeout=9.5");
  assert.equal(all.code, program(parse(all.fragment).settings).source);
  assert.match(all.output, /Error: C failed\nTime: /);
  // Who goes back wants to leave, not to see each click again.
  assert.equal(await page.evaluate(() => history.length), length);
  await page.getByRole("button", { name: "Back to the first" }).click();
  assert.equal((await shown(page)).fragment, "tasks=2x1,3x1&how=spawn");
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a task that shall fail can be taken away", async () => {
  const page = await laboratory("tasks=1x1,1x1&how=join&fails=B");
  await page.getByLabel("How many tasks").selectOption("1");
  assert.equal((await shown(page)).fragment, "tasks=1x1&how=join");
  assert.equal(await page.getByLabel("Fails after").inputValue(), "none");
  await page.context().close();
});

test("a link from a chapter sets it up, and back goes back", async () => {
  const page = await book.page("three-ways/async-and-no-faster.html");
  await page.locator("main").getByRole("link", { name: "laboratory" }).click();
  await page.waitForURL(/laboratory\.html#/);
  const first = await shown(page);
  assert.match(first.words, /^Set up like sum-blocking: .* It takes 5 seconds/);
  assert.ok(await page.getByRole("radio", { name: /they block/ }).isChecked());
  assert.ok(await page.locator(".laboratory form").isVisible());
  await page.getByRole("link", { name: "At most two at once" }).click();
  const second = await shown(page);
  assert.match(second.code, /buffer_unordered\(2\)/);
  assert.equal(await page.getByLabel("How many tasks").inputValue(), "4");
  await page.goBack();
  assert.deepEqual((await shown(page)).words, first.words);
  // An address that is typed.
  await page.evaluate(() => { location.hash = "tasks=1x5&how=turn"; });
  assert.match((await shown(page)).words, /^It takes 5 seconds/);
  assert.deepEqual((await shown(page)).problems, []);
  // A place in the page is no experiment.
  await page.evaluate(() => { location.hash = "in-short"; });
  assert.match((await shown(page)).code, /work\("A", start\)/);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("an address that is wrong is answered above the controls, and keeps what is right", async () => {
  const page = await laboratory("tasks=9x9&how=join&wait=block&speed=<b>2");
  const { problems, words, code } = await shown(page);
  assert.equal(problems.length, 2);
  assert.match(problems[0], /^tasks=9x9 is not what it can be/);
  assert.match(problems[1], /^speed is no setting/);
  assert.match(code, /tokio::join!\(a, b\)/);
  assert.match(words, /^It takes 5 seconds/);
  const above = await page.evaluate(() =>
    document.querySelector(".laboratory-problems").getBoundingClientRect().bottom <= document.querySelector(".laboratory form").getBoundingClientRect().top);
  assert.ok(above);
  await page.getByRole("radio", { name: /in turn/ }).check();
  assert.deepEqual((await shown(page)).problems, []);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("what is copied is the program", async () => {
  const page = await laboratory("tasks=1x1,2x1&how=join", { permissions: ["clipboard-read", "clipboard-write"] });
  const block = page.locator("#experiment .listing-code pre");
  await block.hover();
  await block.getByRole("button", { name: "Copy" }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, program(parse("tasks=1x1,2x1&how=join").settings).source);
  await page.context().close();
});

test("the player stands in the code at the lines where the tasks are", async () => {
  const page = await laboratory("tasks=1x1,1x2&how=join&timeout=1.5");
  const player = page.locator("#experiment .player");
  await player.getByLabel("Time").fill("0.5");
  const chips = await page.locator("#experiment .code-line .chip").evaluateAll((chips) => {
    const text = document.querySelector("#experiment .listing-code code").textContent.split("\n");
    return chips.map((chip) => `${chip.textContent} at ${text[chip.parentElement.dataset.line - 1].trim()}`).sort();
  });
  assert.deepEqual(chips, [
    "a waits at tokio::time::sleep(Duration::from_secs(seconds)).await;",
    "b waits at tokio::time::sleep(Duration::from_secs(seconds)).await;",
    "main waits at if timeout(limit, all(start)).await.is_err() {",
    "main waits at tokio::join!(a, b);",
  ]);
  await page.context().close();
});

test("the keyboard is enough", async () => {
  const page = await laboratory("tasks=2x1,3x1&how=turn");
  await page.getByLabel("How many tasks").focus();
  await page.keyboard.press("ArrowDown");
  assert.match((await shown(page)).fragment, /^tasks=2x1,3x1,1x1&/);
  await page.getByRole("radio", { name: /in turn/ }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.match((await shown(page)).fragment, /how=spawn/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  assert.match((await shown(page)).fragment, /wait=block/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  assert.match((await shown(page)).fragment, /work=40/);
  assert.match(page.url(), /laboratory\.html/, "the key turned the page");
  await page.context().close();
});

test("it fits every width, and everybody can use it", async () => {
  for (const theme of ["light", "navy"]) {
    for (const width of [390, 820, 1440]) {
      const page = await laboratory("tasks=5x5,5x5,5x5,5x5,5x5,5x5&how=limit&limit=6&work=480&fails=F&timeout=9.5&speed=2", { theme, viewport: { width, height: 900 } });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `at ${width}`);
      const heights = await page.locator(".laboratory form label:visible").evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().height));
      assert.ok(heights.every((height) => height >= 44), `a thumb needs more than ${Math.min(...heights)}`);
      await page.evaluate(AXE);
      const found = await page.evaluate(async () => (await axe.run({ resultTypes: ["violations"] })).violations
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)));
      assert.deepEqual(found, [], `${theme} at ${width}`);
      assert.deepEqual(page.wrong, []);
      await page.context().close();
    }
  }
});

test("who doesn't look at it loads no module, and it is no part of other pages", async () => {
  const fetched = (page) => page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  const page = await book.page("laboratory.html", { viewport: { width: 1440, height: 200 } });
  await page.locator(".laboratory form").waitFor();
  assert.ok(!(await fetched(page)).some((name) => /host\.js|\.wasm/.test(name)));
  const other = await book.page("introduction.html");
  await other.waitForLoadState("load");
  assert.ok(!(await fetched(other)).some((name) => /laboratory|program\.js|worker\.js/.test(name)));
  await page.context().close();
  await other.context().close();
});

test("without the script it says what it needs", async () => {
  const page = await book.page("laboratory.html", { javaScriptEnabled: false });
  assert.match(await page.locator("main .laboratory").innerText(), /in a browser with JavaScript/);
  assert.ok(await page.locator("figure.race svg.timeline").isVisible());
  await page.context().close();
});
