/** Whether a URL's host name is this machine's own, so that what is sent there leaves it by no network. */
export function isThisMachine(hostname: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
