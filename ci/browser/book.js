// The built book, served by the tool and opened in Chromium.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** The folder of the book. */
export const ROOT = join(import.meta.dirname, "../..");

/** Every chapter, as the path of its page. */
export const PAGES = readdirSync(join(ROOT, "src"), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".md") && !file.endsWith("SUMMARY.md"))
  .map((file) => file.replaceAll("\\", "/").replace(/md$/, "html"))
  .sort();

/**
 * @param {string} part
 * @param {string} name
 */
export function timeline(part, name) {
  const file = join(ROOT, "listings", part, name, "timeline.json");
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A served book and a browser. */
export class Book {
  static async open() {
    const book = new Book();
    // Port 0: one that is free.
    book.server = spawn(join(ROOT, "target/debug/book"), ["serve", "--wasm", "--port", "0"], { cwd: ROOT });
    book.address = await new Promise((found, failed) => {
      let said = "";
      const listen = (/** @type {Buffer} */ bytes) => {
        said += bytes;
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
        if (address) found(address[0]);
      };
      book.server.stdout.on("data", listen);
      book.server.stderr.on("data", listen);
      book.server.on("exit", () => failed(new Error(`the server ended; it said:\n${said}`)));
    });
    book.browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      // Nothing but the book: the browser itself calls nobody.
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    return book;
  }

  async close() {
    await this.browser?.close();
    this.server?.kill("SIGINT");
  }

  /**
   * Opens a page. What goes wrong in it is collected in `page.wrong`.
   * @param {string} path
   * @param {import("playwright-core").BrowserContextOptions & {theme?: string}} options
   */
  async page(path, { theme = "light", ...options } = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    if (options.javaScriptEnabled !== false) {
      await context.addInitScript((theme) => {
        localStorage.setItem("mdbook-theme", theme);
        localStorage.setItem("mdbook-sidebar", "hidden");
      }, theme);
    }
    const page = await context.newPage();
    /** @type {string[]} */
    const wrong = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(this.address)) wrong.push(`request to ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`);
    });
    await page.goto(`${this.address}/${path}`);
    return Object.assign(page, { wrong });
  }
}
