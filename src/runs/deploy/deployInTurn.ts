import { messagesOf } from "../../messages.ts";
import { namesTold, refusesOnlyLaterOnes } from "../../metadata/failures.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { render } from "../../metadata/render.ts";
import { element } from "../../metadata/xmlElement.ts";
import { type DeployOutcome, type DeployRequest, deployFiles } from "../../org/deployFiles.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { KnownConsumer } from "../appInOrg/consumer.ts";
import { inNamesOfOrg } from "../appInOrg/namesOfOrg.ts";
import { readOrg } from "../appInOrg/readOrg.ts";
import { deployUpdate } from "./deployUpdate.ts";

/** What is needed to deploy an app. */
interface DeployInput {
  app: AppInOrg;
  consumer: Pick<KnownConsumer, "key" | "secret">;
  request: DeployRequest;
}

/** How the last of an app's deploys ended. */
export interface Turn {
  outcome: DeployOutcome;
  /** Whether the org accepted the app but refused its policies. */
  isPartial: boolean;
  /** What a dry run could not check, because it depends on what was not deployed: the refusals of the first try. */
  unchecked: DeployOutcome["failures"];
}

/**
 * Deploys an app in as many steps as the org needs: everything at once, under other names if the app already has parts,
 * or the policies after the rest.
 *
 * @throws SfError `HiddenPartError`
 */
export async function deployInTurn(input: DeployInput): Promise<Turn> {
  await requireNoHiddenPart(input);
  const outcome = await deployWhole(input);
  const { kind } = input.app.desired;
  if (refusesOnlyLaterOnes(outcome.failures, kinds[kind])) return policiesAfterOthers(input, outcome);
  return { outcome, isPartial: false, unchecked: [] };
}

/** What was not seen may be new, or hidden: the org tells which, before anything changes. */
async function requireNoHiddenPart(input: DeployInput): Promise<void> {
  const { app, request } = input;
  const files = filesOf(input);
  if (request.checkOnly || !mayBeHidden(app, files)) return;
  requireNew(app, files, await deployTo(app, files, { ...request, checkOnly: true }));
}

function mayBeHidden(app: AppInOrg, files: readonly MetadataFile[]): boolean {
  const { desired, reading } = app;
  if (reading.actual !== undefined) return newFiles(app, files).length > 0;
  return desired.kind === "ExternalClientApp" && reading.seesApps !== true;
}

/** All files at once. An app has one part of each type. If the org names an existing one, that one is overwritten. */
async function deployWhole(input: DeployInput): Promise<DeployOutcome> {
  const { app, request } = input;
  const files = filesOf(input);
  const outcome = await deployTo(app, files, request);
  const told = namesTold(outcome.failures);
  if (request.checkOnly || told.size > 0) requireNew(app, files, outcome);
  if (told.size === 0) return outcome;
  const renamed = await withPartsTold(app, told);
  return deployTo(renamed, filesOf({ ...input, app: renamed }), request);
}

/**
 * The app as the org has it now, with the parts that it named. Those of a new app disappeared with the refused deploy.
 */
async function withPartsTold(app: AppInOrg, told: ReadonlyMap<string, string>): Promise<AppInOrg> {
  const reading = await readOrg(app.org, app.desired);
  const unseen = newFiles({ ...app, reading }, partsTold(app, told));
  if (reading.actual !== undefined && unseen.length > 0) throw hiddenPart(app, unseen);
  return { ...app, reading: { ...reading, files: [...reading.files, ...unseen] } };
}

function partsTold({ desired }: AppInOrg, told: ReadonlyMap<string, string>): MetadataFile[] {
  return kinds[desired.kind].components.flatMap((component) => {
    const fullName = told.get(component.type);
    return fullName === undefined ? [] : [{ component, fullName, content: element(component.type) }];
  });
}

/** The org makes policies as soon as there are OAuth settings, so their names are read before they are overwritten. */
async function policiesAfterOthers(input: DeployInput, refused: DeployOutcome): Promise<Turn> {
  const { app, consumer, request } = input;
  const others = filesOf(input).filter((file) => !isLater(file));
  const outcome = await deployTo(app, others, request);
  if (!outcome.success) return { outcome, isPartial: false, unchecked: [] };
  if (request.checkOnly) return { outcome, isPartial: false, unchecked: refused.failures };
  const reading = await readOrg(app.org, app.desired);
  const now = { ...input, app: { ...app, reading }, consumer: { ...consumer, secret: undefined } };
  const policies = await deployTo(now.app, filesOf(now).filter(isLater), request);
  return { outcome: policies, isPartial: !policies.success, unchecked: [] };
}

function isLater({ component }: MetadataFile): boolean {
  return component.afterOthers === true;
}

function filesOf({ app, consumer }: Omit<DeployInput, "request">): MetadataFile[] {
  // The secret can be given only at creation. A key is required beside the Run As user later too.
  const secret = app.reading.actual === undefined ? consumer.secret : undefined;
  return render(inNamesOfOrg(app), { key: consumer.key, secret }, app.reading.files);
}

function deployTo(
  app: AppInOrg,
  files: readonly MetadataFile[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  const creating = app.reading.actual === undefined;
  return creating ? deployFiles(app.org, files, request) : deployUpdate(app, files, request);
}

/** The files that are new, as far as the org was seen. */
function newFiles({ reading }: AppInOrg, files: readonly MetadataFile[]): MetadataFile[] {
  return files.filter(({ component }) => !reading.files.some((file) => file.component === component));
}

/**
 * A part that the org has but does not show cannot be updated: everything that the spec does not mention would be lost.
 *
 * @throws SfError `HiddenPartError` if the org changed, or would change, a part that was believed to be new
 */
function requireNew(
  app: AppInOrg,
  files: readonly MetadataFile[],
  { saved }: Pick<DeployOutcome, "saved">,
): void {
  const hidden = newFiles(app, files).filter(({ component: { type }, fullName }) =>
    saved.some((part) => part.type === type && part.fullName === fullName && !part.created),
  );
  if (hidden.length > 0) throw hiddenPart(app, hidden);
}

/** The error for such parts. */
function hiddenPart(
  { org, desired }: AppInOrg,
  parts: readonly Pick<MetadataFile, "component" | "fullName">[],
) {
  const messages = messagesOf("externalClientApp");
  const titles = parts.map(
    ({ component: { type }, fullName }) => `${messages.getMessage(`part.${type}`)} (${fullName})`,
  );
  const list = titles.join(", ");
  return messages.createError("hiddenPart", [org.name, desired.name, org.username, list], [org.name]);
}
