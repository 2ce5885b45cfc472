// Cuts a stored text into runs that can be drawn one after the other, though passages overlap and lie within each other.
// In: the text, its blocks and passages, offsets in UTF-16 units. Out: paragraphs of runs, each with the passages it belongs to.
// A passage whose anchor is lost marks nothing: it is listed apart, never guessed at.
import type { BlockView, Passage } from "../lib/types";

/** A run of text that the same passages cover. */
export interface Run {
  start: number;
  end: number;
  text: string;
  /** Claims whose quote covers the run, the longest quote first. */
  quoted: string[];
  /** Claims in whose sentence the run stands. */
  sentence: string[];
}

/** A block of the text with its runs. */
export interface Paragraph {
  kind: string;
  language: string | null;
  start: number;
  runs: Run[];
}

/** Passages that stand where they are said to. */
export const anchored = (passages: Passage[]): Passage[] => passages.filter((it) => it.anchor === "ok");

/** The next passage after the chosen one, or before it, in the order of the text; the first one when none is chosen. */
export function neighbour(passages: Passage[], claim: string, step: 1 | -1): Passage | undefined {
  if (passages.length === 0) return undefined;
  const at = passages.findIndex((it) => it.claim_id === claim);
  if (at < 0) return step > 0 ? passages[0] : passages[passages.length - 1];
  return passages[(at + step + passages.length) % passages.length];
}

/** The blocks in order with what lies between them, so that no word is left out. Bullets and other signs alone go with the block after. */
function whole(text: string, blocks: BlockView[]): { kind: string; language: string | null; start: number; end: number }[] {
  const all = [];
  let at = 0;
  for (const block of [...blocks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const start = Math.max(block.start, at);
    const end = Math.min(block.end, text.length);
    if (end <= start) continue;
    const between = text.slice(at, start);
    const first = at + between.search(/\S|$/);
    const words = /[\p{L}\p{N}]/u.test(between);
    if (words) all.push({ kind: "body", language: null, start: first, end: at + between.trimEnd().length });
    all.push({ kind: block.kind, language: block.language ?? null, start: words ? start : first, end });
    at = end;
  }
  if (text.slice(at).trim()) all.push({ kind: "body", language: null, start: at, end: text.length });
  return all;
}

/** The text as paragraphs of runs. Takes time in proportion to the text and the passages, whatever they overlap. */
export function paragraphs(text: string, blocks: BlockView[], passages: Passage[]): Paragraph[] {
  const sure = anchored(passages).filter((it) => it.start < it.end && it.end <= text.length);
  const cuts = new Set<number>();
  for (const it of sure) for (const at of [it.start, it.end, it.sentence_start, it.sentence_end]) cuts.add(at);
  const sorted = [...cuts].sort((a, b) => a - b);
  const opening = [...sure].sort((a, b) => Math.min(a.start, a.sentence_start) - Math.min(b.start, b.sentence_start));
  let next = 0;
  let cut = 0;
  let open: Passage[] = [];
  return whole(text, blocks).map((block) => {
    const runs: Run[] = [];
    let at = block.start;
    while (at < block.end) {
      while (cut < sorted.length && (sorted[cut] ?? 0) <= at) cut += 1;
      const end = Math.min(sorted[cut] ?? block.end, block.end);
      for (let it = opening[next]; it && Math.min(it.start, it.sentence_start) <= at; it = opening[next]) {
        open.push(it);
        next += 1;
      }
      const here = at;
      open = open.filter((it) => Math.max(it.end, it.sentence_end) > here);
      const quoted = open.filter((it) => it.start <= here && here < it.end).sort((a, b) => b.end - b.start - (a.end - a.start));
      const sentence = open.filter((it) => it.sentence_start <= here && here < it.sentence_end);
      runs.push({ start: at, end, text: text.slice(at, end), quoted: quoted.map((it) => it.claim_id), sentence: sentence.map((it) => it.claim_id) });
      at = end;
    }
    return { kind: block.kind, language: block.language, start: block.start, runs };
  });
}
