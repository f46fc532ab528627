// Every quiz of every page: what it covers, what it says, and what it remembers.

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

/** The pages that have to ask: those of a part that isn't the reference, if they show a run. */
const ASKING = PAGES.filter((path) => path.includes("/") && !path.startsWith("reference/")
  && readFileSync(join(ROOT, "book", path), "utf8").includes("<figure"));

const ONE = "three-ways/async-done-right.html";

/** The quizzes of a page, as the page says without its script. */
async function quizzes(path) {
  const page = await book.page(path, { javaScriptEnabled: false });
  const found = await page.locator("section.predict").evaluateAll((sections) => sections.map((section) => {
    const choices = [...section.querySelectorAll(":scope > ul > li")].map((li) => li.textContent.trim());
    const answers = [...section.querySelectorAll("details li")].map((li) => ({
      mark: li.querySelector("strong").textContent,
      why: li.querySelector(".why").textContent,
      // What is left is the choice.
      text: [...li.childNodes].slice(1, -1).map((node) => node.textContent).join("").trim(),
    }));
    return { name: section.dataset.listing, choices, answers };
  }));
  await page.context().close();
  return found;
}

/** What is seen of a quiz and of the figures that answer it. */
function seen(page, name) {
  return page.evaluate((name) => {
    const visible = (/** @type {Element} */ element) => element.checkVisibility();
    const section = document.querySelector(`section.predict[data-listing="${name}"]`);
    const outcomes = [...document.querySelectorAll(`.outcome[data-quiz="${name}"]`)];
    return {
      outcomes: outcomes.map(visible),
      covers: outcomes.map((outcome) => visible(outcome.previousElementSibling)),
      sentences: [...section.querySelectorAll(".sentence")].map(visible),
      verdict: section.querySelector("[role=status]").textContent,
      buttons: [...section.querySelectorAll("button")].filter(visible).map((button) => button.textContent),
    };
  }, name);
}

/** That a quiz is still a question. */
function assertAsks(state, why) {
  assert.ok(state.outcomes.length > 0, `${why}: it covers nothing`);
  assert.ok(state.outcomes.every((visible) => !visible), `${why}: the output can be seen`);
  assert.ok(state.covers.every((visible) => visible), `${why}: no button uncovers it`);
  assert.ok(state.sentences.every((visible) => !visible), `${why}: a sentence can be seen`);
  assert.equal(state.verdict, "", why);
  assert.deepEqual(state.buttons, ["Check", "Show me"], why);
}

/** That a quiz is answered. */
function assertAnswered(state, why) {
  assert.ok(state.outcomes.every((visible) => visible), `${why}: the output can't be seen`);
  assert.ok(state.covers.every((visible) => !visible), `${why}: a cover is left`);
  assert.ok(state.sentences.every((visible) => visible), `${why}: a sentence can't be seen`);
  assert.deepEqual(state.buttons, ["Ask me again"], why);
}

for (const path of ASKING) {
  test(`${path} asks, and says what is right and what is wrong`, async () => {
    const asked = await quizzes(path);
    assert.ok(asked.length > 0, "no quiz");
    const page = await book.page(path, { viewport: { width: 390, height: 900 } });
    for (const { name, choices, answers } of asked) {
      assertAsks(await seen(page, name), "at first");
      assert.equal(answers.length, choices.length);
      assert.deepEqual(answers.map(({ mark }) => mark.includes("Right")), answers.map((_, index) => index === 0));
      const section = page.locator(`section.predict[data-listing="${name}"]`);
      for (const { text, why, mark } of answers) {
        const index = choices.indexOf(text);
        assert.ok(index >= 0, `${text} is no choice`);
        await section.getByRole("radio").nth(index).check();
        await section.getByRole("button", { name: "Check" }).click();
        const state = await seen(page, name);
        assertAnswered(state, text);
        assert.equal(state.verdict.trim(), `${mark} ${why}`.trim(), text);
        assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Ask me again");
        await section.getByRole("button", { name: "Ask me again" }).click();
        assertAsks(await seen(page, name), "asked again");
      }
      await section.getByRole("button", { name: "Show me" }).click();
      const state = await seen(page, name);
      assertAnswered(state, "shown");
      assert.ok(state.verdict.includes(answers[0].why));
      for (const box of await section.locator("label, button:visible").all()) {
        const { width, height } = await box.boundingBox();
        assert.ok(width >= 44 && height >= 44, `${await box.innerText()}: ${width} × ${height} is too small for a thumb`);
      }
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide when all is shown`);
    assert.deepEqual(page.wrong, []);
    await page.reload();
    for (const { name } of asked) assertAnswered(await seen(page, name), "after a reload");
    await page.context().close();
  });

  test(`${path} covers nothing without JavaScript, or on paper`, async () => {
    for (const javaScriptEnabled of [false, true]) {
      const page = await book.page(path, { javaScriptEnabled });
      if (javaScriptEnabled) await page.emulateMedia({ media: "print" });
      for (const outcome of await page.locator(".outcome").all()) {
        assert.ok(await outcome.isVisible(), "an output can't be seen");
      }
      if (!javaScriptEnabled) {
        assert.equal(await page.locator("section.predict button:visible").count(), 0);
        for (const fold of await page.locator("section.predict summary").all()) await fold.click();
      }
      for (const why of await page.locator(".predict .why").all()) {
        if ((await why.textContent()) !== "") assert.ok(await why.isVisible(), "a sentence can't be seen");
      }
      await page.context().close();
    }
  });
}

test("the keyboard does all of it, and turns no page", async () => {
  const page = await book.page(ONE);
  const section = page.locator("section.predict");
  const focused = () => page.evaluate(() => document.activeElement?.textContent || document.activeElement?.tagName);
  await section.getByRole("radio").first().focus();
  await page.keyboard.press("Enter");
  assertAsks(await seen(page, "sum-async"), "nothing chosen");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await section.getByRole("radio").nth(1).isChecked(), true);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Check");
  await page.keyboard.press("Enter");
  const { verdict } = await seen(page, "sum-async");
  assert.match(verdict, /^✓ Right: /);
  assert.equal(await focused(), "Ask me again");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "INPUT");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Show me");
  await page.keyboard.press("Space");
  assertAnswered(await seen(page, "sum-async"), "Show me");
  assert.ok(page.url().endsWith(ONE), "a key turned the page");
  await page.context().close();
});

test("a screen reader hears a question with named choices, and the verdict", async () => {
  const page = await book.page(ONE);
  const section = page.getByRole("group", { name: /^Predict / });
  await section.getByRole("group", { name: /Which line comes third now\?/ }).waitFor();
  const radio = section.getByRole("radio", { name: "Task A: Computing 1+2", exact: true });
  await radio.check();
  await section.getByRole("button", { name: "Check" }).click();
  assert.match(await section.getByRole("status").innerText(), /^✗ Not so: A goes on/);
  await page.context().close();
});

test("the cover of a figure uncovers it, and its player plays", async () => {
  const page = await book.page(ONE);
  const figure = page.locator("#listing-sum-async");
  await figure.getByRole("button", { name: "Show the output" }).click();
  assertAnswered(await seen(page, "sum-async"), "uncovered");
  assert.equal(await page.evaluate(() => document.activeElement?.className), "outcome is-shown");
  await figure.getByRole("button", { name: "Next event" }).click();
  assert.match(await figure.locator(".said").innerText(), /^0\.00 s: main/);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("answers are under one key, and without it or with another question all is asked again", async () => {
  const page = await book.page(ONE);
  await page.getByRole("button", { name: "Show me" }).click();
  const keys = await page.evaluate(() => Object.keys(localStorage).filter((key) => /predict/.test(key)));
  assert.deepEqual(keys, ["waiting-well-predictions"]);
  for (const change of [
    "localStorage.removeItem('waiting-well-predictions')",
    "localStorage.setItem('waiting-well-predictions', 'no JSON')",
    "localStorage.setItem('waiting-well-predictions', JSON.stringify({ [document.querySelector('legend').textContent]: 'an old choice' }))",
  ]) {
    await page.evaluate(change);
    await page.reload();
    assertAsks(await seen(page, "sum-async"), change);
  }
  await page.context().close();
});

test("the quizzes are light", () => {
  const size = gzipSync(readFileSync(join(ROOT, "theme/predict.js"))).length;
  assert.ok(size < 2048, `${size} bytes of JavaScript`);
});
