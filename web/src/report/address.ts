// The address of a report. In: what was chosen. Out: `/report?…` and `/report.md?…`; the words mean what they mean everywhere.

export interface Choice {
  since: string;
  until: string;
  places: string[];
  sources: string[];
}

/** What was chosen, out of the workbench's own address. */
export const choiceOf = (query: URLSearchParams): Choice => ({
  since: query.get("since") ?? "", until: query.get("until") ?? "", places: query.getAll("place"), sources: query.getAll("source"),
});

/** The same as words after `?`. */
export function words(choice: Choice): URLSearchParams {
  const query = new URLSearchParams();
  if (choice.since) query.set("since", choice.since);
  if (choice.until) query.set("until", choice.until);
  for (const it of choice.places) query.append("place", it);
  for (const it of choice.sources) query.append("source", it);
  return query;
}

/** The report's address: HTML to be shown here, HTML that needs no other file, or Markdown. */
export function report(choice: Choice, markdown = false, kept = false): string {
  const query = words(choice);
  // Without the frame of the plain pages: the report alone is read, kept and printed.
  if (!markdown) query.set("bare", kept ? "kept" : "1");
  return `/report${markdown ? ".md" : ""}${query.size ? `?${query}` : ""}`;
}
