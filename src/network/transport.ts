import { type Dispatcher, EnvHttpProxyAgent } from "undici";
import { namedProxy } from "./proxies.ts";
import { type AnswerRules, wholeAnswers } from "./wholeAnswer.ts";

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
