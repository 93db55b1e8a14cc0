import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A CPQ tenant that answers as a test wants, until the test ends. */
export async function tenant(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A tenant that is in maintenance: the vendor's load balancer answers for it. */
export function tenantInMaintenance(): Promise<string> {
  return tenant((_request, response) => {
    response.writeHead(503, { "content-type": "text/html" }).end("<html><body>Back soon</body></html>");
  });
}
