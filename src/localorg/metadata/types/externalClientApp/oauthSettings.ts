import { ComponentProblem } from "../componentProblem.ts";
import { canonical, canonicalScopes, withTexts } from "../connectedAppContent.ts";
import { connectedAppOauthAccessScope } from "../connectedAppEnums.ts";
import { commaSeparated } from "../elements.ts";
import { part } from "./part.ts";
import { oauthSettingsSchema } from "./schemas.ts";

/** External client apps and connected apps have one name each for the scope `sfap_api`. */
const scopeWords = connectedAppOauthAccessScope.words.map((word) =>
  word === "SFAP" ? "SFApiPlatform" : word,
);

/** What the application asks for; a package brings it along. */
export const oauthSettingsPart = part({
  schema: oauthSettingsSchema,
  directoryName: "extlClntAppOauthSettings",
  suffix: "ecaOauth",
  keyPrefix: "0xO",
  prepare({ org }, { content }) {
    const scopes = commaSeparated(content, "commaSeparatedOauthScopes");
    const furtherWords = org.behaviour.furtherWords[connectedAppOauthAccessScope.name] ?? [];
    checkScopes(scopes, [...scopeWords, ...furtherWords]);
    const commaSeparatedOauthScopes = canonicalScopes(scopes).join(", ");
    return { content: canonical(withTexts(content, { commaSeparatedOauthScopes }), oauthSettingsSchema) };
  },
});

function checkScopes(scopes: readonly string[], words: readonly string[]): void {
  const unknown = scopes.find((scope) => !words.includes(scope));
  if (unknown === undefined) return;
  throw new ComponentProblem(`Invalid OAuth scope: ${unknown}. Valid values: ${words.join(", ")}`);
}
