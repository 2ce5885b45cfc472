// Puts comments in reading order: each reply under what it answers. In: comments as the page has them. Out: the same, in the order of
// the tree, with a depth that was counted, not believed. Whatever the parents say, every comment comes out once.
import type { CommentView } from "../lib/types";

export interface Node {
  comment: CommentView;
  depth: number;
  /** Replies below it, at any depth. */
  n_below: number;
  /** The comment it answers, when that is there. */
  answers: CommentView | null;
}

/** The comments in the order of the tree. No recursion: a thread may be a thousand deep. */
export function inOrder(comments: CommentView[]): Node[] {
  const byId = new Map(comments.map((it) => [it.id, it]));
  const replies = new Map<string, CommentView[]>();
  const roots: CommentView[] = [];
  for (const it of comments) {
    if (it.parent && it.parent !== it.id && byId.has(it.parent)) replies.set(it.parent, [...(replies.get(it.parent) ?? []), it]);
    else roots.push(it);
  }
  const seen = new Set<string>();
  const out: Node[] = [];
  const walk = (from: CommentView[]) => {
    const waiting = from.map((comment) => ({ comment, depth: 0 })).reverse();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { comment, depth } = next;
      if (seen.has(comment.id)) continue;
      seen.add(comment.id);
      out.push({ comment, depth, n_below: 0, answers: (depth > 0 && byId.get(comment.parent ?? "")) || null });
      for (const reply of [...(replies.get(comment.id) ?? [])].reverse()) waiting.push({ comment: reply, depth: depth + 1 });
    }
  };
  walk(roots);
  for (const it of comments) if (!seen.has(it.id)) walk([it]);
  const path: Node[] = [];
  for (const node of out) {
    while (path.length > node.depth) path.pop();
    for (const above of path) above.n_below += 1;
    path.push(node);
  }
  return out;
}

/** Why a comment is folded, one reason a label; empty when it is not. */
export const folded = ({ labels, reasons }: Pick<CommentView, "labels" | "reasons">): string[] =>
  labels.map((label, i) => (reasons[i] ? `${label}: ${reasons[i]}` : label));
