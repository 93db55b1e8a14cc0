import type { KindName } from "../../app/desiredApp.ts";

/** A variable of a step, and the secret of the pipeline's system that it gets. */
export interface StepSecret {
  variable: string;
  secret: string;
}

export type PipelineStore = "github" | "gitlab" | "azure" | "vault" | "aws" | "variables";

/** What differs from one system that runs pipelines to the other. */
export interface System {
  /** Where it expects its files, and the file in `templates/ci` for each. */
  files: Readonly<Record<string, string>>;
  /** Where pairs can be kept, the best first: recipes in `templates/stores`. */
  stores: readonly PipelineStore[];
  /** The lines that give secrets to a step or job; none if there is nothing to give. */
  env(secrets: readonly StepSecret[]): readonly string[];
  /** The program that writes its secrets. */
  writer?: string;
  /** The name of a secret there. */
  nameOf(secret: string): string;
}

const yamlMap = (title: string, secrets: readonly StepSecret[], reference: (secret: string) => string) =>
  secrets.length === 0
    ? []
    : [title, ...secrets.map(({ variable, secret }) => `  ${variable}: ${reference(secret)}`)];

const credentialId = (secret: string) => secret.toLowerCase().replaceAll("_", "-");

/** The systems for which there are templates. */
export const systems = {
  github: {
    files: { ".github/workflows/cpq-apps.yml": "github/cpq-apps.yml" },
    stores: ["github", "aws", "variables"],
    writer: "gh",
    env: (secrets) => yamlMap("env:", secrets, (secret) => `\${{ secrets.${secret} }}`),
    nameOf: (secret) => secret,
  },
  gitlab: {
    files: { ".gitlab-ci.yml": "gitlab/gitlab-ci.yml" },
    stores: ["gitlab", "aws", "variables"],
    writer: "glab",
    // Every job has all variables of the project by their own names.
    env: (secrets) =>
      yamlMap(
        "variables:",
        secrets.filter(({ variable, secret }) => variable !== secret),
        (secret) => `$${secret}`,
      ),
    nameOf: (secret) => secret,
  },
  azure: {
    files: { "azure-pipelines.yml": "azure/azure-pipelines.yml" },
    stores: ["azure", "aws", "variables"],
    env: (secrets) => yamlMap("env:", secrets, (secret) => `$(${secret})`),
    nameOf: (secret) => secret,
  },
  jenkins: {
    files: { Jenkinsfile: "jenkins/Jenkinsfile", "ci/Dockerfile": "jenkins/Dockerfile" },
    stores: ["vault", "aws", "variables"],
    env: (secrets) =>
      secrets.length === 0
        ? []
        : [
            "environment {",
            ...secrets.map(
              ({ variable, secret }) => `  ${variable} = credentials('${credentialId(secret)}')`,
            ),
            "}",
          ],
    nameOf: credentialId,
  },
  kubernetes: {
    files: {
      "kubernetes/drift.yaml": "kubernetes/drift.yaml",
      "kubernetes/Dockerfile": "kubernetes/Dockerfile",
    },
    stores: ["vault", "aws", "variables"],
    env: (secrets) =>
      secrets.flatMap(({ variable, secret }) => [
        `- name: ${variable}`,
        "  valueFrom:",
        `    secretKeyRef: { name: cpq-apps, key: ${secret} }`,
      ]),
    nameOf: (secret) => secret,
  },
} as const satisfies Record<string, System>;

/** A system that runs pipelines. */
export type PipelineSystem = keyof typeof systems;
export const pipelineSystems = Object.keys(systems) as PipelineSystem[];

/** Where a system can keep pairs, the best first. Of an external client app, nobody has one before the org makes it. */
export function storesOf(system: PipelineSystem, kind: KindName): PipelineStore[] {
  const { stores }: System = systems[system];
  return stores.filter((store) => store !== "variables" || kind === "ConnectedApp");
}
