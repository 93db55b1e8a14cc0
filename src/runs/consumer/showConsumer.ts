import { messagesOf } from "../../messages.ts";
import { readSpec } from "../../project/readSpec.ts";
import type { ShownConsumer } from "../../results/shownConsumer.ts";
import { openStore } from "../../secrets/openStore.ts";
import { connectOrgOf } from "../appInOrg/connectOrgOf.ts";

/**
 * Looks up the generated consumer of a spec's app in the store.
 *
 * @throws SfError `NotGeneratedError` if the spec names another source, `NotStoredError` if none is stored here
 */
export async function showConsumer(
  specFile: string,
  environment: string | undefined,
  targetOrg: string | undefined,
  withSecret: boolean,
): Promise<ShownConsumer> {
  const read = readSpec(specFile, environment);
  const { kind, name, consumer } = read.app;
  const messages = messagesOf("connectedapp.consumer");
  if (consumer.secret !== undefined) throw messages.createError("notGenerated", [specFile]);
  const { org } = await connectOrgOf(read, targetOrg);
  const store = openStore(consumer.store);
  const stored = await store.read({ orgId: org.id, kind, appName: name, instanceUrl: org.instanceUrl });
  if (stored === undefined) throw messages.createError("notStored", [name, org.name, store.place]);
  const tokenUrl = `${org.instanceUrl}/services/oauth2/token`;
  return { org: org.name, name, tokenUrl, key: stored.key, ...(withSecret ? { secret: stored.secret } : {}) };
}
