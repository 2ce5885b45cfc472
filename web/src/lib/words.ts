// Words of the interface, by key. English keys are their own text; another language is a table more.
const table: Record<string, string> = {};

/** The words for a key. */
export const t = (key: string): string => table[key] ?? key;
