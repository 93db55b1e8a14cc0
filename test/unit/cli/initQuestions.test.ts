import { PassThrough, Writable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { askForChoices } from "../../../src/cli/initQuestions.ts";

const down = "\u001b[B";
const interrupt = "\u0003";

/** A user who answers each question when it appears: the keys that are typed, by what the terminal shows. */
function userAt(answers: readonly (readonly [shown: string, keys: string])[]) {
  const input = new PassThrough();
  const waiting = [...answers];
  let shown = "";
  let seen = 0;
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      shown += stripVTControlCharacters(String(chunk));
      const [next] = waiting;
      if (next !== undefined && shown.slice(seen).includes(next[0])) {
        seen = shown.length;
        waiting.shift();
        setImmediate(() => input.write(next[1]));
      }
      done();
    },
  });
  // A terminal outlives each question.
  output.end = () => output;
  return { input, output, waiting, shown: () => shown };
}

test("with Enter alone, the defaults are taken, and the recommended kind comes first", async () => {
  const user = userAt([
    ["Which template?", "\n"],
    ["Which kind of app?", "\n"],
    ["API name", "\n"],
    ["Label", "\n"],
    ["Contact email", "team@example.com\n"],
    ["Run As user", "cpq.integration@example.com\n"],
    ["File to write", "\n"],
  ]);
  expect(await askForChoices({}, user)).toEqual({
    template: "minimal",
    kind: "ExternalClientApp",
    name: "CPQ_Admin_API",
    label: "CPQ Admin API",
    contactEmail: "team@example.com",
    runAs: "cpq.integration@example.com",
    output: "cpq-admin-api.yaml",
  });
  expect(user.shown()).toContain("recommended");
  expect(user.shown()).toContain("Spring '26");
});

test("what a flag says is not asked, and the suggestions follow from the answers", async () => {
  const user = userAt([
    ["Which kind of app?", `${down}\n`],
    ["API name", "Acme_Pricing\n"],
    ["(Acme Pricing)", "\n"],
    ["(acme-pricing.yaml)", "\n"],
  ]);
  const given = { template: "full", contactEmail: "a@example.com", runAs: "b@example.com" } as const;
  expect(await askForChoices(given, user)).toMatchObject({
    kind: "ConnectedApp",
    label: "Acme Pricing",
    output: "acme-pricing.yaml",
  });
  expect(user.waiting).toEqual([]);
  expect(user.shown()).not.toContain("Which template?");
});

test("an answer that cannot stand in a spec is refused with the reason, and can be mended", async () => {
  const user = userAt([
    ["Contact email", "nobody\n"],
    ["must be an email address", "@example.com\n"],
  ]);
  const { contactEmail } = await askForChoices(
    {
      template: "minimal",
      kind: "ConnectedApp",
      name: "A",
      label: "A",
      runAs: "b@example.com",
      output: "a.yaml",
    },
    user,
  );
  expect(contactEmail).toBe("nobody@example.com");
});

test("for a pipeline, environments and store are asked too, and the stores are those of its system", async () => {
  const user = userAt([
    ["Which template?", `${down}${down}${down}\n`],
    ["Which system", `${down}\n`],
    ["Which kind of app?", "\n"],
    ["API name", "\n"],
    ["Label", "\n"],
    ["Contact email", "team@example.com\n"],
    ["Run As user", "cpq.integration@example.com\n"],
    ["deployed to", "a b"],
    ["a b", "\u0015test\n"],
    ["promoted to", "\n"],
    ["Where are key and secret kept?", "\n"],
    ["File to write", "\n"],
  ]);
  expect(await askForChoices({}, user)).toMatchObject({
    template: "pipeline",
    ci: "gitlab",
    from: "test",
    to: "production",
    store: "gitlab",
    output: "specs/cpq-admin-api.yaml",
  });
  expect(user.shown()).not.toContain("a person sets them");
});

test("Ctrl+C ends the questions without a stack trace", async () => {
  const user = userAt([["Which template?", interrupt]]);
  await expect(askForChoices({}, user)).rejects.toMatchObject({ name: "StoppedError", exitCode: 130 });
});
