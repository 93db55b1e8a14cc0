import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { messagesOf } from "../messages.ts";
import { type AnswerRules, wholeAnswers } from "./wholeAnswer.ts";

/** A proxy that the environment names. */
export interface NamedProxy {
  /** The variable that names it. */
  variable: string;
  /** `http://host:port`, without the user and password that the variable may hold. */
  address: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

let shared: Dispatcher | undefined;

/**
 * What all requests go through, the org's and ours: the proxy that HTTPS_PROXY or HTTP_PROXY names, unless NO_PROXY
 * names the host. Each variable may also be in lower case. Without a proxy, they go straight to the host. Answers come
 * complete and within the rules, or not at all.
 *
 * @throws SfError `InvalidProxyError`
 */
export function transport(rules: AnswerRules): Dispatcher {
  shared ??= makeDispatcher();
  return shared.compose(wholeAnswers({ ...rules, seconds: secondsOfEnvironment() ?? rules.seconds }));
}

/** The Salesforce library's own variable for how long an answer may take, in milliseconds. */
function secondsOfEnvironment(): number | undefined {
  const milliseconds = Number(process.env.HTTP_TIMEOUT);
  return milliseconds > 0 ? milliseconds / 1000 : undefined;
}

function makeDispatcher(): Dispatcher {
  for (const protocol of ["http:", "https:"]) namedProxy(protocol);
  // Salesforce's own library keeps to HTTP/1.1 too.
  return new EnvHttpProxyAgent({ allowH2: false, requestTls: { allowH2: false } });
}

/**
 * The proxy that the environment names for a protocol. NO_PROXY is not considered.
 *
 * @param protocol `http:` or `https:`
 * @throws SfError `InvalidProxyError` if it is not an address
 */
export function namedProxy(protocol: string, environment: Environment = process.env): NamedProxy | undefined {
  const first = (...names: string[]) => {
    // A variable that is set but empty means no proxy.
    const variable = names.find((name) => environment[name] !== undefined);
    return variable !== undefined && environment[variable] ? variable : undefined;
  };
  const forHttps = protocol === "https:" ? first("https_proxy", "HTTPS_PROXY") : undefined;
  const variable = forHttps ?? first("http_proxy", "HTTP_PROXY");
  return variable === undefined ? undefined : { variable, address: addressOf(variable, environment) };
}

function addressOf(variable: string, environment: Environment): string {
  const url = URL.parse(environment[variable] ?? "");
  // The value is not shown, because it may hold a password.
  if (url === null || !/^(https?|socks5?):$/.test(url.protocol))
    throw messagesOf("network").createError("invalidProxy", [variable], [variable]);
  return `${url.protocol}//${url.host}`;
}
