import { z } from "zod";
import { reasonOf } from "../app/reasonOf.ts";
import { messagesOf } from "../messages.ts";
import type { ConsumerOwner, ConsumerStore } from "./consumerStore.ts";
import { runTool, type ToolResult, toolWords } from "./runTool.ts";

/** What `get` prints. Helpers that are older may leave out the URL. */
const credentialSchema = z.object({ Username: z.string().min(1), Secret: z.string().min(1) });

/** What helpers print if they have no such credential. */
const notFound = /credentials not found/i;

/**
 * A credential helper that speaks the protocol of docker-credential-helpers: the username is the consumer key. A helper
 * knows a credential by a URL, which here is the app's: My Domain, kind and name.
 *
 * @see https://github.com/docker/docker-credential-helpers#development
 */
export function helperStore(name: string): ConsumerStore {
  const program = `docker-credential-${name}`;
  const messages = messagesOf("store");
  const failed = (verb: string, result: ToolResult, secrets: readonly string[] = []) =>
    messages.createError("toolFailed", [
      `${program} ${verb}`,
      String(result.exitCode ?? "signal"),
      toolWords(result, secrets),
    ]);
  return {
    place: program,
    readable: true,
    read: async (owner) => {
      const result = await runTool([program, "get"], urlOf(owner));
      if (result.exitCode !== 0) {
        if (notFound.test(result.stdout + result.stderr)) return undefined;
        throw failed("get", result);
      }
      try {
        const { Username, Secret } = credentialSchema.parse(JSON.parse(result.stdout));
        return { key: Username, secret: Secret };
      } catch (error) {
        // The parser's message can repeat what it read.
        const reason =
          error instanceof z.ZodError
            ? z.prettifyError(error)
            : error instanceof SyntaxError
              ? "JSON"
              : reasonOf(error);
        throw messages.createError("toolAnswerOdd", [`${program} get`, reason]);
      }
    },
    write: async (owner, { key, secret }) => {
      const credential = { ServerURL: urlOf(owner), Username: key, Secret: secret };
      const result = await runTool([program, "store"], JSON.stringify(credential));
      if (result.exitCode !== 0) throw failed("store", result, [secret]);
      return {};
    },
    erase: async (owner) => {
      const result = await runTool([program, "erase"], urlOf(owner));
      if (result.exitCode === 0) return true;
      if (notFound.test(result.stdout + result.stderr)) return false;
      throw failed("erase", result);
    },
  };
}

function urlOf({ instanceUrl, kind, appName }: ConsumerOwner): string {
  return `${instanceUrl}/cpq/${kind}/${appName}`;
}
