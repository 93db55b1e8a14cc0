import { z } from "zod";
import { oneLine } from "./values.ts";
import { word } from "./words.ts";

const address = oneLine(2000).describe("URL of the canvas app.");
const lifecycleClass = oneLine().describe("Apex class for the app's life cycle.").optional();

/** A canvas app. */
export const canvas = z
  .strictObject({
    url: address,
    accessMethod: word("canvas.accessMethod").describe("How the app gets to know its user."),
    lifecycleClass,
    locations: z.array(word("canvas.locations")).describe("Where the app shows.").optional(),
    options: z.array(word("canvas.options")).describe("How it shows.").optional(),
    samlInitiationMethod: word("canvas.samlInitiationMethod")
      .describe("Who begins single sign-on by SAML.")
      .optional(),
  })
  .describe("A canvas app; connected apps only.");

/** The older form, for which Salesforce documents no words. */
export const canvasMetadata = z
  .strictObject({
    url: address,
    accessMethod: oneLine().describe("How the app gets to know its user."),
    lifecycleClass,
    locations: oneLine().describe("Where the app shows.").optional(),
    options: oneLine().describe("How it shows.").optional(),
    samlInitiationMethod: oneLine().describe("Who begins single sign-on by SAML.").optional(),
  })
  .describe("The element `canvas`, an older form of the block canvas; connected apps only.");
