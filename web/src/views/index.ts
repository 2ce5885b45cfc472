// Every screen: its place in the address, its name, whether the menu lists it, and where its code is.
import type { Component } from "svelte";

export interface Screen {
  view: string;
  title: string;
  listed: boolean;
  load: () => Promise<{ default: Component }>;
}

export const screens: Screen[] = [
  { view: "explore", title: "Explore", listed: true, load: () => import("./Explore.svelte") },
  { view: "control", title: "Control", listed: true, load: () => import("./Control.svelte") },
  { view: "event", title: "Event", listed: false, load: () => import("./Event.svelte") },
  { view: "document", title: "Document", listed: false, load: () => import("./Document.svelte") },
  { view: "compare", title: "Compare", listed: true, load: () => import("./Compare.svelte") },
  { view: "threads", title: "Threads", listed: true, load: () => import("./Threads.svelte") },
  { view: "forecasts", title: "Forecasts", listed: true, load: () => import("./Forecasts.svelte") },
  { view: "sources", title: "Sources", listed: true, load: () => import("./Sources.svelte") },
  { view: "review", title: "Review", listed: true, load: () => import("./Review.svelte") },
  { view: "log", title: "Audit log", listed: true, load: () => import("./Log.svelte") },
  { view: "report", title: "Report", listed: true, load: () => import("./Report.svelte") },
  { view: "ingest", title: "Add pages", listed: true, load: () => import("./Ingest.svelte") },
];
