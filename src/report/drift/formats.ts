/** Every format of a drift report. */
export const driftFormats = [
  "human",
  "json",
  "markdown",
  "html",
  "sarif",
  "junit",
  "github",
  "gitlab",
] as const;
export type DriftFormat = (typeof driftFormats)[number];
