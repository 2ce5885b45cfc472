import { describe, expect, it } from "vitest";

describe("href", () => {
  it("writes ids and filters so that they can be read back", async () => {
    // @ts-expect-error The router reads the address when it is loaded.
    globalThis.location = { pathname: "/w/event/e_1", search: "" };
    const { href } = await import("./router.svelte");
    expect(href("event", "e_1")).toBe("/w/event/e_1");
    expect(href("explore", "", { place: "Al Bukamal", q: "a&b" })).toBe("/w/explore?place=Al+Bukamal&q=a%26b");
    expect(href("control", "Deir ez-Zor / city")).toBe("/w/control/Deir%20ez-Zor%20%2F%20city");
  });
});
