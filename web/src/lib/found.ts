// Where a hit of the search leads. In: a hit. Out: an address of the workbench. Never an address that a source wrote.
import { href } from "./router.svelte";
import type { Hit } from "./types";

/** The address of what was found. */
export function addressOf(hit: Hit): string {
  switch (hit.kind) {
    case "event": return href("event", hit.id);
    case "document": return href("document", hit.id);
    case "comment": return href("threads", hit.document ?? "", { comment: hit.id });
    case "place": return href("explore", "", { place: hit.id });
    case "actor": return href("explore", "", { actor: hit.id });
    case "source": return href("explore", "", { source: hit.id });
    default: return href("explore", "", { q: hit.title });
  }
}
