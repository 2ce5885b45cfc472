import { describe, expect, it } from "vitest";
import type { ClaimView, Dispute } from "../lib/types";
import { linked, ordered, sides, standing } from "./sides";

const account = (claim_id: string, voice = "article", stance = "affirms") => ({ claim: { claim_id, voice }, stance }) as unknown as ClaimView;
const brief = (n_roots: number, disputed: string[], is = "corroborated") => ({ brief: { n_roots, disputed, standing: is } }) as never;

describe("sides", () => {
  it("gives each value its accounts, and counts those told elsewhere", () => {
    const dispute = { sides: [{ value: "5 May", claims: ["c_1", "c_9"] }, { value: "7 May", claims: ["c_2"] }] } as unknown as Dispute;
    expect(sides(dispute, [account("c_1"), account("c_2")]).map((it) => [it.value, it.accounts.length, it.n_elsewhere])).toEqual([["5 May", 1, 1], ["7 May", 1, 0]]);
  });
});

describe("standing", () => {
  it("tells independent sources from a single one, and a dispute beside it", () => {
    expect(standing(brief(3, []))).toBe("corroborated by 3 independent sources");
    expect(standing(brief(1, []))).toBe("from a single source");
    expect(standing(brief(2, ["date"]))).toBe("disputed (date); corroborated by 2 independent sources");
    expect(standing(brief(0, [], "readers only"))).toBe("told by readers’ comments only");
  });
});

it("puts denials after accounts and readers last", () => {
  const all = [account("c", "comment"), account("d", "article", "denies"), account("a")];
  expect(ordered(all).map((it) => it.claim.claim_id)).toEqual(["a", "d", "c"]);
});

it("gathers links to other events by what they say", () => {
  const link = (from: string, to: string, kind = "tension") => ({ from, to, kind, field: null, why: "at one time" });
  const { within, outside } = linked({ accounts: [account("a"), account("b")], links: [link("a", "b", "copy"), link("a", "x"), link("x", "a"), link("y", "b")] } as never);
  expect(within.map((it) => it.kind)).toEqual(["copy"]);
  expect(outside.map((it) => it.links)).toEqual([[{ own: "a", other: "x" }, { own: "b", other: "y" }]]);
});
