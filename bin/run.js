#!/usr/bin/env node
// Nothing is imported before the check of Node's version: an older one could not even read it. The same versions are in
// package.json (engines).
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`sf-plugin-cpq needs Node 22.19 or newer, and this is Node ${process.versions.node}.`);
  process.exit(1);
}

const { flush } = await import("@oclif/core/flush");
const { handle } = await import("@oclif/core/handle");
const { run } = await import("@oclif/core/run");
const { outliveReaders } = await import("../lib/cli/lostReader.js");

// Help is printed before any command begins.
outliveReaders();
try {
  // Without the Salesforce CLI, nobody installs plugins into this program: their list in the home folder is not looked for.
  await run(process.argv.slice(2), { root: import.meta.filename, userPlugins: false });
  await flush();
} catch (error) {
  // An unknown command is wrong usage, as an unknown flag is.
  if (/^command \S+ not found$/.test(error.message)) error.oclif = { ...error.oclif, exit: 2 };
  await handle(error);
}
