// What an event's accounts disagree on. In: disputes and accounts. Out: each field with a column a value and who gives it.
// Values are never averaged and never ordered by how many give them.
import type { ClaimView, Dispute, EventView } from "../lib/types";

export interface Side {
  value: string;
  accounts: ClaimView[];
  /** Claims of it that are not among the accounts: of another event. */
  n_elsewhere: number;
}

/** The sides of a dispute with the accounts that give each. */
export function sides(dispute: Dispute, accounts: ClaimView[]): Side[] {
  const byId = new Map(accounts.map((it) => [it.claim.claim_id, it]));
  return dispute.sides.map((side) => {
    const here = side.claims.map((id) => byId.get(id)).filter((it) => it !== undefined);
    return { value: side.value, accounts: here, n_elsewhere: side.claims.length - here.length };
  });
}

/** How an event stands, in words: by whom it is told, and whether anybody disagrees. */
export function standing({ brief }: Pick<EventView, "brief">): string {
  if (brief.standing === "readers only") return "told by readers’ comments only";
  const by = brief.n_roots > 1 ? `corroborated by ${brief.n_roots} independent sources` : "from a single source";
  return brief.disputed.length ? `disputed (${brief.disputed.join(", ")}); ${by}` : by;
}

/** Accounts in order: those that affirm first, readers' comments last, else as they came. */
export function ordered(accounts: ClaimView[]): ClaimView[] {
  const rank = (it: ClaimView) => (it.claim.voice === "comment" ? 2 : it.stance && it.stance !== "affirms" ? 1 : 0);
  return [...accounts].sort((a, b) => rank(a) - rank(b));
}
