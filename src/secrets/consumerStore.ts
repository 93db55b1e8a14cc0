import type { Consumer } from "../app/consumer.ts";

/** Whose consumer it is. An org can have apps of both kinds with the same name. */
export interface ConsumerOwner {
  /** 18-character Id. */
  orgId: string;
  kind: string;
  appName: string;
  /** My Domain URL without a trailing slash. A sandbox keeps it when a refresh gives the org another Id. */
  instanceUrl: string;
  /** Of the user who is logged in to the org. */
  username?: string | undefined;
  /** The spec's environment. */
  environment?: string | undefined;
}

/** A store of consumers. */
export interface ConsumerStore {
  /** What it is, for people: the path of a file, or the name of a program. */
  place: string;
  /** Whether pairs can be read back. A secret of GitHub, for example, can only be written. */
  readable: boolean;
  /** @throws SfError if the store cannot tell; undefined means that it has none */
  read(owner: ConsumerOwner): Promise<Consumer | undefined>;
  /** @returns whether the secret is encrypted where it is, if this tool knows */
  write(owner: ConsumerOwner, consumer: Consumer): Promise<{ encrypted?: boolean }>;
  /** @returns whether there was a pair; undefined if the store does not tell */
  erase(owner: ConsumerOwner): Promise<boolean | undefined>;
  /**
   * Since when the store has its pair, in ISO 8601; undefined if it has none. Missing if the store cannot tell.
   *
   * @throws SfError if the store does not answer
   */
  since?(owner: ConsumerOwner): Promise<string | undefined>;
}
