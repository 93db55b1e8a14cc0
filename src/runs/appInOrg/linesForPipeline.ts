type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Three lines below `consumer:` that let a pair outlive a job, for the system that runs the pipeline. With environments,
 * each has variables of its own, since a promotion needs those of two.
 */
export function linesForPipeline(system: Variables, hasEnvironment: boolean): string {
  const prefix = hasEnvironment ? "{APP}_{ENVIRONMENT}" : "CPQ";
  const [key, secret] = [`${prefix}_CONSUMER_KEY`, `${prefix}_CONSUMER_SECRET`];
  const setBoth = (...words: string[]) => {
    const set = (name: string, passes: string) =>
      `{run: [${words.join(", ")}, "${name}"], passes: ${passes}}`;
    return `{commands: {store: [${set(key, "key")}, ${set(secret, "secret")}]}}`;
  };
  const store = system.GITHUB_ACTIONS
    ? setBoth("gh", "secret", "set")
    : system.GITLAB_CI
      ? setBoth("glab", "variable", "set")
      : '{commands: {store: [vault, kv, put, -mount=secret, "cpq/{myDomain}/{app}", "-"]}}';
  return ["consumer:", `  key: "\${env:${key}}"`, `  secret: "\${env:${secret}}"`, `  store: ${store}`].join(
    "\n",
  );
}
