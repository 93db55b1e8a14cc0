import type { AppDrift, DriftReport } from "../../../src/results/drift.ts";

/** Texts that break out of markup, attributes, scripts and styles, or that turn or hide what is around them. */
export const hostileTexts = [
  `</script><script>document.title="broken"</script>`,
  `"><img src=x onerror="document.title='broken'">`,
  `' onmouseover='document.title="broken"' x='`,
  `</style><style>*{display:none}</style>`,
  `<!--`,
  `]]><svg onload=alert(1)>`,
  `&lt;b&gt; %s %d %j`,
  "\u0000\u0007\u001b[31m\u0085\u2028",
  "\u202efdp.exe\u2066\u200b\ufeff\u{e0041}",
  "\ud800 lone",
  `${"W".repeat(10_000)}`,
  `${"long text ".repeat(1_000)}\n\n\tend`,
] as const;

/** A report with a hostile text wherever a text of an org or a spec can be. */
export function hostileDrift(): DriftReport {
  return {
    schemaVersion: 1,
    checkedAt: "<b>never</b>",
    version: `1"><b>`,
    apps: hostileTexts.flatMap((text) => [hostileApp(text), unchecked(text)]),
    unclaimed: hostileTexts.map((text) => ({
      kind: "ConnectedApp",
      name: text,
      label: text,
      org: { name: text, id: text, instanceUrl: text },
      why: ["jwt"],
    })),
  };
}

function hostileApp(text: string): AppDrift {
  const place = { file: text, line: 1, column: 1 };
  return {
    kind: "ConnectedApp",
    name: text,
    label: text,
    specFile: text,
    environment: text,
    org: { name: text, id: text, instanceUrl: `javascript:document.title="broken"//${text}` },
    state: "drifted",
    drifts: [
      {
        kind: "setting",
        path: text,
        severity: "security",
        expected: text,
        actual: `${text}!`,
        detail: text,
        place,
        remedy: [text, `Run: sf ${text}`],
      },
      {
        kind: "setting",
        path: "oauth.customAttributes",
        severity: "function",
        expected: [{ name: text, value: "one" }, { [text]: text }],
        actual: [{ name: text, value: text }],
        place,
        remedy: [],
      },
      {
        kind: "setting",
        path: "list",
        severity: "appearance",
        expected: [text],
        actual: [],
        place,
        remedy: [],
      },
    ],
    changes: [{ at: text, by: text, what: text }],
  };
}

function unchecked(text: string): AppDrift {
  const failure = { message: text, actions: [text] };
  return { ...hostileApp(text), environment: "other", state: "unchecked", drifts: [], changes: [], failure };
}
