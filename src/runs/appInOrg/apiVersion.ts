import type { KindName } from "../../app/kindName.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { TargetOrg } from "../../org/connect.ts";

/**
 * An older version of the API would leave out settings in what it returns, and lose them in what it accepts.
 *
 * @throws SfError `ApiVersionTooOldError`
 */
export function requireApiVersion({ name, connection }: TargetOrg, kindNames: readonly KindName[]): void {
  for (const kind of kindNames) {
    const { minimumApiVersion = 0 } = kinds[kind];
    if (Number(connection.version) >= minimumApiVersion) continue;
    const needed = `${minimumApiVersion}.0`;
    throw messagesOf("org").createError(
      "apiVersionTooOld",
      [kind, needed, name, connection.version],
      [needed],
    );
  }
}
