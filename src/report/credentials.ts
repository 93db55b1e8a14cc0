import type { Credentials } from "../results/credentials.ts";

type Pair = Credentials & { secret: string };

/** The forms in which a pair is handed over. Each text ends with a line break. */
export const credentialForms = {
  dotenv: (pair) => lines(variablesOf(pair).map(([name, value]) => `${name}=${quoted(value)}`)),
  json: ({ tokenUrl, key, secret, cpqUrl }) =>
    `${JSON.stringify({ tokenUrl, key, secret, cpqUrl }, null, 2)}\n`,
  /** For the file that GITHUB_ENV names. */
  "github-env": (pair) => lines(variablesOf(pair).map(([name, value]) => `${name}=${value}`)),
  /** A Postman environment: its variables are those of the collection in `templates/samples`. */
  postman: ({ org, name, tokenUrl, key, secret, cpqUrl = "" }) =>
    `${JSON.stringify(
      {
        name: `${name} (${org})`,
        values: [
          { key: "myDomainUrl", value: new URL(tokenUrl).origin, type: "default", enabled: true },
          { key: "clientId", value: key, type: "default", enabled: true },
          { key: "clientSecret", value: secret, type: "secret", enabled: true },
          { key: "cpqUrl", value: cpqUrl, type: "default", enabled: cpqUrl !== "" },
          { key: "accessToken", value: "", type: "secret", enabled: true },
        ],
        _postman_variable_scope: "environment",
      },
      null,
      2,
    )}\n`,
  /** `http-client.private.env.json`, where the HTTP client of JetBrains and httpYac find variables. */
  "http-env": ({ org, tokenUrl, key, secret, cpqUrl = "" }) =>
    `${JSON.stringify({ [org]: { tokenUrl, consumerKey: key, consumerSecret: secret, cpqUrl } }, null, 2)}\n`,
  /** For `curl --config -`, so that the secret is no argument of a process. */
  curl: ({ tokenUrl, key, secret }) =>
    lines([
      `url = ${quoted(tokenUrl)}`,
      ...[`grant_type=client_credentials`, `client_id=${key}`, `client_secret=${secret}`].map(
        (field) => `data-urlencode = ${quoted(field)}`,
      ),
    ]),
} as const satisfies Readonly<Record<string, (pair: Pair) => string>>;

export type CredentialForm = keyof typeof credentialForms;
export const credentialFormNames = Object.keys(credentialForms) as CredentialForm[];

/** The variables that the samples read. */
function variablesOf({ tokenUrl, key, secret, cpqUrl }: Pair): [name: string, value: string][] {
  return [
    ["CPQ_TOKEN_URL", tokenUrl],
    ["CPQ_CONSUMER_KEY", key],
    ["CPQ_CONSUMER_SECRET", secret],
    ...(cpqUrl === undefined ? [] : [["CPQ_URL", cpqUrl] as [string, string]]),
  ];
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&")}"`;
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
