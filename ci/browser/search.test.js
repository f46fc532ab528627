// What the search of the built book finds, without a browser: its index, asked as
// mdBook's searcher.js asks it. ci/src/search.rs looks after the words in it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";
import { ROOT } from "./book.js";

/** @type {[string, string][]} what is asked for, and the chapter that must be among the first hits */
const EXPECTED = [
  // Rust's names.
  ["join_all", "pieces/gather"],
  ["JoinSet", "pieces/gather"],
  ["try_join_all", "pieces/gather"],
  ["tokio::join!", "pieces/join"],
  ["tokio::spawn", "pieces/tasks"],
  ["abort", "pieces/tasks"],
  ["spawn_blocking", "waiting/files"],
  ["yield_now", "inside/taking-turns"],
  ["block_on", "inside/two-keywords"],
  ["wake_by_ref", "inside/who-wakes-it"],
  ["timeout", "patterns/timeouts"],
  // Python's names.
  ["gather", "pieces/gather"],
  ["gather", "reference/python-to-rust"],
  ["asyncio.gather", "pieces/gather"],
  ["create_task", "pieces/tasks"],
  ["create_task", "reference/python-to-rust"],
  ["as_completed", "pieces/gather"],
  ["TaskGroup", "reference/python-to-rust"],
  ["wait_for", "patterns/timeouts"],
  ["to_thread", "reference/python-to-rust"],
  ["asyncio.run", "pieces/a-future-is-a-plan"],
  // Listings.
  ["sum-async", "three-ways/async-done-right"],
  ["sum-threads", "inside/threads-processes-tasks"],
  ["lost-wakeup", "reference/glossary"],
  ["event-loop", "inside/event-loop"],
  ["factorial-gather", "pieces/gather"],
  ["never-awaited", "pieces/a-future-is-a-plan"],
  // Terms and questions.
  ["waker", "inside/who-wakes-it"],
  ["executor", "reference/glossary"],
  ["starve", "inside/taking-turns"],
  ["cancel a task", "reference/glossary"],
  ["is async faster", "reference/questions"],
];

/** How many hits a reader looks at. */
const LOOKED_AT = 3;

/** @returns {(query: string) => string[]} the pages of the hits, the best first */
function search() {
  const context = createContext({ window: { search: {} } });
  for (const file of ["elasticlunr.min.js", "searchindex.js"]) {
    runInContext(readFileSync(join(ROOT, "book", file), "utf8"), context);
  }
  const { index, search_options: options, doc_urls: urls } = context.window.search;
  const loaded = context.elasticlunr.Index.load(index);
  return (query) => loaded.search(query, options)
    .map((/** @type {{ref: string}} */ { ref }) => urls[Number(ref)].split("#")[0]);
}

const pages = search();
for (const [query, chapter] of EXPECTED) {
  test(`"${query}" finds ${chapter}`, () => {
    const first = pages(query).slice(0, LOOKED_AT);
    assert.ok(first.includes(`${chapter}.html`), `found instead: ${first.join(", ")}`);
  });
}
