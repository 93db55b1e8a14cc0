const variables = ["CPQ_CONSUMER_KEY", "CPQ_CONSUMER_SECRET"] as const;

/** Three lines below `consumer:` that let a pair outlive a job, for the system that runs the pipeline. */
export function linesForPipeline(
  system: Readonly<Record<string, string | undefined>>,
  hasEnvironment: boolean,
): string {
  const [key, secret] = variables;
  const lines = [
    `key: "\${env:${key}}"`,
    `secret: "\${env:${secret}}"`,
    `store: ${storeFor(system, hasEnvironment)}`,
  ];
  return ["consumer:", ...lines.map((line) => `  ${line}`)].join("\n");
}

function storeFor(system: Readonly<Record<string, string | undefined>>, hasEnvironment: boolean): string {
  if (system.GITHUB_ACTIONS)
    return bothBy("gh, secret, set", hasEnvironment ? ', --env, "{environment}"' : "");
  if (system.GITLAB_CI)
    return bothBy("glab, variable, set", hasEnvironment ? ', --scope, "{environment}"' : "");
  return '{commands: {store: [vault, kv, put, -mount=secret, "cpq/{myDomain}/{app}", "-"]}}';
}

function bothBy(words: string, where: string): string {
  const [key, secret] = variables.map(
    (name, index) => `{run: [${words}, ${name}${where}], passes: ${index === 0 ? "key" : "secret"}}`,
  );
  return `{commands: {store: [${key}, ${secret}]}}`;
}
