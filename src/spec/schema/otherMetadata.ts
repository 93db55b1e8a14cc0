import { z } from "zod";
import { XmlProblem } from "../../metadata/xmlProblem.ts";
import { formatFragment, parseFragment } from "../../metadata/xmlText.ts";
import { valueProblem } from "./valueProblem.ts";

/** XML elements in a text, in canonical form. */
const fragment = z
  .string()
  .meta({ examples: ["<brandNewElement>true</brandNewElement>"] })
  .transform((source, context) => {
    try {
      return formatFragment(parseFragment(source));
    } catch (error) {
      if (!(error instanceof XmlProblem)) throw error;
      context.issues.push({
        code: "custom",
        input: source,
        message: valueProblem("xmlFragment"),
        params: { found: { id: "xml.at", values: [error.text, error.line, error.column] } },
      });
      return z.NEVER;
    }
  });

const elementsOf = (type: string) => fragment.describe(`Elements of the metadata type ${type}.`).optional();

/** What Salesforce has added, and for which this language has no words yet. */
export const otherMetadata = z
  .strictObject({
    ConnectedApp: elementsOf("ConnectedApp"),
    ExternalClientApplication: elementsOf("ExternalClientApplication"),
    ExtlClntAppGlobalOauthSettings: elementsOf("ExtlClntAppGlobalOauthSettings"),
    ExtlClntAppOauthSettings: elementsOf("ExtlClntAppOauthSettings"),
    ExtlClntAppOauthConfigurablePolicies: elementsOf("ExtlClntAppOauthConfigurablePolicies"),
    ExtlClntAppConfigurablePolicies: elementsOf("ExtlClntAppConfigurablePolicies"),
  })
  .describe("Elements that no setting stands for, as XML, by metadata type. They replace all such elements.");
