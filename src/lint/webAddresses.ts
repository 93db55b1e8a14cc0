import { settingsWith } from "../app/settings.ts";
import { hitIf, type LintedApp, type LintRules } from "./rule.ts";

/** Addresses that have their own rules, because codes and logins go there. */
const withOwnRule = ["oauth.callbackUrl", "saml.acsUrl"];

/** Addresses to which users or tokens are sent. */
export const webAddressRules = {
  "cpq-url-http": {
    level: "error",
    find: ({ cpqUrl }) => hitIf(cpqUrl !== undefined && isReadableOnTheWay(cpqUrl), "cpq.url"),
  },
  "url-http": {
    level: "warning",
    find: ({ settings }) =>
      settingsWith("webAddress")
        .filter((path) => !withOwnRule.includes(path))
        .flatMap((path) => hitIf(isReadableOnTheWay(String(settings[path] ?? "")), path, path)),
  },
  "password-in-url": {
    level: "error",
    find: (app) => addressesOf(app).flatMap(([path, url]) => hitIf(holdsPassword(url), path, path)),
  },
} satisfies LintRules;

/** Whether a URL is http and leads off this machine. */
export function isReadableOnTheWay(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  const isThisMachine = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === "http:" && !isThisMachine;
}

/** Whether a URL is http or https. */
export function isWebAddress(url: string): boolean {
  return /^https?:/i.test(url);
}

function addressesOf({ settings, cpqUrl }: LintedApp): [path: string, url: string][] {
  const texts = Object.entries(settings).flatMap(([path, value]): [string, string][] =>
    [value].flat().flatMap((text): [string, string][] => (typeof text === "string" ? [[path, text]] : [])),
  );
  return cpqUrl === undefined ? texts : [...texts, ["cpq.url", cpqUrl]];
}

function holdsPassword(url: string): boolean {
  return isWebAddress(url) && URL.canParse(url) && new URL(url).password !== "";
}
