import { describe, expect, it } from "vitest";
import { after, type Job, Jobs, MAX_BYTES, query, says } from "./jobs.svelte";

const job: Job = { id: 1, name: "a.html", state: "sending", why: "", steps: [] };

describe("a job", () => {
  it("follows the server's steps", () => {
    const read = after(job, { step: "read", path: "a.html", document: "d_1", claims: [["clash", "they fought"]], notes: [] });
    expect([read.state, says(read)]).toEqual(["reading", "is being read"]);
    const settling = after(read, { step: "settling" });
    expect(settling.state).toBe("settling");
    const done = after(settling, { step: "done", n_added: 1, version: "v" });
    expect([done.state, says(done), done.steps.length]).toEqual(["done", "added", 3]);
    expect(says(after(job, { step: "done", n_added: 0, version: "v" }))).toBe("nothing was added");
    expect(says(after(job, { step: "failed", why: "no room" }))).toBe("failed: no room");
  });
});

it("sends only what is known", () => {
  expect(query("a.html", { published: "2031-05-04", outlet: " ", url: "" })).toEqual({ name: "a.html", published: "2031-05-04" });
});

it("refuses what the server would refuse, and says why", () => {
  const jobs = new Jobs();
  const known = { published: "", outlet: "", url: "" };
  jobs.add("empty.txt", new Blob([]), known);
  jobs.add("huge.warc", { size: MAX_BYTES + 1 } as Blob, known);
  expect(jobs.list.map((it) => it.state)).toEqual(["failed", "failed"]);
  expect(jobs.list[0]?.why).toContain("64 MB");
  expect(jobs.busy).toBe(false);
});
