/**
 * What an error says about itself. Anything can be thrown, not only errors. Of an error of the file system, only its words:
 * `no such file or directory`, not `ENOENT: no such file or directory, open 'x'`; whoever says it names the file.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, syscall, message } = error as NodeJS.ErrnoException;
  const words = /^[A-Z0-9]+: ([^,]+), /.exec(message)?.[1];
  return code !== undefined && syscall !== undefined && words !== undefined ? words : message;
}
