import { z } from "zod";

export const shownConsumerSchema = z
  .object({
    org: z.string(),
    name: z.string(),
    tokenUrl: z.string(),
    key: z.string(),
    secret: z.string().optional().describe("Only if it was asked for."),
  })
  .describe("The consumer key and secret that are stored for an app in one org.");
export type ShownConsumer = z.output<typeof shownConsumerSchema>;
