/** A value of a result, for JSON and for SOAP alike: undefined is left out, an array is its element repeated. */
export type Value = string | number | boolean | undefined | Value[] | { [name: string]: Value };
