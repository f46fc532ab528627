// Sends a program to the server that has served this page, which compiles and runs it, and
// reads what it answers; ci/src/commands/serve/edit.rs describes that.

/**
 * @typedef {{level: string, message: string, rendered: string, line?: number, column?: number,
 *   end_line?: number, end_column?: number}} Remark
 * @typedef {{timeline: import("./run.js").Timeline, output: string}} Shown
 * @typedef {{compiling?: string, remarks?: Remark[], run?: Shown,
 *   end?: {why: string, words: string} & Partial<Shown>}} Said
 */

/** What only the pages of this server know. */
const TOKEN = document.querySelector('meta[name="waiting-well-token"]')?.getAttribute("content") ?? "";

/** The name of this page: it has one program at a time. */
const PAGE = crypto.randomUUID();

/** Something went wrong that the reader can read about. */
export class Refused extends Error {}

/**
 * @param {{listing: string, text: string, run: boolean}} program to compile, and to run
 * @param {AbortSignal} signal ends it
 * @returns {AsyncGenerator<Said>} what happens, when it happens
 */
export async function* compileAndRun(program, signal) {
  const response = await ask(program, signal);
  if (!response.ok || !response.body) {
    const { error } = await response.json().catch(() => ({}));
    throw new Refused(error ?? `The server refused it: ${response.status}.`);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (text + value).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

/**
 * @param {{listing: string, text: string, run: boolean}} program
 * @param {AbortSignal} signal
 * @returns {Promise<Response>}
 */
async function ask(program, signal) {
  // What is compiled in advance is not ended by the program that needs it.
  const page = program.run ? PAGE : `${PAGE}-ahead`;
  try {
    return await fetch("/edit/run", {
      method: "POST",
      headers: { "Content-Type": "application/json", "Waiting-Well-Token": TOKEN },
      body: JSON.stringify({ ...program, page }),
      cache: "no-store",
      signal,
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Refused("The server does not answer. Start it again with cargo run.");
  }
}
