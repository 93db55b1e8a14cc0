/** How much a difference matters: who may get in, whether the callers still work, or how the app looks. */
export type Severity = "security" | "function" | "appearance";

// The first that matches decides.
const severities: readonly (readonly [RegExp, Severity])[] = [
  [
    /^(label|description|contact|iconUrl|infoUrl|logoUrl|startUrl|mobileStartUrl|componentLabels|mobile)/,
    "appearance",
  ],
  [/^oauth\.(accessToken|idToken|clientCredentials\.enabled|singleLogoutUrl)/, "function"],
  [/^policy\.(clientCredentials|enabled|singleLogoutUrl|startUrl|startPage)/, "function"],
  [/^(oauth|policy|saml|attributes|otherMetadata)\b/, "security"],
];

/** How much it matters that a setting is not as the spec says. */
export function severityOf(path: string): Severity {
  return severities.find(([pattern]) => pattern.test(path))?.[1] ?? "function";
}

const order: readonly Severity[] = ["security", "function", "appearance"];

/** Sorts the more severe first. */
export function bySeverity(a: { severity: Severity }, b: { severity: Severity }): number {
  return order.indexOf(a.severity) - order.indexOf(b.severity);
}
