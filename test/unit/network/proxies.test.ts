import { describe, expect, test } from "vitest";
import { namedProxy } from "../../../src/network/proxies.ts";

const proxy = "http://proxy.example.com:3128";

describe("the proxy that the environment names", () => {
  test.each([
    { protocol: "https:", environment: { HTTPS_PROXY: proxy }, variable: "HTTPS_PROXY" },
    { protocol: "https:", environment: { HTTP_PROXY: proxy }, variable: "HTTP_PROXY" },
    { protocol: "https:", environment: { https_proxy: proxy, HTTPS_PROXY: "x" }, variable: "https_proxy" },
    { protocol: "http:", environment: { HTTPS_PROXY: proxy }, variable: undefined },
    { protocol: "http:", environment: { http_proxy: "", HTTP_PROXY: proxy }, variable: undefined },
    { protocol: "https:", environment: { https_proxy: "", http_proxy: proxy }, variable: "http_proxy" },
    { protocol: "http:", environment: {}, variable: undefined },
  ])("for $protocol in $environment: $variable", ({ protocol, environment, variable }) => {
    const expected = variable === undefined ? undefined : { variable, address: proxy };
    expect(namedProxy(protocol, environment)).toEqual(expected);
  });

  test("is shown without its user and password", () =>
    expect(namedProxy("http:", { HTTP_PROXY: "http://user:hidden@proxy.example.com:3128" })).toEqual({
      variable: "HTTP_PROXY",
      address: proxy,
    }));

  test.each(["proxy.example.com:3128", "10.0.0.1:3128", "ftp://proxy.example.com", "not an address"])(
    "is refused if it is %j",
    (HTTP_PROXY) =>
      expect(() => namedProxy("http:", { HTTP_PROXY })).toThrow("HTTP_PROXY is not the address"),
  );
});
