/** The path of a file as reports show it: relative if it was given so, with forward slashes. */
export function reportPath(file: string): string {
  return file.replaceAll("\\", "/").replace(/^(\.\/)+/, "");
}
