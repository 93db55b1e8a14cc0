/** An answer of the Metadata API that is not a result: a SOAP fault, or a REST error. */
export class MetadataError extends Error {
  /** Such as `INVALID_SESSION_ID`, without a prefix. */
  readonly code: string;
  /** Whether the request itself could not be read; such faults have the code `soapenv:Client`. */
  readonly isUnreadable: boolean;

  constructor(code: string, message: string, isUnreadable = false) {
    super(message);
    this.code = code;
    this.isUnreadable = isUnreadable;
  }
}

/** A request that the API does not accept: malformed XML, base64 or values. */
export function unreadable(message: string): MetadataError {
  return new MetadataError("UNKNOWN_EXCEPTION", message, true);
}
