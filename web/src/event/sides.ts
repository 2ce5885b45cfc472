// What an event's accounts disagree on. In: disputes and accounts. Out: each field with a column a value and who gives it.
// Values are never averaged and never ordered by how many give them.
import type { ClaimView, Dispute, EventView, Link } from "../lib/types";

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

/** Links of one kind to claims of other events. */
export interface Outside {
  key: string;
  kind: Link["kind"];
  field: string | null;
  why: string;
  links: { own: string; other: string }[];
}

/** Links between the event's own accounts one by one, those to claims of other events gathered by what they say. */
export function linked({ links, accounts }: Pick<EventView, "links" | "accounts">): { within: Link[]; outside: Outside[] } {
  const own = new Set(accounts.map((it) => it.claim.claim_id));
  const within: Link[] = [];
  const outside = new Map<string, Outside>();
  for (const link of links) {
    if (own.has(link.from) && own.has(link.to)) {
      within.push(link);
      continue;
    }
    const key = [link.kind, link.field ?? "", link.why].join("|");
    const group = outside.get(key) ?? { key, kind: link.kind, field: link.field ?? null, why: link.why, links: [] };
    const [here, other] = own.has(link.from) ? [link.from, link.to] : [link.to, link.from];
    if (!group.links.some((it) => it.own === here && it.other === other)) group.links.push({ own: here, other });
    outside.set(key, group);
  }
  return { within, outside: [...outside.values()] };
}
