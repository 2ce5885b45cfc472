// What is pointed at, in the list, on the map or on the timeline: all three show it.
// In: what the pointer or the focus is on. Out: whether an event or a place is lit. Keeps nothing beyond that.
import { touches } from "../timeline/steps";
import type { Stretch } from "../timeline/steps";
import type { TimeMark } from "../lib/types";

/** One thing pointed at. */
export type Spot = { event?: string | undefined; place?: string | null | undefined; days?: Stretch | undefined };

export class Lit {
  spot = $state.raw<Spot | null>(null);

  on(spot: Spot): void {
    this.spot = spot;
  }
  off(): void {
    this.spot = null;
  }
  /** Places to light: that of the event pointed at, or those of all events in the days pointed at. */
  places(events: TimeMark[]): Set<string> {
    const spot = this.spot;
    if (!spot) return new Set();
    if (spot.place) return new Set([spot.place]);
    const those = spot.event ? events.filter((one) => one.id === spot.event) : spot.days ? events.filter((one) => (one.from || one.to) && touches(one, spot.days!)) : [];
    return new Set(those.flatMap((one) => one.place ?? []));
  }
  /** Whether an event is lit. */
  has(event: { id: string; place?: string | null | undefined; from?: string | null; to?: string | null }): boolean {
    const spot = this.spot;
    if (!spot) return false;
    if (spot.event) return spot.event === event.id;
    if (spot.place) return spot.place === event.place;
    return !!spot.days && !!(event.from || event.to) && touches(event, spot.days);
  }
}
