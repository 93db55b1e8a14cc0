import { readFileSync } from "node:fs";
import { packageFile } from "../../packageFile.ts";
import type { Credentials } from "../../results/credentials.ts";

/** How a value stands in a string of a sample's language. */
type Quoting = (value: string) => string;

const inDoubleQuotes: Quoting = (value) => JSON.stringify(value).slice(1, -1);
const inSingleQuotes: Quoting = (value) => value.replaceAll("'", "'\\''");
const hasNoValues: Quoting = (value) => value;

/** The programs in `templates/samples`, which call the CPQ admin API with a token of an app. */
const samples = {
  "postman-collection": { file: "call-cpq.postman_collection.json", quoted: inDoubleQuotes },
  shell: { file: "call-cpq.sh", quoted: inSingleQuotes },
  http: { file: "call-cpq.http", quoted: hasNoValues },
  python: { file: "call_cpq.py", quoted: inDoubleQuotes },
  node: { file: "call-cpq.mjs", quoted: inDoubleQuotes },
  java: { file: "CallCpq.java", quoted: inDoubleQuotes },
} as const satisfies Readonly<Record<string, { file: string; quoted: Quoting }>>;

export type Sample = keyof typeof samples;
export const sampleNames = Object.keys(samples) as Sample[];

/**
 * The text of a sample, with the addresses and the consumer key of an app in place of the examples. None holds the
 * secret: it comes from the environment, and for `http` and `postman-collection` from a file that `credentialForms` has.
 */
export function sampleText(sample: Sample, { tokenUrl, key, cpqUrl }: Credentials): string {
  const { file, quoted } = samples[sample];
  const values: readonly (readonly [string, string])[] = [
    ["https://example.my.salesforce.com", new URL(tokenUrl).origin],
    ["EXAMPLE_CONSUMER_KEY", key],
    ["https://example.test.logik.io", cpqUrl ?? "https://example.test.logik.io"],
  ];
  const template = readFileSync(packageFile(`templates/samples/${file}`), "utf8");
  return values.reduce((text, [example, value]) => text.replaceAll(example, () => quoted(value)), template);
}
