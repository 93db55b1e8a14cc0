import type { Place } from "../app/place.ts";

/** Something that is wrong in a spec. `id` names its text in messages/spec.md, `values` fill that text. */
export interface Problem {
  id: string;
  values: string[];
  location: Place;
  /** Path in the spec, such as `oauth.clientCredentials.runAs`; empty for the whole file. */
  path: string;
  /** What the user may have meant. */
  suggestion?: string;
}
