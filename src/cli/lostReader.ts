import { messagesOf } from "../messages.ts";

/**
 * Lets a command run to its end when the reader of its output goes away, as `| head` does: a deploy must not stop
 * half-way for that. It writes nothing more, and waits for nobody. Where there is no room for the output, as on a full
 * disk, the command runs to its end too, but says so, and fails.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    // oclif's own listener throws whatever is not a reader that went away, and with it ends the command half-way.
    stream.removeAllListeners("error");
    stream.once("error", (error: NodeJS.ErrnoException) => {
      stream.write = () => true;
      stream.emit("drain");
      // What is still on its way to the stream fails too.
      stream.on("error", () => {});
      if (error.code === "EPIPE") return;
      process.once("exit", () => {
        process.exitCode = Number(process.exitCode ?? 0) || 1;
      });
      if (stream === process.stdout)
        process.stderr.write(`${messagesOf("shared").getMessage("outputNotWritable", [error.message])}\n`);
    });
  }
}
