// Runs as a script draws them, against how the tool drew the same ones: in every built page
// and in the cases of ci/tests/drawings. Needs no browser.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { draw, inWords } from "../../theme/draw.js";

const ROOT = join(import.meta.dirname, "../..");

/** What HTML cannot say otherwise, as text. */
const CHARACTERS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
const text = (/** @type {string} */ html) => html.replace(/&(lt|gt|quot|#39|amp);/g, (name) => CHARACTERS[name]);

/** As mdBook writes what it was given: a space ends an empty element, and a quotation mark
    in a text stands for itself. */
const written = (/** @type {string} */ svg) =>
  svg.replaceAll("/>", " />").replace(/>[^<]*</g, (text) => text.replaceAll("&quot;", '"'));

/** Every drawing of the built pages, with its runs and its sentences. In print.html all
    pages stand together once more, and mdBook gives what it holds other names. */
function drawings() {
  const folder = join(ROOT, "book");
  const pages = readdirSync(folder, { recursive: true }).map(String)
    .filter((file) => file.endsWith(".html") && file !== "print.html");
  return pages.flatMap((page) => {
    const html = readFileSync(join(folder, page), "utf8");
    return html.split('<div class="timeline-drawing">').slice(1).map((part) => {
      const [, svg, events, list] =
        /^\s*<p class="badge">recorded<\/p>\s*(<svg.*?<\/svg>\n)\s*<script type="application\/json" class="timeline-events">(.*?)<\/script>.*?<ul>(.*?)<\/ul>/s.exec(part) ?? [];
      assert.ok(svg, `a drawing in ${page} is of another kind`);
      const [, id] = /aria-labelledby="(.*?)-title"/.exec(svg) ?? [];
      const words = [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, sentence]) => text(sentence));
      return { page, id, svg, words, runs: JSON.parse(events) };
    });
  });
}

test("a script draws every run of the book as its page has it", () => {
  const all = drawings();
  assert.ok(all.length >= 40, `only ${all.length} drawings; was the book built?`);
  for (const { page, id, svg, words, runs } of all) {
    assert.equal(written(draw(runs, id)), svg, `${id} in ${page}`);
    assert.deepEqual(inWords(runs), words, `${id} in ${page}`);
  }
});

const CASES = join(ROOT, "ci/tests/drawings");
for (const file of readdirSync(CASES).filter((file) => file.endsWith(".json"))) {
  test(`a script draws ${file} as the tool does`, () => {
    const runs = JSON.parse(readFileSync(join(CASES, file), "utf8"));
    const svg = readFileSync(join(CASES, file.replace(/json$/, "svg")), "utf8");
    assert.equal(draw(runs, "drawing"), svg);
    const [, words] = /<desc[^>]*>(.*?)<\/desc>/s.exec(svg) ?? [];
    assert.equal(inWords(runs).join(" "), text(words));
  });
}
