import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { Transport } from "@jsforce/jsforce-node/lib/transport.js";
import { StreamPromise } from "@jsforce/jsforce-node/lib/util/promise.js";
import { type Dispatcher, request } from "undici";

type Question = Parameters<Transport["httpRequest"]>[0];
type Answer = Awaited<ReturnType<Transport["httpRequest"]>>;

/**
 * The Salesforce library's way to an org for text, which is all that we send. Its own way leads each question and each answer
 * through `fetch` and seven streams, and opens a connection for each question that follows an answer. Redirects are not
 * followed, and nothing is tried again.
 */
export class PlainTransport extends Transport {
  readonly #dispatcher: Dispatcher;
  readonly #userAgent: string;

  constructor(dispatcher: Dispatcher, userAgent: string) {
    super();
    this.#dispatcher = dispatcher;
    this.#userAgent = userAgent;
  }

  override httpRequest(question: Question, options?: object): StreamPromise<Answer> {
    const { body } = question;
    if (body !== undefined && body !== null && typeof body !== "string")
      return super.httpRequest(question, options);
    const promise = this.#ask(question, body ?? undefined);
    // The library pipes the stream, in which nothing ever is.
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise }));
  }

  async #ask({ method, url, headers }: Question, body: string | undefined): Promise<Answer> {
    try {
      const answer = await request(url, {
        dispatcher: this.#dispatcher,
        method: method as Dispatcher.HttpMethod,
        headers: { "accept-encoding": "gzip, deflate", "user-agent": this.#userAgent, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      const text = await answer.body.text();
      // The connection is free only then, and the next request would open another one.
      await turn();
      return {
        statusCode: answer.statusCode,
        headers: Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
        ),
        body: text,
      };
    } catch (error) {
      // As `fetch` does.
      throw new TypeError("No usable answer came.", { cause: error });
    }
  }
}
