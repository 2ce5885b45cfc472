// Pages on their way into the record. In: files or pasted words. Out: each as a job with its steps, as the server tells them.
// One after the other, as the server reads them; what fails costs only itself.
import { send } from "../lib/api";
import { inWords } from "../lib/load.svelte";
import type { Accepted, IngestStep } from "../lib/types";
import { t } from "../lib/words";

export const MAX_BYTES = 64 * 1024 * 1024;

export interface Job {
  id: number;
  name: string;
  state: "waiting" | "sending" | "reading" | "settling" | "done" | "failed";
  why: string;
  steps: IngestStep[];
}
/** What is known of a page beforehand. */
export interface Known {
  published: string;
  outlet: string;
  url: string;
}

/** How a job stands, in words. */
export function says(job: Job): string {
  const added = job.steps.find((it) => it.step === "done");
  const told: Record<Job["state"], string> = {
    waiting: t("waits"), sending: t("is being sent"), reading: t("is being read"), settling: t("events and disputes are computed anew"),
    done: added?.step === "done" && added.n_added === 0 ? t("nothing was added") : t("added"), failed: `${t("failed")}: ${job.why}`,
  };
  return told[job.state];
}

/** The job after one more step. */
export function after(job: Job, step: IngestStep): Job {
  const steps = [...job.steps, step];
  if (step.step === "done") return { ...job, steps, state: "done" };
  if (step.step === "failed") return { ...job, steps, state: "failed", why: step.why };
  return { ...job, steps, state: step.step === "settling" ? "settling" : "reading" };
}

/** Words after `?` for what is known; nothing for what is not. */
export function query(name: string, known: Known): Record<string, string> {
  const given = Object.entries(known).filter(([, value]) => value.trim());
  return Object.fromEntries([["name", name], ...given.map(([key, value]) => [key, value.trim()])]) as Record<string, string>;
}

export class Jobs {
  list = $state.raw<Job[]>([]);
  #tail: Promise<void> = Promise.resolve();
  #n = 0;

  get busy(): boolean {
    return this.list.some((it) => it.state !== "done" && it.state !== "failed");
  }

  #put(id: number, change: (job: Job) => Job): void {
    this.list = this.list.map((it) => (it.id === id ? change(it) : it));
  }

  /** Takes a page in. It waits until those before it are read. */
  add(name: string, body: Blob, known: Known): void {
    const id = (this.#n += 1);
    this.list = [{ id, name, state: "waiting", why: "", steps: [] }, ...this.list];
    const fail = (why: string) => this.#put(id, (job) => ({ ...job, state: "failed", why }));
    if (body.size > MAX_BYTES) return fail(t("it is larger than 64 MB. Add it on the command line: sitrep add"));
    if (body.size === 0) return fail(t("there is nothing in it"));
    this.#tail = this.#tail.then(async () => {
      this.#put(id, (job) => ({ ...job, state: "sending" }));
      try {
        const { job } = await send<Accepted>("ingest", query(name, known), body);
        await this.#follow(id, job);
      } catch (why) {
        fail(inWords(why));
      }
    });
  }

  #follow(id: number, job: number): Promise<void> {
    return new Promise((end) => {
      const stream = new EventSource(`/api/ingest/${job}`);
      let told = 0;
      const close = () => { stream.close(); end(); };
      stream.addEventListener("open", () => { told = 0; });
      stream.addEventListener("step", (event) => {
        // After a break the server tells the job from its first step on.
        told += 1;
        const known = this.list.find((it) => it.id === id)?.steps.length ?? 0;
        if (told <= known) return;
        this.#put(id, (it) => after(it, JSON.parse((event as MessageEvent<string>).data) as IngestStep));
        const state = this.list.find((it) => it.id === id)?.state;
        if (state === "done" || state === "failed") close();
      });
      stream.addEventListener("error", () => {
        if (stream.readyState !== EventSource.CLOSED) return;
        this.#put(id, (it) => ({ ...it, state: "failed", why: t("the server stopped telling what becomes of it") }));
        close();
      });
    });
  }
}
