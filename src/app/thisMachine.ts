/** Whether a URL's host name is this machine's own, so that what is sent there leaves it by no network. */
export function isThisMachine(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

/** Whether a secret may be sent to a URL: by https, or on this machine by http. */
export function maySendSecrets({ protocol, hostname }: Pick<URL, "protocol" | "hostname">): boolean {
  return protocol === "https:" || (protocol === "http:" && isThisMachine(hostname));
}
