import { homedir } from "node:os";
import { reasonOf } from "../app/reasonOf.ts";
import { messagesOf } from "../messages.ts";
import type { SfError } from "../sfError.ts";

const messages = messagesOf("shared");

/** What the file system says, and the text of what to do then. */
const next = {
  ENOSPC: "fileFailed.full",
  EDQUOT: "fileFailed.full",
  EROFS: "fileFailed.readOnly",
  EACCES: "fileFailed.denied",
  EPERM: "fileFailed.denied",
  ENOTDIR: "fileFailed.notFolder",
  EISDIR: "fileFailed.isFolder",
} as const;

/**
 * The error of a file that the user names and that cannot be written: why, and what to do.
 *
 * @param isDone of a receipt: what it is the receipt of is done all the same
 */
export function notWritable(file: string, error: unknown, { isDone = false } = {}): SfError {
  const values = [file, reasonOf(error)] as const;
  const failure = messages.createError(isDone ? "receiptNotWritable" : "notWritable", values);
  failure.actions = [wayOut(file, error), ...(isDone ? messages.getMessages("receiptNotWritable.next") : [])];
  return failure;
}

/** An error of the file system that nobody has put into words: which file it was, why, and what to do. Others stay. */
export function fileFailure<Thrown>(error: Thrown): Thrown | SfError {
  const { code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || path === undefined) return error;
  const isOfHome = path.startsWith(homedir()) && !isOfDisk(code);
  const failure = messages.createError("fileFailed", [path, reasonOf(error)]);
  failure.actions = [isOfHome ? messages.getMessage("fileFailed.home", [homedir()]) : wayOut(path, error)];
  return failure;
}

/** Whether not the file is in the way, but its disk. */
function isOfDisk(code: string): boolean {
  return code === "ENOSPC" || code === "EDQUOT";
}

function wayOut(path: string, error: unknown): string {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  const id = Object.entries(next).find(([known]) => known === code)?.[1] ?? "fileFailed.other";
  return messages.getMessage(id, [path]);
}
