import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll } from "vitest";
import { runInThisProcess, type Surroundings } from "./inThisProcess.ts";

/** The `sf` of a shell: it sends what it was called with here, and says what it gets back. */
const client = (socket: string) => `
const { text } = require("node:stream/consumers");
const connection = require("node:net").connect(${JSON.stringify(socket)});
const args = process.argv.slice(2);
const input = args.includes("--sfdx-url-stdin") ? require("node:fs").readFileSync(0, "utf8") : "";
connection.end(JSON.stringify({ args, input, folder: process.cwd(), env: process.env }));
text(connection).then((answer) => {
  const { status, stdout, stderr } = JSON.parse(answer);
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exitCode = status;
});
`;

/** A command with what it reads. */
export interface CoreCommand {
  args: string[];
  input: string;
  /** Its user's home folder. */
  home: string;
}

/**
 * Puts a `sf` into a folder for scripts of a shell, which runs this plugin in this process. It is there until the tests of
 * the file have ended.
 *
 * @param core is told of each command, and is all that the Salesforce CLI's own ones do; a text is the error with which one
 *   fails
 */
export async function putSfInto(
  folder: string,
  core: (command: CoreCommand) => string | undefined = ({ args }) =>
    args[0] === "cpq" ? undefined : `No such command: ${args.join(" ")}`,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const socket = join(folder, "sf.socket");
  const server = createServer({ allowHalfOpen: true }, async (connection) => {
    const { args, input, ...surroundings }: { args: string[]; input: string } & Surroundings = JSON.parse(
      await text(connection),
    );
    const failed = core({ args, input, home: surroundings.env.HOME ?? "" });
    const result =
      failed === undefined && args[0] === "cpq"
        ? await runInThisProcess(args, surroundings)
        : { status: failed === undefined ? 0 : 1, stdout: "", stderr: failed ?? "" };
    connection.end(JSON.stringify(result));
  });
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  afterAll(() => {
    server.close();
  });
  writeFileSync(join(folder, "sf.cjs"), client(socket));
  const command = join(folder, "sf");
  writeFileSync(
    command,
    `#!/bin/sh\nexec "${process.execPath}" "${join(dirname(command), "sf.cjs")}" "$@"\n`,
  );
  chmodSync(command, 0o755);
}
