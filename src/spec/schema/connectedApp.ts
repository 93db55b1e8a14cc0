import { z } from "zod";
import { certificate, encoded, oneLine, switchOf, webAddress } from "./values.ts";
import { word } from "./words.ts";

const address = oneLine(2000);

/** Single sign-on by SAML, with Salesforce as the identity provider. */
export const saml = z
  .strictObject({
    acsUrl: address.describe("The service provider's assertion consumer service."),
    entityUrl: address.describe("Entity Id of the service provider."),
    subjectType: word("saml.subjectType").describe("What names the user."),
    subjectCustomAttribute: oneLine()
      .describe("The attribute, where subjectType is CustomAttribute.")
      .optional(),
    nameIdFormat: word("saml.nameIdFormat").describe("Format of the name Id.").optional(),
    issuer: address.describe("Issuer of the assertions; without it, My Domain.").optional(),
    certificate: certificate("The service provider's certificate, in PEM or base64."),
    signingAlgorithm: word("saml.signingAlgorithm").describe("How assertions are signed.").optional(),
    encryptionCertificate: certificate("Certificate that assertions are encrypted for, in PEM or base64."),
    encryptionType: word("saml.encryptionType").describe("How assertions are encrypted.").optional(),
    singleLogoutUrl: webAddress("Where Salesforce sends a logout request."),
    singleLogoutBinding: word("saml.singleLogoutBinding").describe("How it sends that request.").optional(),
  })
  .describe("Single sign-on by SAML; connected apps only.");

const canvasUrl = oneLine(2000).describe("URL of the canvas app.");
const lifecycleClass = oneLine().describe("Apex class for the app's life cycle.").optional();

/** A canvas app. */
export const canvas = z
  .strictObject({
    url: canvasUrl,
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
    url: canvasUrl,
    accessMethod: oneLine().describe("How the app gets to know its user."),
    lifecycleClass,
    locations: oneLine().describe("Where the app shows.").optional(),
    options: oneLine().describe("How it shows.").optional(),
    samlInitiationMethod: oneLine().describe("Who begins single sign-on by SAML.").optional(),
  })
  .describe("The element `canvas`, an older form of the block canvas; connected apps only.");

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
