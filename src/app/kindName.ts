/** The kinds of OAuth app that a spec can describe. */
export type KindName = "ConnectedApp" | "ExternalClientApp";
