/** A consumer key and its secret. */
export interface Consumer {
  key: string;
  secret: string;
}
