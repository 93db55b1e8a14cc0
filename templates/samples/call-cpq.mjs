// Calls the CPQ admin API with an access token of the client credentials flow. Node.js 20 or newer, no packages.
//
// The consumer secret is no part of this file: give it in the environment variable CPQ_CONSUMER_SECRET. The other values
// can be given that way too. A proxy is taken from HTTPS_PROXY if NODE_USE_ENV_PROXY is 1 (Node.js 22.21 or newer).

const {
  CPQ_TOKEN_URL: tokenUrl = "https://example.my.salesforce.com/services/oauth2/token",
  CPQ_CONSUMER_KEY: consumerKey = "EXAMPLE_CONSUMER_KEY",
  CPQ_CONSUMER_SECRET: consumerSecret,
  CPQ_URL: cpqUrl = "https://example.test.logik.io",
} = process.env;

const lists = {
  "Managed tables": "/a/managed_tables/v1/managedTables",
  Rules: "/a/Admin/v3/rules",
  Blueprints: "/a/admin/v2/blueprints",
};

/** The JSON of an answer. A redirect is a refusal: a token must go only to the server for which it is. */
async function read(url, options) {
  const answer = await fetch(url, { ...options, redirect: "manual", signal: AbortSignal.timeout(30_000) });
  if (answer.status !== 200) {
    throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
  }
  return answer.json();
}

/** Requests a token. It is good until its claim `exp`: keep it, and request another one shortly before. */
async function accessToken() {
  if (!consumerSecret) throw new Error("CPQ_CONSUMER_SECRET is not set.");
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: consumerKey,
    client_secret: consumerSecret,
  });
  return (await read(tokenUrl, { method: "POST", body, headers: { accept: "application/json" } }))
    .access_token;
}

/** All items of a list, page after page. */
async function allItems(path, token) {
  const headers = { accept: "application/json", authorization: `Bearer ${token}` };
  const items = [];
  for (let number = 0; ; number++) {
    const page = await read(`${cpqUrl.replace(/\/+$/, "")}${path}?page=${number}&size=100`, { headers });
    items.push(...page.content);
    if (page.last) return items;
  }
}

try {
  const token = await accessToken();
  for (const [title, path] of Object.entries(lists)) {
    console.log(`${title}: ${(await allItems(path, token)).map(({ name }) => name).join(", ")}`);
  }
} catch (error) {
  console.error(error.cause ? `${error.message}: ${error.cause.message}` : error.message);
  process.exitCode = 1;
}
