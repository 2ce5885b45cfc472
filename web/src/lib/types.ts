// Made by `npm run types` from api.schema.json. Do not edit.

/**
 * The area a place may be in, as a GeoJSON geometry (RFC 7946): outer rings counter-clockwise, holes clockwise, nothing across the
 * antimeridian, where the area is cut in two.
 */
export type Area =
  | {
      type: "Polygon";
      coordinates: [number, number][][];
    }
  | {
      type: "MultiPolygon";
      coordinates: [number, number][][][];
    };
/**
 * An event: the smallest of its claims' ids, hashed with the event type.
 */
export type EventId = string;
export type EventType =
  | "territory.captured"
  | "territory.entered"
  | "territory.transferred"
  | "territory.held"
  | "territory.contested"
  | "territory.besieged"
  | "force.advanced"
  | "force.reached"
  | "force.position"
  | "force.withdrew"
  | "force.deployed"
  | "force.established"
  | "force.regrouped"
  | "operation.announced"
  | "operation.launched"
  | "operation.planned"
  | "operation.coordinated"
  | "attack"
  | "attack.repelled"
  | "clash"
  | "air_strike"
  | "drone_strike"
  | "shelling"
  | "explosive"
  | "suicide_attack"
  | "grenade"
  | "chemical_attack"
  | "equipment.destroyed"
  | "equipment.captured"
  | "infrastructure.damaged"
  | "looting"
  | "casualties.killed"
  | "casualties.wounded"
  | "civilians.attacked"
  | "civilians.abducted"
  | "civilians.sexual_violence"
  | "civilians.displaced"
  | "civilians.evacuated"
  | "detention.arrested"
  | "detention.released"
  | "surrender"
  | "support.military"
  | "support.political"
  | "cooperation"
  | "aid.delivered"
  | "aid.blocked"
  | "agreement.ceasefire"
  | "agreement.other"
  | "agreement.violated"
  | "concession"
  | "talks"
  | "statement.responsibility"
  | "statement.accused"
  | "statement.denied"
  | "statement.threatened"
  | "statement.demanded"
  | "statement.promised"
  | "statement.rejected"
  | "sanction"
  | "restriction"
  | "investigation"
  | "office.resigned"
  | "protest"
  | "riot"
  | "static.location"
  | "statement.confirmed"
  | "statement.no_comment"
  | "other";
/**
 * How far a place is understood.
 */
export type PlaceStatus = "known" | "relative" | "ambiguous" | "unknown";
/**
 * A direction of the compass, from the anchor.
 */
export type Bearing = "N" | "NE" | "E" | "SE" | "S" | "SW" | "W" | "NW";
/**
 * TIMEX3 type.
 */
export type TimexType = "DATE" | "TIME" | "DURATION" | "SET";
/**
 * What a value was worked out from.
 */
export type Anchor = "calendar" | "published" | "previous" | "comment" | "none";
/**
 * A claim: document, span and proposition.
 */
export type ClaimId = string;
/**
 * A document: a page as this edition reads it.
 */
export type DocumentId = string;
/**
 * How an account stands to its event.
 */
export type Stance = "affirms" | "denies" | "doubts" | "no_comment";
/**
 * How far a source is relied on, after the Admiralty (NATO) code; not how sure one report is.
 */
export type Reliability = "A" | "B" | "C" | "D" | "E" | "F";
/**
 * A dispute: its event and field.
 */
export type DisputeId = string;
/**
 * Which voice on the page speaks.
 */
export type Voice = "headline" | "article" | "caption" | "comment";
/**
 * A comment in a document's thread.
 */
export type CommentId = string;
/**
 * How real the deed is, by the words.
 */
export type Status =
  | "occurred"
  | "ongoing"
  | "planned"
  | "announced"
  | "ordered"
  | "threatened"
  | "conditional"
  | "forecast"
  | "hypothetical";
/**
 * Whether the deed is affirmed or negated.
 */
export type Polarity = "affirmed" | "negated";
/**
 * What sort of source speaks.
 */
export type AttributionType =
  | "AUTHOR"
  | "OFFICIAL-NAMED"
  | "OFFICIAL-ANON"
  | "BELLIGERENT-MEDIA"
  | "LINKED-AGENCY"
  | "ALIGNED-SOURCES"
  | "LOCAL"
  | "EYEWITNESS"
  | "MONITOR"
  | "MEDIA"
  | "SOCIAL"
  | "DOCUMENT"
  | "IMAGERY"
  | "UNSPECIFIED"
  | "HEARSAY"
  | "INFERENCE"
  | "COMMENTER"
  | "SELF-REF";
/**
 * What the source commits to.
 */
export type SourceStance =
  | "ASSERT"
  | "CONFIRM"
  | "DENY"
  | "DOUBT"
  | "SPECULATE"
  | "PREDICT"
  | "PLAN"
  | "THREATEN"
  | "ORDER"
  | "WARN"
  | "ACCUSE"
  | "CLAIM-RESPONSIBILITY"
  | "RETRACT"
  | "DECLINE"
  | "ASK";
/**
 * The writer's choice of word towards what the source says.
 */
export type AuthorStance = "ENDORSE" | "NEUTRAL" | "DISTANCE" | "REJECT";
/**
 * How the text signals the source.
 */
export type AttributionForm =
  | "DIRECT"
  | "INDIRECT"
  | "MIXED"
  | "ADJUNCT"
  | "ADVERB"
  | "ADJECTIVE"
  | "NOUN"
  | "PASSIVE-NOSOURCE"
  | "PARENTHETICAL"
  | "HEADLINE-DASH"
  | "CREDIT"
  | "LINK"
  | "SCARE-QUOTES"
  | "NONE";
/**
 * What the source rests on, when the words give it away.
 */
export type Basis = "SEEN" | "HEARD" | "DOCUMENT" | "IMAGERY" | "INFERRED" | "ASSUMED" | "UNSTATED";
/**
 * What a dispute is about.
 */
export type DisputeField = "date" | "place" | "actor" | "target" | "quantity" | "happened" | "degree";
/**
 * What comparing two claims came to.
 */
export type Verdict = "same_event" | "perhaps" | "apart" | "never";
/**
 * How two claims stand to each other.
 */
export type LinkKind =
  | "same_event"
  | "supports"
  | "denies"
  | "no_comment"
  | "progress"
  | "compatible"
  | "tension"
  | "contradicts"
  | "copy"
  | "correction"
  | "retraction"
  | "forecast_of";
/**
 * A forecast: its claim.
 */
export type ForecastId = string;
/**
 * What came of a forecast.
 */
export type ForecastState = "open" | "true" | "false" | "partly" | "void" | "expired" | "not_scoreable";
/**
 * What the claims of one side come to.
 */
export type ControlSideKind = "holder" | "unnamed" | "not_taken" | "held_no_more" | "contested";
/**
 * Whether a ruling holds.
 */
export type RulingState = "in force" | "in force in part" | "overruled" | "undone";
/**
 * A page: the hash of its raw bytes and its address.
 */
export type PageId = string;
/**
 * How one page's words stand to another's.
 */
export type CopyKind = "same" | "newer" | "other_version" | "holds" | "partial";
/**
 * Whose forecasts a row of scores is about.
 */
export type ScoreKind = "all" | "source" | "commenters";
/**
 * What waits for a reviewer.
 */
export type ReviewKind = "conflict" | "dispute" | "perhaps the same" | "machine-proposed" | "unsure reading";
/**
 * One event of `GET /api/ingest/JOB`.
 */
export type IngestStep =
  | {
      step: "read";
      /**
       * The input's name.
       */
      path: string;
      /**
       * The document.
       */
      document: string;
      /**
       * Its headline.
       */
      title?: string | null;
      /**
       * The day, and how it was known.
       */
      published?: string | null;
      /**
       * Claims read from it: type and quote.
       */
      claims: [string, string][];
      /**
       * What was noticed.
       */
      notes: string[];
    }
  | {
      step: "already_there";
      /**
       * The input's name.
       */
      path: string;
    }
  | {
      step: "unread";
      /**
       * The input's name.
       */
      path: string;
      /**
       * Why.
       */
      why: string;
    }
  | {
      step: "settling";
    }
  | {
      step: "done";
      /**
       * Documents added.
       */
      n_added: number;
      /**
       * The record's version now.
       */
      version: string;
    }
  | {
      step: "failed";
      /**
       * Why.
       */
      why: string;
    };

/**
 * Every answer and question, for one schema with all shapes in it.
 */
export interface Api {
  about: About;
  explore: Explore;
  marks: Marks;
  search: Found;
  event: EventView;
  document: DocumentView;
  documents: Documents;
  threads: ThreadBrief[];
  compare: Compare;
  control: ControlMap;
  forecasts: Forecasts;
  sources: SourceLine[];
  queue: Queue;
  rulings: Rulings;
  new_ruling: NewRuling;
  ruled: Ruled;
  accepted: Accepted;
  ingest: IngestStep;
  problem: Problem;
  tombstone: Tombstone;
}
/**
 * `GET /api/about`: what is served.
 */
export interface About {
  /**
   * Version of the program.
   */
  program: string;
  /**
   * The record's file name.
   */
  record: string;
  /**
   * Changes whenever the record does; sent back with every answer as its `ETag`.
   */
  version: string;
  /**
   * Pages read.
   */
  n_pages: number;
  /**
   * Claims.
   */
  n_claims: number;
  /**
   * Events.
   */
  n_events: number;
  /**
   * Disputes.
   */
  n_disputes: number;
  /**
   * Forecasts.
   */
  n_forecasts: number;
  /**
   * Rulings.
   */
  n_rulings: number;
  /**
   * First and last day that a claim speaks of.
   *
   * @minItems 2
   * @maxItems 2
   */
  days?: [string, string] | null;
  /**
   * Whether rulings and pages may be added from here.
   */
  writable: boolean;
  /**
   * The commit, rules and data the record was made with, by name.
   */
  edition: {
    [k: string]: string;
  };
}
/**
 * `GET /api/explore`: the part of the record that a filter asks for.
 */
export interface Explore {
  /**
   * Events that pass.
   */
  n_events: number;
  /**
   * Claims that pass.
   */
  n_claims: number;
  /**
   * The facets.
   */
  facets: Facet[];
  /**
   * The events, by day; those without a day last.
   */
  events: EventBrief[];
  /**
   * Send back as `cursor` for the next ones.
   */
  next?: string | null;
}
/**
 * One facet.
 */
export interface Facet {
  /**
   * The filter's name: `actor`, `place`, `type`, `source`, `attribution`, `certainty`, `status`, `voice`.
   */
  name: string;
  /**
   * The most frequent values, chosen ones always among them.
   */
  values: FacetValue[];
  /**
   * How many more there are.
   */
  n_more: number;
}
/**
 * A value one can filter by, and how many events have it.
 */
export interface FacetValue {
  /**
   * What goes into the address: `actor=VALUE`.
   */
  value: string;
  /**
   * What people read.
   */
  label: string;
  /**
   * Events with it, under all other filters.
   */
  n: number;
  /**
   * Whether it is chosen.
   */
  chosen: boolean;
}
/**
 * An event in a list.
 */
export interface EventBrief {
  /**
   * Its id.
   */
  id: string;
  /**
   * Its type: `territory.captured`.
   */
  event: string;
  /**
   * One neutral sentence.
   */
  summary: string;
  /**
   * Where.
   */
  place?: PlaceBrief | null;
  /**
   * First possible day; absent when that end is open.
   */
  from?: string | null;
  /**
   * Last possible day; absent when that end is open.
   */
  to?: string | null;
  /**
   * Names of those who did it.
   */
  actors: string[];
  /**
   * Names of outlets with an account.
   */
  sources: string[];
  /**
   * Accounts.
   */
  n_accounts: number;
  /**
   * Independent roots among them.
   */
  n_roots: number;
  /**
   * Fields in dispute.
   */
  disputed: string[];
  /**
   * `corroborated`, `single source`, `disputed` or `readers only`.
   */
  standing: string;
  /**
   * `open`, `accepted`, `rejected` or `changed`: what reviewers made of its claims.
   */
  review: string;
}
/**
 * A place, short.
 */
export interface PlaceBrief {
  /**
   * Name and spot: the same place has the same key in every answer; absent when it has no spot.
   */
  key?: string | null;
  /**
   * Its name, or the words of the text.
   */
  name: string;
  /**
   * `known`, `relative`, `ambiguous` or `unknown`.
   */
  status: string;
  /**
   * Degrees north of the centre.
   */
  lat?: number | null;
  /**
   * Degrees east of the centre.
   */
  lon?: number | null;
  /**
   * Kilometres from the centre within which it lies.
   */
  radius_km?: number | null;
}
/**
 * `GET /api/marks`: the same part as marks on the map and on the timeline.
 */
export interface Marks {
  /**
   * Places, by how many events they have, most first.
   */
  places: PlaceMark[];
  /**
   * Length of a step: `day`, `week`, `month` or `year`.
   */
  unit: string;
  /**
   * Steps with an event, by day.
   */
  bins: TimeBin[];
  /**
   * Single events, when there are few enough to draw each; empty otherwise.
   */
  events: TimeMark[];
  /**
   * Events without any day.
   */
  n_undated: number;
  /**
   * Events without a spot on the map.
   */
  n_unplaced: number;
}
/**
 * A place on the map with the events there.
 */
export interface PlaceMark {
  /**
   * Its place's key.
   */
  key: string;
  place: PlaceBrief;
  /**
   * The shape of a place told by another one: a sector, a corridor, a ring.
   */
  area?: Area | null;
  /**
   * Events there that pass.
   */
  n: number;
  /**
   * Of them, how many are disputed.
   */
  n_disputed: number;
  /**
   * Ids of the first of them.
   */
  events: string[];
}
/**
 * Events of one step of the timeline.
 */
export interface TimeBin {
  /**
   * First day of the step.
   */
  from: string;
  /**
   * Events that surely fall into it.
   */
  n: number;
  /**
   * Events that may fall into it: their days are known less finely.
   */
  n_perhaps: number;
  /**
   * Of all of them, how many are disputed.
   */
  n_disputed: number;
}
/**
 * An event on the timeline.
 */
export interface TimeMark {
  /**
   * Its id.
   */
  id: string;
  /**
   * Its type.
   */
  event: string;
  /**
   * First possible day; absent when that end is open.
   */
  from?: string | null;
  /**
   * Last possible day; absent when that end is open.
   */
  to?: string | null;
  /**
   * Whether some field of it is disputed.
   */
  disputed: boolean;
  /**
   * Key of its place on the map.
   */
  place?: string | null;
}
/**
 * `GET /api/search?q=WORDS`: everything that has the words.
 */
export interface Found {
  /**
   * The hits, best first.
   */
  hits: Hit[];
}
/**
 * Something found.
 */
export interface Hit {
  /**
   * `document`, `comment`, `event`, `place`, `actor` or `source`.
   */
  kind: string;
  /**
   * Its id or name.
   */
  id: string;
  /**
   * The document, when the hit stands in one.
   */
  document?: string | null;
  /**
   * Headline, summary or name.
   */
  title: string;
  /**
   * The words around it.
   */
  snippet: SnippetRun[];
}
/**
 * A run of text in a search result.
 */
export interface SnippetRun {
  /**
   * The words.
   */
  text: string;
  /**
   * Whether they are what was looked for.
   */
  hit: boolean;
}
/**
 * `GET /api/event/ID`: an event with everything it rests on.
 */
export interface EventView {
  event: Event;
  brief: EventBrief;
  /**
   * Its accounts.
   */
  accounts: ClaimView[];
  /**
   * The documents they stand in, by id.
   */
  documents: {
    [k: string]: DocumentBrief;
  };
  /**
   * Its disputes.
   */
  disputes: Dispute[];
  /**
   * Events that are perhaps the same.
   */
  near: NearMiss[];
  /**
   * How accounts were joined.
   */
  decisions: Decision[];
  /**
   * How its claims stand to others.
   */
  links: Link[];
  /**
   * Forecasts among or about its claims.
   */
  forecasts: Forecast[];
  /**
   * Who held the place on its last day, by what the record says, when it bears on that.
   */
  control?: ControlAnswer | null;
  /**
   * Rulings on its claims.
   */
  rulings: RulingEntry[];
}
/**
 * One event.
 */
export interface Event {
  event_id: EventId;
  event: EventType;
  /**
   * One neutral sentence, attribution kept.
   */
  summary: string;
  /**
   * Where.
   */
  place?: Place | null;
  /**
   * When.
   */
  time?: Time | null;
  /**
   * Who.
   */
  actors: ActorRef[];
  /**
   * To whom.
   */
  targets: ActorRef[];
  /**
   * Numbers, per claimant.
   */
  quantities: Quantity[];
  /**
   * The accounts, by claim id.
   */
  accounts: Account[];
  /**
   * Independent roots among the affirming reports; comments never count.
   */
  roots: number;
  grade: Grade;
  /**
   * Disputes about it.
   */
  disputes: DisputeId[];
  /**
   * Events that are perhaps the same.
   */
  near_misses: EventId[];
}
/**
 * A place in a claim.
 */
export interface Place {
  /**
   * As said.
   */
  text: string;
  /**
   * The gazetteer's name, or the name as said.
   */
  name?: string | null;
  status: PlaceStatus;
  /**
   * Degrees north, of the centre.
   */
  lat?: number | null;
  /**
   * Degrees east, of the centre.
   */
  lon?: number | null;
  /**
   * Kilometres from the centre within which the place lies.
   */
  radius_km?: number | null;
  /**
   * GeoNames id.
   */
  geonames_id?: number | null;
  /**
   * ISO 3166-1 alpha-2 code of the country.
   */
  country?: string | null;
  /**
   * `city`, `village`, `facility`, `region`, `river`, `border`, `country`, …
   */
  kind?: string | null;
  /**
   * How it is told by another place.
   */
  relation?: Relation | null;
  /**
   * Precision codes; absent when nothing is located.
   */
  precision?: PlacePrecision | null;
  /**
   * The shape, when it is more than a disc.
   */
  area?: Area | null;
}
/**
 * How a place is told by another one.
 */
export interface Relation {
  /**
   * The other place, by its name.
   */
  anchor?: string | null;
  /**
   * How far from it, in kilometres.
   */
  distance_km?: number | null;
  /**
   * In which direction from it.
   */
  bearing?: Bearing | null;
  /**
   * "between A and B".
   *
   * @minItems 2
   * @maxItems 2
   */
  between?: [string, string] | null;
  /**
   * `near`, `outskirts`, `countryside`, `front`, `bank`, `border`, `towards`, …
   */
  kind?: string | null;
}
/**
 * Precision codes of the two big event sets.
 */
export interface PlacePrecision {
  /**
   * UCDP GED `where_prec`, 1 (exact) to 7.
   */
  ucdp: number;
  /**
   * ACLED `geo_precision`, 1 to 3.
   */
  acled: number;
}
/**
 * A time in a claim.
 */
export interface Time {
  /**
   * As said; absent when the time follows from the report's own date.
   */
  text?: string | null;
  type: TimexType;
  /**
   * TIMEX3 value.
   */
  value: string;
  /**
   * TIMEX3 modifier: `START`, `MID`, `END`, `BEFORE`, `AFTER`, `APPROX`, …
   */
  mod?: string | null;
  /**
   * First possible day; absent when that end is open.
   */
  from?: string | null;
  /**
   * Last possible day; absent when that end is open.
   */
  to?: string | null;
  anchor: Anchor;
  /**
   * Precision codes; absent when no days are known.
   */
  precision?: TimePrecision | null;
}
/**
 * Precision codes of the two big event sets.
 */
export interface TimePrecision {
  /**
   * UCDP GED `date_prec`, 1 (exact) to 5.
   */
  ucdp: number;
  /**
   * ACLED `time_precision`, 1 to 3.
   */
  acled: number;
}
/**
 * An actor as mentioned and as known.
 */
export interface ActorRef {
  /**
   * As said.
   */
  text: string;
  /**
   * Neutral display name, or the name as said.
   */
  name: string;
  /**
   * Id in the actor list, when it is there.
   */
  actor_id?: string | null;
  /**
   * `state forces`, `rebels`, `militia`, `civilians`, `international`, …
   */
  kind?: string | null;
  /**
   * Names of the bodies it is part of, by the text or by the list.
   */
  member_of?: string[];
  /**
   * The words a pronoun or description stands for.
   */
  refers_to?: string | null;
}
/**
 * A number with what it counts.
 */
export interface Quantity {
  /**
   * As said.
   */
  text: string;
  /**
   * What is counted: `distance_km`, `killed`, `wounded`, `tank`, `fighters`, …
   */
  kind: string;
  /**
   * Lowest; absent when that end is open.
   */
  low?: number | null;
  /**
   * Best; absent when only words are given.
   */
  best?: number | null;
  /**
   * Highest; absent when that end is open.
   */
  high?: number | null;
  /**
   * Of which group.
   */
  of?: string | null;
  /**
   * A running total, not this event's own.
   */
  cumulative?: boolean;
}
/**
 * One claim as an account of an event.
 */
export interface Account {
  claim_id: ClaimId;
  document: DocumentId;
  stance: Stance;
  /**
   * Name of its independent root: accounts with the same root count once.
   */
  root: string;
  /**
   * Fields it shares with the event.
   */
  agrees: string[];
  /**
   * Fields in which it differs.
   */
  differs: string[];
  reliability?: Reliability;
}
/**
 * Information grade, 1 (confirmed) to 6 (cannot be judged).
 */
export interface Grade {
  /**
   * 1 to 6.
   */
  information: number;
  /**
   * Why.
   */
  why: string;
}
/**
 * A claim with what one needs to read it.
 */
export interface ClaimView {
  claim: Claim;
  /**
   * The whole sentence it stands in.
   */
  sentence: string;
  /**
   * Who says so, in words: `Varnesh Courier, citing the army's press office`.
   */
  according_to: string;
  /**
   * `accepted`, `rejected`, `changed` or `open`.
   */
  review: string;
  /**
   * How it stands to the event, when it is an account of one: `affirms`, `denies`, `doubts`, `no_comment`.
   */
  stance?: string | null;
  /**
   * The independent root it counts under.
   */
  root?: string | null;
  /**
   * Fields in which it differs from the event.
   */
  differs: string[];
  /**
   * The event it is an account of.
   */
  event_id?: string | null;
  /**
   * `ok` when the quote stands in the stored text at its offsets, else `lost`.
   */
  anchor: string;
}
/**
 * One claim.
 */
export interface Claim {
  claim_id: ClaimId;
  document: DocumentId;
  /**
   * The input's name, for people.
   */
  document_path: string;
  voice: Voice;
  /**
   * The comment, when a reader speaks.
   */
  comment_id?: CommentId | null;
  /**
   * First byte of the passage in the document's text.
   */
  start: number;
  /**
   * One past its last byte.
   */
  end: number;
  /**
   * The passage itself.
   */
  quote: string;
  /**
   * The whole sentence the passage stands in: first byte.
   */
  sentence_start: number;
  /**
   * One past the sentence's last byte.
   */
  sentence_end: number;
  event: EventType;
  codes: Codes;
  /**
   * Who did it.
   */
  actors: ActorRef[];
  /**
   * To whom or what.
   */
  targets: ActorRef[];
  /**
   * What was hit, taken or destroyed.
   */
  things?: Thing[];
  /**
   * With what.
   */
  instruments: Instrument[];
  /**
   * The operation's own name, as in “Operation Northern Star”.
   */
  operation?: string | null;
  /**
   * Where it happened.
   */
  place?: Place | null;
  /**
   * When it happened.
   */
  time?: Time | null;
  /**
   * Where it came from.
   */
  origin?: Place | null;
  /**
   * Where it was heading.
   */
  destination?: Place | null;
  /**
   * Numbers.
   */
  quantities: Quantity[];
  status: Status;
  polarity: Polarity;
  /**
   * Not for the first time.
   */
  again: boolean;
  /**
   * Who says so, outermost first; one link of type AUTHOR when nobody else.
   */
  attribution: AttributionLink[];
  certainty: Certainty;
  /**
   * The claim it depends on.
   */
  condition?: ClaimId | null;
  /**
   * The condition in words, when no claim stands for it.
   */
  condition_text?: string | null;
  /**
   * The earlier claim this one confirms, denies or is silent on.
   */
  about?: ClaimId | null;
  /**
   * What is foreseen, when the status is `forecast`.
   */
  forecast?: ForecastView | null;
  /**
   * 0 to 1: how sure the reading is; never what the source claims.
   */
  extraction: number;
  /**
   * The rules that made it.
   */
  rule: string;
  /**
   * What was noticed.
   */
  notes: string[];
}
/**
 * Codes of other schemes; a look-up in the event type table.
 */
export interface Codes {
  /**
   * ACLED sub-event type.
   */
  acled?: string | null;
  /**
   * PLOVER event and mode.
   */
  plover?: string | null;
  /**
   * CAMEO code.
   */
  cameo?: string | null;
}
/**
 * A thing a deed is done to: a bridge, a bus, a house. Who is hit stands among the targets.
 */
export interface Thing {
  /**
   * As said.
   */
  text: string;
  /**
   * `infrastructure`, `vehicle`, `aircraft`, …, when known.
   */
  kind?: string | null;
}
/**
 * A weapon or means.
 */
export interface Instrument {
  /**
   * As said.
   */
  text: string;
  /**
   * `aircraft`, `artillery`, `mine`, …, when known.
   */
  kind?: string | null;
}
/**
 * One link of the chain of those who say it; the outermost speaker first.
 */
export interface AttributionLink {
  /**
   * Who, as said; absent when nobody is named.
   */
  holder?: string | null;
  type: AttributionType;
  /**
   * The words that attribute.
   */
  cue?: string | null;
  stance: SourceStance;
  author_stance: AuthorStance;
  form: AttributionForm;
  basis: Basis;
  /**
   * The actor the holder is or speaks for, when known.
   */
  actor_id?: string | null;
  /**
   * Where the holder stands, in bytes of the document's text.
   */
  holder_span?: Span | null;
  /**
   * Where the cue stands, in bytes of the document's text.
   */
  cue_span?: Span | null;
}
/**
 * A half-open range of bytes in one document's text, on character boundaries.
 */
export interface Span {
  /**
   * First byte.
   */
  start: number;
  /**
   * One past the last byte.
   */
  end: number;
}
/**
 * Certainty on −3 (surely not) to +3 (surely), 0 uncommitted; absent when the words leave it unknown.
 */
export interface Certainty {
  /**
   * How far the author commits.
   */
  author?: number | null;
  /**
   * How far the innermost source commits.
   */
  source?: number | null;
  /**
   * The words that carry it.
   */
  word?: string | null;
}
/**
 * The forecast inside one claim.
 */
export interface ForecastView {
  /**
   * First and last day; absent when no window is said or no date is known.
   *
   * @minItems 2
   * @maxItems 2
   */
  window?: [string, string] | null;
  /**
   * How the window was made, in words: `P1M from published`.
   */
  rule: string;
  /**
   * How likely.
   */
  likelihood?: Likelihood | null;
  /**
   * What would make it true, in words.
   */
  criteria: string;
}
/**
 * A word of likelihood and the numbers a named yardstick gives it.
 */
export interface Likelihood {
  /**
   * The word as said.
   */
  word?: string | null;
  /**
   * Lowest probability, 0 to 1.
   */
  low: number;
  /**
   * Highest probability, 0 to 1.
   */
  high: number;
  /**
   * Whose numbers: `ICD 203`, …
   */
  yardstick: string;
}
/**
 * A document, short.
 */
export interface DocumentBrief {
  /**
   * Its id.
   */
  id: string;
  /**
   * Headline, else the input's name.
   */
  title: string;
  /**
   * Who published it.
   */
  outlet?: string | null;
  /**
   * When it was published.
   */
  published?: string | null;
  /**
   * BCP 47 tag.
   */
  language?: string | null;
  /**
   * `ltr` or `rtl`.
   */
  dir: string;
  /**
   * Where it was published; shown as text, never as a link.
   */
  url?: string | null;
  /**
   * The input's name.
   */
  path: string;
  /**
   * Claims read from it.
   */
  n_claims: number;
  /**
   * Comments under it.
   */
  n_comments: number;
}
/**
 * A disagreement, both sides kept.
 */
export interface Dispute {
  dispute_id: DisputeId;
  event_id: EventId;
  field: DisputeField;
  /**
   * The sides, in order of value.
   */
  sides: DisputeSide[];
  /**
   * What the disagreement may come from, in one sentence.
   */
  reading: string;
}
/**
 * One side of a dispute.
 */
export interface DisputeSide {
  /**
   * The value this side gives.
   */
  value: string;
  /**
   * Who gives it.
   */
  claims: ClaimId[];
}
/**
 * An event that is perhaps the same, and why.
 */
export interface NearMiss {
  event: EventBrief;
  /**
   * The table of fields and weights, when there is one.
   */
  decision?: Decision | null;
}
/**
 * Two claims compared.
 */
export interface Decision {
  one: ClaimId;
  other: ClaimId;
  /**
   * Field by field.
   */
  rows: DecisionRow[];
  /**
   * The sum of all weights.
   */
  points: number;
  /**
   * From so many points they are one event.
   */
  enough: number;
  /**
   * From so many they are perhaps one.
   */
  perhaps: number;
  verdict: Verdict;
  /**
   * What is missing for one event, or forbids it; empty when nothing is.
   */
  missing: string;
}
/**
 * One field of a comparison.
 */
export interface DecisionRow {
  /**
   * `event`, `date`, `place`, `actor`, `target`, `number`, `words`, `operation`.
   */
  field: string;
  /**
   * What the one says.
   */
  one: string;
  /**
   * What the other says.
   */
  other: string;
  /**
   * Code of the outcome: `same_day`, `unknown`, …; `forbids` where this field forbids one event.
   */
  outcome: string;
  /**
   * The outcome in words.
   */
  says: string;
  /**
   * Its weight, in tenths of a bit.
   */
  points: number;
}
/**
 * How two claims stand to each other.
 */
export interface Link {
  from: ClaimId;
  to: ClaimId;
  kind: LinkKind;
  /**
   * The field that decides it.
   */
  field?: string | null;
  /**
   * Why, in one sentence.
   */
  why: string;
}
/**
 * A row of the forecast ledger.
 */
export interface Forecast {
  forecast_id: ForecastId;
  claim_id: ClaimId;
  /**
   * First and last day.
   *
   * @minItems 2
   * @maxItems 2
   */
  window?: [string, string] | null;
  /**
   * How the window was made.
   */
  rule: string;
  /**
   * How likely.
   */
  likelihood?: Likelihood | null;
  /**
   * What would make it true.
   */
  criteria: string;
  state: ForecastState;
  /**
   * Claims that bear on it.
   */
  evidence: ClaimId[];
  /**
   * Claims that decided it.
   */
  resolved_by: ClaimId[];
  /**
   * Scores, once decided.
   */
  brier?: Brier | null;
  /**
   * Logarithmic scores, once decided.
   */
  log_score?: LogScore | null;
  /**
   * Why the state is what it is.
   */
  why?: string | null;
  /**
   * The states it had as reports came in, by the day they were known; the last is the present one.
   */
  history?: ForecastStep[];
}
/**
 * Brier scores over the likelihood interval.
 */
export interface Brier {
  /**
   * At the middle of the interval.
   */
  mid: number;
  /**
   * At the kindest end.
   */
  best: number;
  /**
   * At the harshest end.
   */
  worst: number;
}
/**
 * Logarithmic scores over the likelihood interval: minus the natural logarithm of the probability given to what came.
 */
export interface LogScore {
  /**
   * At the middle of the interval.
   */
  mid: number;
  /**
   * At the kindest end.
   */
  best: number;
  /**
   * At the harshest end.
   */
  worst: number;
}
/**
 * A state a forecast came to, by what was known on a day.
 */
export interface ForecastStep {
  /**
   * The first day on which it stood so.
   */
  as_of: string;
  state: ForecastState;
  /**
   * Claims that decided it.
   */
  resolved_by?: ClaimId[];
  /**
   * Why.
   */
  why: string;
}
/**
 * The answer for one place and one day.
 */
export interface ControlAnswer {
  /**
   * The place.
   */
  place: string;
  /**
   * The day asked about; absent when the latest state was asked for.
   */
  on?: string | null;
  /**
   * `asserted`, `last asserted`, `contested` or `unknown`.
   */
  state: string;
  /**
   * Every side: those the latest reports speak for first, then the best supported.
   */
  sides: ControlSide[];
  /**
   * Why the state is what it is.
   */
  why: string;
  /**
   * The same from day to day, up to the day asked about; between reports nothing is filled in but "last asserted".
   */
  intervals?: ControlInterval[];
}
/**
 * One side: what is asserted, of whom, and by whom.
 */
export interface ControlSide {
  kind: ControlSideKind;
  /**
   * Whom they speak of: who would hold the place, or hold it no more; absent when nobody is named.
   */
  holder?: string | null;
  /**
   * Other names the claims of this side give the same party.
   */
  also_called?: string[];
  /**
   * Whether a report of the latest days before the day asked about speaks for it.
   */
  current: boolean;
  /**
   * Since which day.
   */
  since?: string | null;
  /**
   * The claims that say so, latest first.
   */
  assertions: Assertion[];
}
/**
 * One claim that bears on who held a place.
 */
export interface Assertion {
  claim_id: ClaimId;
  /**
   * The day it speaks of.
   */
  date?: string | null;
  /**
   * What it says, in words: `captured`, `holds`, `holds in part`, `withdrew`, `clash inside`.
   */
  says: string;
  /**
   * According to whom.
   */
  according_to: string;
  /**
   * The passage.
   */
  quote: string;
}
/**
 * Days through which reports left the state of a place as it was.
 */
export interface ControlInterval {
  /**
   * The first day: reports speak of it.
   */
  from: string;
  /**
   * The last day that reports speak of; from then to the next interval the state is only last asserted.
   */
  to: string;
  /**
   * `asserted` or `contested`.
   */
  state: string;
  /**
   * Who is said to hold it then, the best supported first; two or more where that is in dispute.
   */
  holders: string[];
  /**
   * Who says so.
   */
  according_to: string[];
  /**
   * Why the state is what it is.
   */
  why: string;
}
/**
 * A ruling and whether it holds.
 */
export interface RulingEntry {
  /**
   * Counts up from 1 within a record.
   */
  number: number;
  /**
   * `accept`, `reject`, `relabel`, `undo`, …
   */
  action: string;
  /**
   * The claim or event ruled on.
   */
  subject: string;
  /**
   * The new value, when there is one.
   */
  value?: string | null;
  /**
   * Who ruled.
   */
  reviewer: string;
  /**
   * Why.
   */
  why?: string | null;
  state: RulingState;
  /**
   * The ruling that took it back or overruled it.
   */
  by?: number | null;
}
/**
 * `GET /api/document/ID`: the stored text with its passages.
 */
export interface DocumentView {
  brief: DocumentBrief;
  /**
   * Who wrote it.
   */
  byline?: string | null;
  /**
   * The stored text of the article; readers' comments are left out.
   */
  text: string;
  /**
   * Its parts, in order.
   */
  blocks: BlockView[];
  /**
   * Passages in it, by place.
   */
  passages: Passage[];
  /**
   * Its comments.
   */
  comments: CommentView[];
  provenance: Provenance;
}
/**
 * A run of the stored text that belongs to the article.
 */
export interface BlockView {
  /**
   * `headline`, `lead`, `heading`, `body`, `list`, `caption`, `quote` or `post`.
   */
  kind: string;
  /**
   * First UTF-16 unit.
   */
  start: number;
  /**
   * One past the last.
   */
  end: number;
  /**
   * BCP 47 tag, when it is not the document's.
   */
  language?: string | null;
}
/**
 * A passage of a document that a claim rests on.
 */
export interface Passage {
  /**
   * The claim.
   */
  claim_id: string;
  /**
   * Its type.
   */
  event: string;
  /**
   * The event it is an account of.
   */
  event_id?: string | null;
  /**
   * Which voice speaks.
   */
  voice: string;
  /**
   * First UTF-16 unit of the quote in `text`.
   */
  start: number;
  /**
   * One past its last.
   */
  end: number;
  /**
   * First unit of the sentence.
   */
  sentence_start: number;
  /**
   * One past the sentence's last.
   */
  sentence_end: number;
  /**
   * `ok`, or `lost`: the quote does not stand at its offsets.
   */
  anchor: string;
  /**
   * The quote.
   */
  quote: string;
  /**
   * `accepted`, `rejected`, `changed` or `open`.
   */
  review: string;
}
/**
 * A reader's comment.
 */
export interface CommentView {
  /**
   * Its id.
   */
  id: string;
  /**
   * The comment it answers.
   */
  parent?: string | null;
  /**
   * 0 for a comment on the article itself.
   */
  depth: number;
  /**
   * The reader's pseudonym.
   */
  author?: string | null;
  /**
   * The time as written.
   */
  time?: string | null;
  /**
   * Its words.
   */
  text: string;
  /**
   * `spam`, `abuse`, `graphic`: folded until opened.
   */
  labels: string[];
  /**
   * Why, one reason a label.
   */
  reasons: string[];
  /**
   * BCP 47 tag.
   */
  language?: string | null;
  /**
   * `ltr` or `rtl`.
   */
  dir: string;
  /**
   * Claims a reader makes in it: unverified.
   */
  claims: ClaimView[];
  /**
   * Forecasts in it.
   */
  forecasts: Forecast[];
  /**
   * Claims of others that it disputes or supports, and how.
   */
  about: Link[];
}
/**
 * Where a stored copy comes from.
 */
export interface Provenance {
  /**
   * SHA-256 of the bytes as given, 64 hex digits.
   */
  sha256: string;
  /**
   * Their number.
   */
  n_bytes: number;
  /**
   * `html`, `text`, …
   */
  media_type: string;
  /**
   * The archive or feed it came in.
   */
  carrier?: string | null;
  /**
   * When it was saved.
   */
  retrieved?: string | null;
  /**
   * Who collected it, if anyone said.
   */
  collector?: string | null;
  /**
   * Program and version that took it in.
   */
  tool?: string | null;
  /**
   * How the day of publication was known: `json-ld`, `meta`, `given`, …
   */
  published_how?: string | null;
  /**
   * How far that can be trusted, 0 to 1.
   */
  published_confidence?: number | null;
  /**
   * Other dates on the page that disagree or changed it.
   */
  edition: {
    [k: string]: string;
  };
  /**
   * Pages it is a near-copy of or that copy it.
   */
  copies: PageCopy[];
  /**
   * What was noticed while reading.
   */
  notes: Note[];
}
/**
 * Two pages that share their words. Only the article counts: no readers' comments, no words that one outlet puts on all its pages.
 */
export interface PageCopy {
  page: PageId;
  of: PageId;
  kind: CopyKind;
  /**
   * Share of the words of `page` that stand in `of`, in percent.
   */
  page_percent: number;
  /**
   * Share of the words of `of` that stand in `page`, in percent.
   */
  of_percent: number;
  /**
   * Words they share.
   */
  n_words: number;
  /**
   * The longest shared passages, in the order of `page`.
   */
  passages: SharedPassage[];
  /**
   * What differs, sentence by sentence; only of the same text and of versions.
   */
  changes?: Change[];
}
/**
 * A passage that stands in both pages.
 */
export interface SharedPassage {
  at: Span;
  of: Span;
}
/**
 * A sentence that one version has and the other has not, or has otherwise.
 */
export interface Change {
  /**
   * The sentence in `of`; absent when it was added.
   */
  before?: Span | null;
  /**
   * The sentence in `page`; absent when it was removed.
   */
  after?: Span | null;
  /**
   * The words that differ, as `of` has them.
   */
  was: string;
  /**
   * The words that differ, as `page` has them.
   */
  now: string;
}
/**
 * Something noticed. `code` is stable and meant for filters; `message` is for people.
 */
export interface Note {
  /**
   * Stable, lower-case, hyphenated.
   */
  code: string;
  /**
   * Where in the document's text, when there is a place.
   */
  span?: Span | null;
  /**
   * One sentence, lower case, no final stop.
   */
  message: string;
}
/**
 * `GET /api/documents`
 */
export interface Documents {
  /**
   * The documents of this answer, by their days.
   */
  documents: DocumentBrief[];
  /**
   * How many have the words asked for.
   */
  n_asked: number;
  /**
   * How many there are.
   */
  n_all: number;
  /**
   * What to give as `cursor` for the next ones.
   */
  next?: string | null;
}
/**
 * `GET /api/threads`: a document with readers' comments.
 */
export interface ThreadBrief {
  document: DocumentBrief;
  /**
   * Comments that are set apart as spam, abuse or graphic.
   */
  n_folded: number;
  /**
   * Claims made in comments.
   */
  n_claims: number;
}
/**
 * `GET /api/compare?a=DOCUMENT&b=DOCUMENT`: two reports side by side.
 */
export interface Compare {
  a: DocumentBrief;
  b: DocumentBrief;
  /**
   * What both say.
   */
  agree: Pair[];
  /**
   * What they say differently.
   */
  differ: Pair[];
  /**
   * What only the one says.
   */
  only_a: ClaimView[];
  /**
   * What only the other says.
   */
  only_b: ClaimView[];
  /**
   * Whether one copied the other.
   */
  copy?: PageCopy | null;
  /**
   * Word for word, when they are near-copies; empty otherwise.
   */
  words: WordRun[];
}
/**
 * Two claims of two reports about one thing.
 */
export interface Pair {
  a: ClaimView;
  b: ClaimView;
  /**
   * Fields in which they differ: `date`, `place`, `quantity`, …
   */
  differs: string[];
  /**
   * What links them, in one sentence.
   */
  why: string;
  /**
   * `same_event`, `contradicts`, `progress`, …
   */
  kind: string;
}
/**
 * A run of words in a comparison of two texts.
 */
export interface WordRun {
  /**
   * `both`, `a` or `b`.
   */
  side: string;
  /**
   * The words.
   */
  text: string;
}
/**
 * `GET /api/control?on=DAY`: asserted control of every place.
 */
export interface ControlMap {
  /**
   * The day asked for, else the last one.
   */
  on?: string | null;
  /**
   * First and last day with a claim of control.
   *
   * @minItems 2
   * @maxItems 2
   */
  days?: [string, string] | null;
  /**
   * Days on which something changed.
   */
  changes: string[];
  /**
   * Everybody who is said to hold something on any day, most places first, then most days: the order of colours.
   */
  sides: string[];
  /**
   * The places, by name.
   */
  places: ControlMark[];
}
/**
 * Who is said to hold a place on a day.
 */
export interface ControlMark {
  place: PlaceBrief;
  /**
   * `held`, `contested` or `unknown`.
   */
  state: string;
  /**
   * Names of those said to hold it.
   */
  holders: string[];
  /**
   * Who says so.
   */
  according_to: string[];
  /**
   * The last day somebody said so.
   */
  asserted?: string | null;
  /**
   * The whole stretch of days of this state.
   */
  from?: string | null;
  /**
   * Its last day.
   */
  to?: string | null;
}
/**
 * `GET /api/forecasts`: the ledger and how good it was.
 */
export interface Forecasts {
  /**
   * The forecasts of this answer, by window.
   */
  forecasts: ForecastLine[];
  /**
   * How many are in the state asked for.
   */
  n_asked: number;
  /**
   * How many there are.
   */
  n_all: number;
  /**
   * What to give as `cursor` for the next ones.
   */
  next?: string | null;
  /**
   * Scores: all, each source, commenters together.
   */
  scores: ScoreRow[];
}
/**
 * A forecast with the words it rests on.
 */
export interface ForecastLine {
  forecast: Forecast;
  claim: ClaimView;
  document: DocumentBrief;
  /**
   * Claims that resolved it.
   */
  resolved_by: ClaimView[];
}
/**
 * How good forecasts were together.
 */
export interface ScoreRow {
  kind: ScoreKind;
  /**
   * The source's name, or what the row is about.
   */
  who: string;
  /**
   * Forecasts.
   */
  n: number;
  states: ForecastStates;
  /**
   * How many are scored: decided, and with a likelihood.
   */
  n_scored: number;
  /**
   * Share of the scored ones that came.
   */
  came?: number | null;
  /**
   * The same over all forecasts of the record.
   */
  base_rate?: number | null;
  /**
   * Mean Brier score.
   */
  brier?: Brier | null;
  /**
   * Mean logarithmic score.
   */
  log_score?: LogScore | null;
  /**
   * 1 − Brier / Brier of always giving the base rate; absent where that is never wrong.
   */
  skill?: number | null;
  /**
   * Rank among sources with enough scored forecasts, by mean Brier score.
   */
  rank?: number | null;
  /**
   * Why it has no rank.
   */
  unranked?: string | null;
  /**
   * For each band of probability how often it came.
   */
  calibration: CalibrationBin[];
}
/**
 * How many forecasts are in each state.
 */
export interface ForecastStates {
  /**
   * Open.
   */
  open: number;
  /**
   * Came true.
   */
  true: number;
  /**
   * Did not.
   */
  false: number;
  /**
   * In part.
   */
  partly: number;
  /**
   * Their condition failed.
   */
  void: number;
  /**
   * The window is over and nothing decides them.
   */
  expired: number;
  /**
   * Without a window.
   */
  not_scoreable: number;
}
/**
 * A band of probability: how many were foreseen with it, and how many of them came.
 */
export interface CalibrationBin {
  /**
   * Lowest probability of the band.
   */
  from: number;
  /**
   * Highest.
   */
  to: number;
  /**
   * Scored forecasts in it.
   */
  n: number;
  /**
   * Mean probability they gave.
   */
  foreseen: number;
  /**
   * How many came.
   */
  came: number;
  /**
   * Lower end of the 95 % interval (Wilson) of the share that came.
   */
  low: number;
  /**
   * Upper end.
   */
  high: number;
}
/**
 * `GET /api/sources`: a source, what the user noted of it, and what became of its claims.
 */
export interface SourceLine {
  /**
   * Its name.
   */
  name: string;
  /**
   * `outlet` or `holder`.
   */
  kind: string;
  /**
   * What the user noted; absent until then.
   */
  register?: RegisteredSource | null;
  /**
   * Documents it published.
   */
  n_documents: number;
  /**
   * Claims it makes or that are attributed to it.
   */
  n_claims: number;
  /**
   * Of them, how many an independent root confirms.
   */
  n_confirmed: number;
  /**
   * Of them, how many another account contradicts or denies.
   */
  n_contradicted: number;
  /**
   * Forecasts.
   */
  n_forecasts: number;
  /**
   * What texts say of it.
   */
  said: SaidOfSource[];
  /**
   * Its most cited documents.
   */
  documents: DocumentBrief[];
}
/**
 * What a user noted of one outlet or holder.
 */
export interface RegisteredSource {
  /**
   * Its name as the user wrote it.
   */
  name: string;
  /**
   * Whose side it is on, in the user's words.
   */
  alignment?: string | null;
  /**
   * Who owns it. Outlets of one owner are one origin.
   */
  owner?: string | null;
  /**
   * The group of outlets it belongs to, where they have no owner in common. One family is one origin.
   */
  family?: string | null;
  /**
   * The language it publishes in, as a BCP 47 tag.
   */
  language?: string | null;
  /**
   * How far it is relied on; none until somebody rates it.
   */
  rating?: Rating | null;
}
/**
 * A rating, with who gave it, when and why.
 */
export interface Rating {
  reliability: Reliability;
  /**
   * Who rates.
   */
  rater: string;
  /**
   * On what day.
   */
  on?: string | null;
  /**
   * Why.
   */
  why?: string | null;
}
/**
 * What a text says of a source: `pro-government`, `linked to …`.
 */
export interface SaidOfSource {
  /**
   * The words.
   */
  text: string;
  /**
   * The claim or document they stand in.
   */
  claim_id?: string | null;
  /**
   * The document.
   */
  document?: string | null;
}
/**
 * `GET /api/queue`: what waits for review.
 */
export interface Queue {
  /**
   * Items in order: conflicts, disputes, events that are perhaps one, then claims, the least sure reading first.
   */
  items: QueueItem[];
  /**
   * How many wait in all.
   */
  n_open: number;
  /**
   * Send back as `cursor` for the next ones.
   */
  next?: string | null;
}
/**
 * One thing to rule on.
 */
export interface QueueItem {
  item: ReviewItem;
  /**
   * Claims to look at, the one to rule on first.
   */
  claims: ClaimView[];
  /**
   * Events they are accounts of.
   */
  events: EventBrief[];
  /**
   * The dispute.
   */
  dispute?: Dispute | null;
  /**
   * Documents, by id.
   */
  documents: {
    [k: string]: DocumentBrief;
  };
  /**
   * Number of the last ruling on any of these, 0 when there is none: send it back as `seen`.
   */
  seen: number;
}
/**
 * One thing that waits for a reviewer.
 */
export interface ReviewItem {
  kind: ReviewKind;
  /**
   * The ruling, dispute, event or claim.
   */
  id: string;
  /**
   * Why it waits, in words.
   */
  why: string;
  /**
   * What it says.
   */
  text: string;
}
/**
 * `GET /api/rulings`: the audit log.
 */
export interface Rulings {
  /**
   * All rulings, latest first.
   */
  rulings: RulingEntry[];
  /**
   * Rulings something stands against.
   */
  conflicts: Conflict[];
}
/**
 * A ruling that something stands against.
 */
export interface Conflict {
  /**
   * The ruling's number.
   */
  ruling: number;
  /**
   * What it does.
   */
  action: string;
  /**
   * What it is about.
   */
  subject: string;
  /**
   * Who ruled.
   */
  reviewer: string;
  /**
   * What stands against it, in words.
   */
  why: string;
  /**
   * Claims that do.
   */
  claims: ClaimId[];
}
/**
 * `POST /api/rulings`: what a reviewer rules.
 */
export interface NewRuling {
  /**
   * `accept`, `reject`, `relabel`, `pin`, `name`, `merge`, `split`, `source`, `undo`.
   */
  action: string;
  /**
   * Id of a claim or event, name of a source, or number of a ruling to undo.
   */
  subject: string;
  /**
   * What goes with the action: `event=CODE`, `date=DAY`, ids, …
   */
  value?: string | null;
  /**
   * Who rules.
   */
  reviewer?: string | null;
  /**
   * Why.
   */
  why?: string | null;
  /**
   * Number of the last ruling on the subject that the reviewer has seen. With a later one the answer is 409 and that ruling.
   */
  seen?: number | null;
}
/**
 * What became of it.
 */
export interface Ruled {
  /**
   * Its number: `undo` takes it back.
   */
  number: number;
  /**
   * The record's version now; events and disputes follow within seconds.
   */
  version: string;
  /**
   * Whether events, disputes and forecasts have still to be computed anew.
   */
  settling: boolean;
}
/**
 * `POST /api/ingest`: pages are read in the background.
 */
export interface Accepted {
  /**
   * Ask `GET /api/ingest/JOB` for what becomes of it, as server-sent events.
   */
  job: number;
}
/**
 * An answer that says no, after RFC 9457.
 */
export interface Problem {
  /**
   * Names the kind of problem.
   */
  type: string;
  /**
   * In a few words.
   */
  title: string;
  /**
   * The HTTP status.
   */
  status: number;
  /**
   * What to do.
   */
  detail: string;
  /**
   * The ruling that came between, with status 409.
   */
  ruling?: RulingEntry | null;
}
/**
 * What is gone from a list, with `updated_since`.
 */
export interface Tombstone {
  /**
   * `claim`, `page` or `comment`.
   */
  kind: string;
  /**
   * Its id. What was read from a page that is gone is gone with it.
   */
  id: string;
  /**
   * `rejected` by a ruling, or `redacted`: taken out for good.
   */
  why: string;
  /**
   * The number of the ruling or redaction.
   */
  number: number;
  /**
   * When, in UTC.
   */
  on: string;
}
