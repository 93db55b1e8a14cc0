import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { Dispatcher } from "undici";
import { messagesOf } from "../messages.ts";
import { AnswerFailure, lostAnswer } from "./answerFailure.ts";
import { endSignal } from "./ending.ts";

/** A complete answer, decompressed. */
export interface WholeAnswer {
  origin: string;
  /** With the query. */
  path: string;
  status: number;
  /** By names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

/** What an answer must keep to. */
export interface AnswerRules {
  /** Seconds from the request to the end of its answer. */
  seconds: number;
  /** The largest body, before and after decompression. */
  mebibytes: number;
  /** Why an answer is not usable. */
  refuse?(answer: WholeAnswer): AnswerFailure | undefined;
}

const decompressions = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/**
 * Hands answers on when they are complete, and never begins to hand on one that will fail: libraries above crash, or
 * take a part for the whole, if an answer breaks off in the middle.
 */
export function wholeAnswers(rules: AnswerRules): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, new WholeAnswerHandler(options, handler, rules));
}

/** Also the controller for the handler above: what it does to the connection must not reach later requests on it. */
class WholeAnswerHandler implements Dispatcher.DispatchHandler, Dispatcher.DispatchController {
  readonly #options: Dispatcher.DispatchOptions;
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #rules: AnswerRules;
  readonly #timer: NodeJS.Timeout;
  readonly #ending = endSignal();
  readonly #onEnding = () => this.#refuse(this.#ending.reason);
  #connection: Dispatcher.DispatchController | undefined;
  #chunks: Buffer[] = [];
  #size = 0;
  #head: { status: number; message: string | undefined; headers: WholeAnswer["headers"] } | undefined;
  #isOver = false;

  aborted = false;
  paused = false;
  reason: Error | null = null;
  rawHeaders: Buffer[] = [];
  rawTrailers = null;

  constructor(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler, rules: AnswerRules) {
    this.#options = options;
    this.#handler = handler;
    this.#rules = rules;
    this.#timer = setTimeout(() => this.#tooLate(), rules.seconds * 1000);
    this.#ending.addEventListener("abort", this.#onEnding);
  }

  abort(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
    this.#connection?.abort(reason);
  }

  pause(): void {}

  resume(): void {}

  onRequestStart(controller: Dispatcher.DispatchController, context: object): void {
    this.#connection = controller;
    if (this.#isOver) controller.abort(new Error("over"));
    else this.#handler.onRequestStart?.(this, context);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: WholeAnswer["headers"],
    message?: string,
  ): void {
    if (status < 200) return;
    this.#head = { status, message, headers };
    if (Number(headers["content-length"] ?? 0) > this.#mostBytes) this.#refuse(this.#tooLarge());
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver) return;
    this.#size += chunk.length;
    if (this.#size > this.#mostBytes) this.#refuse(this.#tooLarge());
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#handOn().catch((error: Error) => this.#fail(error));
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const isLost = this.#connection !== undefined && !this.aborted && !(error instanceof AnswerFailure);
    this.#fail(isLost ? lostAnswer(error, this.#head !== undefined) : error);
  }

  async #handOn(): Promise<void> {
    const head = this.#head;
    if (this.#isOver || head === undefined) return;
    const body = await this.#decompressed(Buffer.concat(this.#chunks), head.headers);
    this.#chunks = [];
    const { path, origin = "" } = this.#options;
    const answer = { origin: String(origin), path, status: head.status, headers: head.headers, body };
    const failure = this.#rules.refuse?.(answer);
    if (failure !== undefined) throw failure;
    if (!this.#end()) return;
    // The body is decompressed, so what is said of its length and compression is no longer so.
    const headers = Object.fromEntries(
      Object.entries(head.headers).filter(([name]) => !/^content-(encoding|length)$/.test(name)),
    ) as Record<string, string | string[]>;
    // `fetch` takes them from here.
    this.rawHeaders = Object.entries(headers).flatMap(([name, value]) =>
      [value].flat().flatMap((one) => [Buffer.from(name), Buffer.from(one, "latin1")]),
    );
    this.#handler.onResponseStart?.(this, head.status, headers, head.message);
    if (body.length > 0) this.#handler.onResponseData?.(this, body);
    this.#handler.onResponseEnd?.(this, {});
  }

  async #decompressed(body: Buffer, headers: WholeAnswer["headers"]): Promise<Buffer> {
    const encoding = String(headers["content-encoding"] ?? "identity").toLowerCase();
    if (encoding === "identity" || body.length === 0) return body;
    const messages = messagesOf("network");
    const decompress = decompressions[encoding as keyof typeof decompressions];
    if (decompress === undefined)
      throw new AnswerFailure(messages.getMessage("unknownEncoding", [encoding]), { isMomentary: false });
    try {
      return await decompress(body, { maxOutputLength: this.#mostBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw this.#tooLarge();
      const reason = (error as Error).message;
      throw new AnswerFailure(messages.getMessage("brokenEncoding", [encoding, reason]), {
        isMomentary: true,
      });
    }
  }

  get #mostBytes(): number {
    return this.#rules.mebibytes * 1024 * 1024;
  }

  #tooLarge(): AnswerFailure {
    const message = messagesOf("network").getMessage("answerTooLarge", [this.#rules.mebibytes]);
    return new AnswerFailure(message, { isMomentary: false });
  }

  #tooLate(): void {
    const key = this.#head === undefined ? "answerTooLate" : "answerUnfinished";
    const message = messagesOf("network").getMessage(key, [this.#rules.seconds]);
    this.#refuse(new AnswerFailure(message, { isMomentary: false }));
  }

  /** Fails at once, and gives the connection up, since the rest of the answer would still come on it. */
  #refuse(failure: Error): void {
    this.#fail(failure);
    this.#connection?.abort(failure);
  }

  #fail(error: Error): void {
    this.#chunks = [];
    if (this.#end()) this.#handler.onResponseError?.(this, error);
  }

  #end(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#ending.removeEventListener("abort", this.#onEnding);
    return true;
  }
}
