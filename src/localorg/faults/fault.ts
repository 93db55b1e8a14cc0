import { z } from "zod";

/** Which requests a fault meets. What is not named is not asked for. */
const meetingSchema = {
  /** The number of the request since the plan was set, from 1, the requests to the CPQ admin API included. */
  request: z.int().min(1).optional(),
  method: z.string().optional(),
  /** A regular expression that the path with its query must match. */
  path: z.string().refine(isRegularExpression, "no regular expression").optional(),
  /** The operation of the Metadata API's SOAP, such as `deploy`. */
  operation: z.string().optional(),
  /** For questions how a deploy or retrieve stands: which of them since the plan was set, from 1, as they are first asked for. */
  job: z.int().min(1).optional(),
  /** How many matching requests pass before it. */
  after: z.int().min(0).default(0),
  /** How many matching requests it meets; without it, only one. */
  times: z.int().min(1).default(1),
};

/** For faults that need no answer: whether the org does what it was asked before it fails. */
const done = z.boolean().default(false);
const mebibytes = z.int().min(1).max(4096).default(300);

/** What can go wrong between an org and whoever asks it. */
const faultSchema = z.discriminatedUnion("fault", [
  /** The connection is reset instead of an answer. */
  z.strictObject({ fault: z.literal("reset"), done, ...meetingSchema }),
  /** The connection breaks in the middle of the answer's body. */
  z.strictObject({ fault: z.literal("cutConnection"), ...meetingSchema }),
  /** No answer ever comes. */
  z.strictObject({ fault: z.literal("silence"), done, ...meetingSchema }),
  /** The answer takes this long, a piece at a time. */
  z.strictObject({ fault: z.literal("slow"), milliseconds: z.int().min(1), ...meetingSchema }),
  /** An error by its HTTP status. */
  z.strictObject({
    fault: z.literal("status"),
    status: z.int().min(400).max(599),
    /** Seconds, or a date. */
    retryAfter: z.string().optional(),
    done,
    ...meetingSchema,
  }),
  /** A page with HTTP 200, as a proxy or a captive portal sends it. */
  z.strictObject({ fault: z.literal("page"), done, ...meetingSchema }),
  /** HTTP 200 without a body. */
  z.strictObject({ fault: z.literal("empty"), done, ...meetingSchema }),
  /** The first half of the JSON or XML, as a complete HTTP answer. */
  z.strictObject({ fault: z.literal("cutText"), ...meetingSchema }),
  /** A retrieve whose zip is only half there, in whole XML. */
  z.strictObject({ fault: z.literal("halfZip"), ...meetingSchema }),
  /** An answer of this size, which ends as valid JSON. */
  z.strictObject({ fault: z.literal("huge"), mebibytes, ...meetingSchema }),
  /** A small answer that has this size once it is decompressed. */
  z.strictObject({ fault: z.literal("gzipBomb"), mebibytes, ...meetingSchema }),
  z.strictObject({ fault: z.literal("redirect"), to: z.url(), ...meetingSchema }),
  /** The answer's Date is ahead by these seconds; negative is behind. */
  z.strictObject({ fault: z.literal("clock"), seconds: z.int(), ...meetingSchema }),
]);

/** The faults of a plan, as a file or a test gives them. */
export const faultsSchema = z.array(faultSchema);

/**
 * A fault as it is written, such as `{ fault: "status", status: 503, path: "^/a/", times: 2 }`. The kinds: `reset`,
 * `cutConnection`, `silence`, `slow` (`milliseconds`), `status` (`status`, `retryAfter`), `page`, `empty`, `cutText`,
 * `halfZip`, `huge` and `gzipBomb` (`mebibytes`), `redirect` (`to`), `clock` (`seconds`). Which requests it meets:
 * `request` (its number), `method`, `path` (a regular expression), `operation`, `job`, `after` and `times`.
 */
export type FaultInput = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
