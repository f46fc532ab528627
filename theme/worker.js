// Runs programs in a worker, so that the page stays at hand while one computes; and ends
// those that never come back.

/** @import { run, Limits } from "./host.js" */

/** So long a program may compute, in milliseconds. Waiting takes it no time. */
const PATIENCE = 10_000;

/**
 * @typedef {{url: string, source?: string, args?: string[], limits?: Partial<Limits>}} Program
 * @typedef {Awaited<ReturnType<typeof run>>} Result
 * @typedef {{resolve: (result: Result) => void, reject: (why: Error) => void, timer?: number}} Waiting
 */

/** @type {Worker | null} */
let worker = null;

/** The runs that are not over, by number. @type {Map<number, Waiting>} */
const waiting = new Map();
let runs = 0;

/** Modules by address, compiled once. @type {Map<string, Promise<WebAssembly.Module>>} */
const modules = new Map();

/**
 * @param {string} url
 * @returns {Promise<WebAssembly.Module>} rejected if there is none
 */
function compiled(url) {
  const compile = async () => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} for ${url}`);
    return WebAssembly.compile(await response.arrayBuffer());
  };
  const module = modules.get(url) ?? compile();
  modules.set(url, module);
  // The next try asks the network again.
  module.catch(() => modules.delete(url));
  return module;
}

/** @returns {Worker} */
function started() {
  const made = new Worker(new URL("host.js", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data: { id, starts, error, ...result } }) => {
    const run = waiting.get(id);
    if (!run) return;
    if (starts) {
      run.timer = setTimeout(end, PATIENCE, `it computed for ${PATIENCE / 1000} seconds and did not end`);
      return;
    }
    waiting.delete(id);
    clearTimeout(run.timer);
    if (error) run.reject(new Error(error));
    else run.resolve(/** @type {Result} */ (result));
  });
  made.addEventListener("error", ({ message }) => end(message || "the browser can't start it"));
  return made;
}

/**
 * Ends the worker and all that it runs; the next program gets a new one.
 * @param {string} why
 */
function end(why) {
  worker?.terminate();
  worker = null;
  for (const { reject, timer } of waiting.values()) {
    clearTimeout(timer);
    reject(new Error(why));
  }
  waiting.clear();
}

/**
 * Runs a program in a worker.
 * @param {Program} program
 * @returns {Promise<Result>} rejected with a sentence if it can't be fetched, or never ends
 */
export async function runInWorker({ url, ...how }) {
  // The worker begins while the module is fetched.
  worker ??= started();
  const module = await compiled(url);
  worker ??= started();
  const it = worker;
  return new Promise((resolve, reject) => {
    runs += 1;
    waiting.set(runs, { resolve, reject });
    it.postMessage({ id: runs, module, ...how });
  });
}
