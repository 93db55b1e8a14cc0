/**
 * A value of a result, for JSON and for SOAP alike: undefined is left out, an array is its element repeated. In SOAP,
 * a name that starts with `@` is an attribute, and null an element without a value.
 */
export type Value = string | number | boolean | null | undefined | Value[] | { [name: string]: Value };
