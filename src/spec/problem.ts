import type { Place } from "../app/place.ts";
import type { MessageText } from "../messageText.ts";

/** Something that is wrong in a spec, as a text of messages/spec.md. */
export type Problem = MessageText<"spec"> & ProblemPlace;

interface ProblemPlace {
  location: Place;
  /** Path in the spec, such as `oauth.clientCredentials.runAs`; empty for the whole file. */
  path: string;
  /** What the user may have meant. */
  suggestion?: string;
}
