/**
 * Lets a command run to its end when the reader of its output goes away, as `| head` does: a deploy must not stop
 * half-way for that. It writes nothing more, and waits for nobody.
 */
export function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      stream.write = () => true;
      stream.emit("drain");
    });
  }
}
