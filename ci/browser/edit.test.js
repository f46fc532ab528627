// Changing a program in its figure and running it, with the reader's own cargo.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { Book, ROOT } from "./book.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page with a program whose output a quiz covers. */
const PAGE = "three-ways/async-done-right.html";

/** The first program is compiled together with what it depends on. */
const COLD = { timeout: 300_000 };

/** What is not recorded: the reader's own. */
const HELLO = 'fn main() {\n    println!("hello from me");\n}\n';

/** @type {Book} */
let book;
before(async () => { book = await Book.open(); });
after(() => book.close());

/**
 * Opens a page and the editor of one of its programs.
 * @param {import("playwright-core").BrowserContextOptions & {theme?: string, path?: string, name?: string}} options
 */
async function editing({ path = PAGE, name = "sum-async", ...options } = {}) {
  const page = await book.page(path, options);
  const figure = page.locator(`#listing-${name}`);
  const button = (/** @type {string} */ name) => figure.getByRole("button", { name, exact: true });
  const opened = {
    page,
    figure,
    button,
    text: figure.locator(".cm-content"),
    status: figure.locator(".edit-status"),
    output: figure.locator(".listing-output code"),
    remarks: figure.locator(".edit-remarks li"),
    says: (/** @type {RegExp} */ words, options = COLD) =>
      figure.locator(".edit-status", { hasText: words }).waitFor(options),
    open: async () => {
      await button(`Edit ${name}`).click();
      await figure.locator(".cm-content").waitFor();
    },
    /** In the place of all that is there. */
    write: async (/** @type {string} */ text) => {
      await figure.locator(".cm-content").focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
    },
  };
  await opened.open();
  return opened;
}

/** @param {import("playwright-core").Page} page */
const shown = (page) => page.locator(".cm-line").allInnerTexts();

test("each program in Rust can be edited, once, and nothing else", async () => {
  for (const path of ["introduction.html", PAGE, "inside/event-loop.html", "pieces/which-one.html"]) {
    const page = await book.page(path);
    const programs = page.locator('figure.listing .listing-code[data-language="Rust"]');
    const buttons = page.locator("button.edit");
    assert.equal(await buttons.count(), await programs.count(), path);
    for (const program of await programs.all()) assert.equal(await program.locator("button.edit").count(), 1);
    await page.context().close();
  }
});

test("the editor is loaded when it is asked for, and not before", async () => {
  const page = await book.page(PAGE);
  /** @type {string[]} */
  const loaded = [];
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.reload();
  assert.ok(loaded.includes("/theme/edit.js"));
  assert.ok(!loaded.some((path) => /codemirror|edit-text|edit\/run/.test(path)), loaded.join("\n"));
  await page.getByRole("button", { name: "Edit sum-async" }).click();
  await page.locator(".cm-content").waitFor();
  assert.ok(loaded.includes("/theme/vendor/codemirror.js"));
  const size = gzipSync(readFileSync(join(ROOT, "theme/vendor/codemirror.js"))).length;
  assert.ok(size < 150 * 1024, `the editor has ${size} bytes`);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a changed program runs, and its lines come while it runs", COLD, async () => {
  const { page, figure, button, status, output, says, write, text } = await editing();
  assert.match((await shown(page)).join("\n"), /async fn sum\(name: &str/);
  assert.equal(await figure.locator(".listing-command:visible").count(), 0);
  assert.match(await text.getAttribute("aria-label"), /sum-async.*Escape, then Tab/);
  const program = (await shown(page)).map((line) => line.replace("\u200b", "")).join("\n");
  await write(program.replace("Task {name}: Computing", "My {name} computes"));
  await button("Run").click();
  await figure.locator(".listing-output code", { hasText: "My A computes 0+1" }).waitFor(COLD);
  assert.equal(await status.innerText(), "Running…");
  assert.match(await figure.locator(".listing-output p").innerText(), /^It prints, and has run for /);
  assert.equal(await figure.locator(".badge").innerText(), "your run");
  assert.equal(await figure.locator(".here:visible, .not-here:visible").count(), 0);
  assert.doesNotMatch(await output.innerText(), /Sum/);
  await says(/^Done in 3(\.\d)? seconds\.$/);
  await figure.locator(".listing-output p", { hasText: /^It prints, in 3/ }).waitFor();
  assert.equal(await figure.locator("svg.timeline .lane-name, svg.timeline text").filter({ hasText: "task a" }).count() > 0, true);
  await figure.getByRole("button", { name: "Next event" }).click();
  assert.match(await figure.locator(".said").innerText(), /^0\.00 s: main/);
  assert.match(await output.textContent() ?? "", /My B computes 3\+3[^]*Sum = 6[^]*Time: 3\.\d sec\n$/);
  assert.equal(await button("Stop").isVisible(), false);

  await button("Close").click();
  assert.equal(await page.locator(".cm-editor, .edit-panel").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Edit");
  assert.match(await figure.locator(".listing-code pre:visible").innerText(), /Computing/);
  await figure.locator(".listing-output code", { hasText: "Task A: Computing 0+1" }).waitFor();
  assert.equal(await figure.locator(".badge").innerText(), "recorded");
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("an error stands at its line, and leads there", COLD, async () => {
  const { page, figure, button, remarks, says, write } = await editing();
  await write('fn main() {\n    // Ärger\n    println!("{}", größe + 1);\n}\n');
  await button("Run").click();
  await says(/^It does not compile: 1 error\.$/);
  assert.equal(await remarks.count(), 1);
  assert.match(await remarks.innerText(), /cannot find value `größe`[^]*main\.rs:3:20/);
  assert.equal(await figure.locator(".cm-lintRange-error").innerText(), "größe");
  assert.equal(await figure.locator(".cm-lint-marker-error").count(), 1);
  await button("Error at line 3").click();
  await page.keyboard.type("1 + ");
  assert.equal((await shown(page))[2], '    println!("{}", 1 + größe + 1);');
  await write("fn main() {\n    let unused = 1;\n}\n");
  await page.keyboard.press("Control+Enter");
  await says(/^Done in /);
  await button("Warning at line 2").waitFor();
  await page.context().close();
});

test("a program that must not compile can be mended", COLD, async () => {
  const { page, figure, output, says, write, button } = await editing({ path: "pieces/which-one.html", name: "spawn-borrows" });
  await button("Run").click();
  await says(/^It does not compile/);
  await write(HELLO);
  await button("Run").click();
  await says(/^Done in /);
  await output.filter({ hasText: /^hello from me\n$/ }).waitFor();
  assert.equal(await figure.locator(".badge").innerText(), "your run");
  assert.equal(await figure.locator(".listing-errors").isVisible(), false);
  await button("Close").click();
  assert.equal(await figure.locator(".listing-errors").isVisible(), true);
  assert.equal(await figure.locator(".timeline-drawing:visible, .listing-output:visible").count(), 0);
  await page.context().close();
});

test("it is stopped by its button, by Close, and by another run of the page", COLD, async () => {
  const { page, figure, button, status, says, write, open } = await editing();
  const endless = 'fn main() {\n    println!("begun");\n    loop {}\n}\n';
  await write(endless);
  await button("Run").click();
  await figure.locator(".listing-output code", { hasText: "begun" }).waitFor(COLD);
  await button("Stop").click();
  await says(/^Stopped\.$/);
  assert.equal(await button("Stop").isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Run");
  // A second Run takes the place of the first.
  await button("Run").click();
  await says(/^Running/);
  await write(HELLO);
  await button("Run").click();
  await says(/^Done in /);
  await write(endless);
  await button("Run").click();
  await says(/^Running/);
  await button("Close").click();
  await open();
  assert.equal(await status.innerText(), "");
  assert.match((await shown(page)).join("\n"), /loop/);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("changes are kept when it is closed, and when the page is loaded again", async () => {
  const { page, figure, button, write, open, text } = await editing();
  await write("fn main() { /* mine */ }");
  await page.reload();
  // It is open again, and takes no focus.
  await text.waitFor();
  assert.deepEqual(await shown(page), ["fn main() { /* mine */ }"]);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "BODY");
  assert.equal(await figure.locator(".edit-note").isVisible(), false);
  await button("Close").click();
  await page.reload();
  assert.equal(await page.locator(".cm-editor").count(), 0);
  await open();
  assert.deepEqual(await shown(page), ["fn main() { /* mine */ }"]);
  const keys = () => page.evaluate(() => Object.keys(localStorage).filter((key) => /edit/.test(key)));
  assert.deepEqual(await keys(), ["waiting-well-edit-sum-async"]);

  await page.evaluate(() => {
    const key = "waiting-well-edit-sum-async";
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), from: "fn main() {}" }));
  });
  await page.reload();
  await text.waitFor();
  assert.match(await figure.locator(".edit-note").innerText(), /has changed in the book/);
  await button("Start over").click();
  assert.match((await shown(page)).join("\n"), /async fn sum/);
  assert.equal(await figure.locator(".edit-note").isVisible(), false);
  assert.deepEqual(await keys(), []);
  await page.keyboard.press("Control+z");
  assert.deepEqual(await shown(page), ["fn main() { /* mine */ }"]);
  for (const broken of ["no JSON", "null", "[]", '{"from": 1}']) {
    await page.evaluate((broken) => localStorage.setItem("waiting-well-edit-sum-async", broken), broken);
    await page.reload();
    await text.waitFor();
    assert.match((await shown(page)).join("\n"), /async fn sum/, broken);
  }
  await page.context().close();
});

test("the keyboard does all of it, and the keys of the page are letters", COLD, async () => {
  const page = await book.page(PAGE);
  const figure = page.locator("#listing-sum-async");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent);
  await figure.locator("button.edit").focus();
  await page.keyboard.press("Enter");
  await figure.locator(".cm-content").waitFor();
  await page.waitForFunction(() => document.activeElement?.classList.contains("cm-content"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("fn main() {\nprintln!(\"s/?\");");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("// in");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.type("\n}");
  assert.match((await shown(page)).join("\n"), /^fn main\(\) \{\n {4}println!\("s\/\?"\);\n {4}\/\/ in\n *\}/);
  assert.ok(page.url().endsWith(PAGE), "a key turned the page");
  assert.equal(await page.locator("#mdbook-search-wrapper:visible, dialog:visible").count(), 0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Run");
  await page.keyboard.press("Enter");
  await figure.locator(".edit-status", { hasText: /^Done/ }).waitFor(COLD);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Start over");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Close");
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "Edit sum-async");
  await page.context().close();
});

test("lines that are too wide can be scrolled by the keyboard, in a place that stays as large", COLD, async () => {
  const { page, figure, button, output, says, write } = await editing();
  await figure.getByRole("button", { name: "Show the output" }).click();
  const lines = (await output.textContent() ?? "").trimEnd().split("\n").length;
  await write(`fn main() {\n    print!("{}", "x\\n".repeat(${lines - 1}));\n    println!("{}", "long ".repeat(60));\n}\n`);
  await button("Run").click();
  await says(/^Done in /);
  await output.filter({ hasText: "long long" }).waitFor();
  // Not every browser lets the keyboard reach what scrolls: the attribute counts.
  const { wide, index } = await output.evaluate((code) => ({ wide: code.scrollWidth > code.clientWidth, index: code.getAttribute("tabindex") }));
  assert.ok(wide, "the line is too short for this test");
  assert.equal(index, "0", "the keyboard can't get there");
  await page.context().close();
});

test("it is fit for everybody, on a phone and in both themes", COLD, async () => {
  for (const width of [390, 1440]) {
    const { page, figure, button, says, write } = await editing({ viewport: { width, height: 900 } });
    await page.evaluate(AXE);
    const look = async (/** @type {string} */ what) => {
      for (const theme of ["light", "navy"]) {
        const violations = await page.evaluate(async (theme) => {
          const { classList, dataset } = document.documentElement;
          classList.remove(dataset.light, dataset.dark);
          classList.add(theme);
          const { violations } = await axe.run({ resultTypes: ["violations"] });
          return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary}`));
        }, theme);
        assert.deepEqual(violations, [], `${what} at ${width} in ${theme}`);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${what}: ${wide} pixels too wide at ${width}`);
    };
    await look("the editor");
    await write('/// Says it.\n#[allow(dead_code)]\nfn say<\'a>(text: &\'a str) -> u32 {\n    nothing + 1 + \'c\' + "text".len() + true\n}\nfn main() { let x = 1; vec![say("")]; }\n');
    await button("Run").click();
    await says(/^It does not compile/);
    await look("errors");
    await write('fn main() {\n    let unused = 1;\n    println!("hello {}", "long ".repeat(60));\n}\n');
    await button("Run").click();
    await says(/^Done in /);
    await look("a run");
    for (const box of await figure.locator(".edit-panel button:visible").all()) {
      const { width: wide, height } = await box.boundingBox();
      const least = width === 390 ? 44 : 36;
      assert.ok(wide >= 44 && height >= least, `${await box.innerText()}: ${wide} × ${height} is too small`);
    }
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("button:visible").count(), 0);
    assert.match(await figure.locator(".listing-code pre:visible").first().innerText(), /async fn sum/);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  }
});

test("a page of an older server says so, and one without a server, too", async () => {
  const { page, button, says } = await editing();
  const old = await book.browser.newContext();
  const other = await old.newPage();
  await other.route(`**/${PAGE}`, async (route) => {
    const response = await route.fetch();
    const text = (await response.text()).replace(/(waiting-well-token" content=")\w+/, "$1" + "0".repeat(64));
    await route.fulfill({ response, body: text });
  });
  await other.goto(`${book.address}/${PAGE}`);
  await other.getByRole("button", { name: "Edit sum-async" }).click();
  await other.locator(".cm-content").waitFor();
  await other.getByRole("button", { name: "Run", exact: true }).click();
  await other.locator(".edit-status", { hasText: /older than the server/ }).waitFor();
  await old.close();
  await page.route("**/edit/run", (route) => route.abort());
  await button("Run").click();
  await says(/^The server does not answer\./);
  await page.context().close();
});

test("another site gets nothing run, even from a page on this machine", async () => {
  const context = await book.browser.newContext();
  const page = await context.newPage();
  const { port } = new URL(book.address);
  // Another name for this machine: to the browser it is another site.
  await page.route("http://127.0.0.1:1/", (route) => route.fulfill({ contentType: "text/html", body: "<p>evil</p>" }));
  await page.goto("http://127.0.0.1:1/");
  const tried = await page.evaluate(async (port) => {
    const attempt = (url, options) => fetch(url, options).then((r) => r.type + r.status, () => "refused");
    const body = JSON.stringify({ listing: "sum-async", text: "fn main() {}", page: "evil", run: true });
    return {
      read: await attempt(`http://127.0.0.1:${port}/introduction.html`, {}),
      plain: await attempt(`http://127.0.0.1:${port}/edit/run`, { method: "POST", mode: "no-cors", body }),
      json: await attempt(`http://127.0.0.1:${port}/edit/run`, { method: "POST", body, headers: { "Content-Type": "application/json" } }),
    };
  }, port);
  assert.equal(tried.read, "refused");
  assert.equal(tried.json, "refused");
  assert.match(tried.plain, /^opaque0$|^refused$/);
  await context.close();
});
