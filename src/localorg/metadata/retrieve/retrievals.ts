import type { OrgUser } from "../../org.ts";
import { fullId, newId } from "../../salesforceId.ts";
import type { MetadataContext } from "../metadataContext.ts";
import { MetadataError } from "../metadataError.ts";
import { type RetrievedPackage, type RetrieveRequest, runRetrieve } from "./runRetrieve.ts";

/** A retrieve, from the request to its end. */
export interface Retrieval {
  id: string;
  status: "Pending" | "InProgress" | "Succeeded" | "Failed";
  retrieved: RetrievedPackage | undefined;
  error: string | undefined;
}

/** The retrieves of one org. */
export interface Retrievals {
  submit(user: OrgUser, request: RetrieveRequest): Retrieval;
  /** @throws MetadataError if there is no retrieve with this Id */
  find(id: string): Retrieval;
}

/** Runs the retrieves of an org, each soon after its request. */
export function createRetrievals({ org }: MetadataContext): Retrievals {
  const retrievals = new Map<string, Retrieval>();

  async function run(retrieval: Retrieval, user: OrgUser, request: RetrieveRequest): Promise<void> {
    retrieval.status = "InProgress";
    try {
      retrieval.retrieved = await runRetrieve(org, user, request);
      retrieval.status = "Succeeded";
    } catch (error) {
      retrieval.error = error instanceof Error ? error.message : String(error);
      retrieval.status = "Failed";
    }
  }

  return {
    submit(user, request) {
      const retrieval: Retrieval = {
        id: newId("09S"),
        status: "Pending",
        retrieved: undefined,
        error: undefined,
      };
      retrievals.set(retrieval.id, retrieval);
      setImmediate(() => run(retrieval, user, request));
      return retrieval;
    },
    find(id) {
      const found = retrievals.get(fullId(id));
      if (!found) throw new MetadataError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
      return found;
    },
  };
}
