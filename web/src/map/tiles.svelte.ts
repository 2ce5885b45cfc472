// The map file that somebody put under the maps of this tab. In: files dropped or chosen. Out: `tiles`, reactive. The file stays where it
// is: nothing of it is sent, kept or remembered, and another tab knows nothing of it. What reads it is loaded when it is first needed.
import { t } from "../lib/words";
import type { Archive } from "./archive";

let archive = $state.raw<Archive | null>(null);
let error = $state<string | null>(null);
let opening = $state(false);
let asked = 0;

/** Whether a file is called like a map file. */
export const isMapFile = (name: string): boolean => /\.pmtiles$/i.test(name);

export const tiles = {
  get archive() { return archive; },
  /** Why the last file is not drawn, or not wholly. */
  get error() { return error; },
  get opening() { return opening; },
  /** Puts a file under the maps; the newest wins. */
  async use(file: File | undefined): Promise<void> {
    if (!file) return;
    const mine = ++asked;
    error = null;
    if (!isMapFile(file.name)) {
      error = `${file.name}: ${t("a map takes files that end in .pmtiles. Pages and texts are added under “Add pages”.")}`;
      return;
    }
    opening = true;
    try {
      const { opened } = await import("./archive");
      const one = await opened(file);
      if (mine === asked) archive = one;
    } catch (why) {
      if (mine === asked) error = `${file.name}: ${why instanceof Error ? why.message : String(why)}`;
    } finally {
      if (mine === asked) opening = false;
    }
  },
  /** Something of the file could not be drawn. */
  failed(why: string): void { if (archive) error = `${archive.name}: ${why}`; },
  /** Takes the file away. */
  drop(): void {
    asked += 1;
    archive = null;
    error = null;
    opening = false;
  },
};
