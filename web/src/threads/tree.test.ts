import { describe, expect, it } from "vitest";
import type { CommentView } from "../lib/types";
import { folded, inOrder } from "./tree";

const comment = (id: string, parent: string | null = null): CommentView =>
  ({ id, parent, depth: 0, author: "Reader 1", time: null, text: id, labels: [], reasons: [], language: null, dir: "ltr", claims: [], forecasts: [], about: [] });
const said = (comments: CommentView[]) => inOrder(comments).map((it) => `${it.comment.id}${it.depth}+${it.n_below}`);

describe("inOrder", () => {
  it("puts replies under what they answer", () => {
    expect(said([comment("a"), comment("b"), comment("c", "a"), comment("d", "c"), comment("e", "a")])).toEqual(["a0+3", "c1+1", "d2+0", "e1+0", "b0+0"]);
    expect(inOrder([comment("a"), comment("c", "a")])[1]?.answers?.id).toBe("a");
  });

  it("loses no comment, whatever the parents say", () => {
    expect(said([comment("a", "b"), comment("b", "a"), comment("c", "c"), comment("d", "gone")]).sort()).toEqual(["a0+1", "b1+0", "c0+0", "d0+0"]);
    expect(inOrder([])).toEqual([]);
  });

  it("reads a thread two thousand deep", () => {
    const deep = Array.from({ length: 2_000 }, (_, i) => comment(`c${i}`, i ? `c${i - 1}` : null));
    expect(inOrder(deep).at(-1)?.depth).toBe(1_999);
  });
});

it("tells why something is folded", () => {
  expect(folded({ labels: ["spam", "abuse"], reasons: ["a link to a shop"] })).toEqual(["spam: a link to a shop", "abuse"]);
});
