import { describe, expect, it } from "vitest";
import type { Passage } from "../lib/types";
import { neighbour, paragraphs } from "./segments";

const text = "Headline\n\nThe column took Orsk 🛡 and Varn. Then it left.";
const at = (words: string) => [text.indexOf(words), text.indexOf(words) + words.length] as const;
function passage(claim_id: string, quote: string, sentence: string, anchor = "ok"): Passage {
  const [start, end] = at(quote);
  const [sentence_start, sentence_end] = at(sentence);
  return { claim_id, event: "clash", voice: "article", start, end, sentence_start, sentence_end, anchor, quote, review: "open" };
}
const first = "The column took Orsk 🛡 and Varn.";
const passages = [passage("c_1", "took Orsk 🛡 and Varn", first), passage("c_2", "Varn. Then it left", "Then it left.")];
const blocks = [
  { kind: "headline", start: 0, end: 8 },
  { kind: "body", start: 10, end: text.length },
];

describe("paragraphs", () => {
  it("keeps every word once, in order", () => {
    const all = paragraphs(text, blocks, passages).map((it) => it.runs.map((run) => run.text).join(""));
    expect(all).toEqual(["Headline", text.slice(10)]);
  });

  it("lets passages overlap", () => {
    const runs = paragraphs(text, blocks, passages)[1]!.runs;
    const both = runs.filter((run) => run.quoted.length === 2);
    expect(both.map((run) => run.text)).toEqual(["Varn"]);
    expect(runs.find((run) => run.text.startsWith(" Then") || run.text === "Then it left")?.quoted).toEqual(["c_2"]);
    expect(runs[0]).toMatchObject({ text: "The column ", quoted: [], sentence: ["c_1"] });
  });

  it("marks nothing for a lost anchor", () => {
    const lost = paragraphs(text, blocks, [passage("c_3", "Orsk", first, "lost")]);
    expect(lost.flatMap((it) => it.runs).every((run) => run.quoted.length === 0)).toBe(true);
  });

  it("shows text that no block claims", () => {
    const all = paragraphs(text, [{ kind: "headline", start: 0, end: 8 }], []);
    expect(all.map((it) => it.kind)).toEqual(["headline", "body"]);
    expect(paragraphs("", [], [])).toEqual([]);
  });

  it("survives blocks and passages that lie outside the text", () => {
    const odd = { ...passages[0]!, end: 9_999 };
    expect(paragraphs(text, [{ kind: "body", start: 5, end: 9_999 }, { kind: "body", start: 7, end: 9 }], [odd]).length).toBe(2);
  });

  it("reads ten thousand passages in a blink", () => {
    const long = "word ".repeat(50_000);
    const many = Array.from({ length: 10_000 }, (_, i) => ({ ...passages[0]!, claim_id: `c_${i}`, start: i * 20, end: i * 20 + 30, sentence_start: i * 20, sentence_end: i * 20 + 40 }));
    const before = performance.now();
    paragraphs(long, [{ kind: "body", start: 0, end: long.length }], many);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe("neighbour", () => {
  it("goes round in the order of the text", () => {
    expect(neighbour(passages, "c_1", 1)?.claim_id).toBe("c_2");
    expect(neighbour(passages, "c_2", 1)?.claim_id).toBe("c_1");
    expect(neighbour(passages, "c_1", -1)?.claim_id).toBe("c_2");
    expect(neighbour(passages, "", 1)?.claim_id).toBe("c_1");
    expect(neighbour(passages, "", -1)?.claim_id).toBe("c_2");
    expect(neighbour([], "c_1", 1)).toBeUndefined();
  });
});
