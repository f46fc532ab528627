// Prints the versions and licenses of the packages that are in the bundle.

import { existsSync, readFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const packages = Object.entries(lock.packages)
  .filter(([path]) => path.startsWith("node_modules/") && !path.includes("esbuild"))
  .map(([path, { version, license }]) => ({ path, name: path.replace("node_modules/", ""), version, license }));

/** @type {Map<string, string[]>} packages by the text of their license */
const licenses = new Map();
for (const { path, name, version, license } of packages) {
  const file = ["LICENSE", "LICENSE.md"].map((file) => `${path}/${file}`).find(existsSync);
  if (license !== "MIT" || !file) throw new Error(`look at the license of ${name}: ${license}`);
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
  licenses.set(text, [...(licenses.get(text) ?? []), `${name} ${version}`]);
}

console.log("codemirror.js is made of these packages, all under the MIT license:\n");
console.log(packages.map(({ name, version }) => `- ${name} ${version}`).join("\n"));
for (const [text, names] of licenses) {
  console.log(`\n${"-".repeat(72)}\n${names.join(", ")}\n\n${text}`);
}
