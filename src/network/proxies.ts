import { messagesOf } from "../messages.ts";

/** A proxy that the environment names. */
export interface NamedProxy {
  /** The variable that names it. */
  variable: string;
  /** `http://host:port`, without the user and password that the variable may hold. */
  address: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

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
