import { z } from "zod";
import { encoded, oneLine, switchOf } from "./values.ts";
import { word } from "./words.ts";

const fileName = oneLine().describe("Name of the file.").optional();

/** A mobile app that belongs to the connected app. */
export const mobile = z
  .strictObject({
    platform: word("mobile.platform").describe("Platform of the app."),
    version: oneLine().describe("Version of the app."),
    deviceType: word("mobile.deviceType").describe("Devices that the app is for.").optional(),
    minimumOsVersion: oneLine().describe("Oldest version of the platform that the app runs on.").optional(),
    bundleIdentifier: oneLine().describe("Bundle identifier or package name of the app.").optional(),
    installUrl: oneLine(2000).describe("Where users get the app.").optional(),
    privateApp: switchOf("The app is in no public store."),
    binary: z
      .strictObject({
        fileName,
        length: z.int().nonnegative().describe("Length of the file in bytes.").optional(),
        content: encoded("The file, in base64."),
      })
      .describe("The app itself.")
      .optional(),
    icon: z
      .strictObject({ fileName, content: encoded("The file, in base64.") })
      .describe("Icon of the app.")
      .optional(),
  })
  .describe("The mobile app; connected apps only.");
