import { z } from "zod";
import { oneLine, switchOf } from "./values.ts";
import { word } from "./words.ts";

/** Parts of an external client app that can be on or off. */
export const plugins = z
  .strictObject({
    oauth: switchOf("OAuth."),
    saml: switchOf("Single sign-on by SAML."),
    canvas: switchOf("Canvas."),
    mobile: switchOf("Mobile apps."),
    push: switchOf("Push notifications."),
    notification: switchOf("Notifications."),
    attest: switchOf("Attestation of mobile apps."),
  })
  .describe("Which parts of the app are on; external client apps only.");

/** How an external client app is packaged, and what its org made for it. */
export const packaging = z
  .strictObject({
    distributionState: word("packaging.distributionState")
      .describe("`Local` to one org, or part of a package.")
      .optional(),
    managedType: word("packaging.managedType").describe("Who manages the app.").optional(),
    protected: switchOf("Protect the app in a package."),
    orgScopedExternalApp: oneLine()
      .describe("Id of the app in its org. Each org makes its own, so a spec for several orgs leaves it out.")
      .optional(),
    oauthLink: oneLine()
      .describe(
        "Link to the OAuth settings in its org. Each org makes its own, so a spec for several orgs leaves it out.",
      )
      .optional(),
  })
  .describe("Packaging; external client apps only.");

/** Labels of the components that an external client app is made of. */
export const componentLabels = z
  .strictObject({
    globalOauth: oneLine().describe("Label of the global OAuth settings.").optional(),
    oauth: oneLine().describe("Label of the OAuth settings.").optional(),
    oauthPolicies: oneLine().describe("Label of the OAuth policies.").optional(),
    policies: oneLine().describe("Label of the other policies.").optional(),
  })
  .describe("Labels of the app's components, which hardly anybody sees; external client apps only.");
