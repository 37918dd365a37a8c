import { compatibleNames } from "./names.ts";

/**
 * Which guest each profile belongs to. A pure decision over a page's profiles and those that they touch: nothing here knows
 * a database, and the order of the profiles in the page makes no difference.
 *
 * 1. Two profiles match when they share a phone, an e-mail or a card, as long as not too many hold it.
 * 2. A match is contradicted when the names do not fit and either both have another kind of identifier with nothing in common,
 *    or one system keeps both, with one phone or e-mail, as two people. A match on two kinds is never contradicted.
 * 3. A profile joins the guest that it matches; a guest with a profile that contradicts is closed to it. Several guests become
 *    one, the oldest, if all their names fit; else the strongest match is joined and the other is reported.
 */

export type Kind = "PHONE" | "EMAIL" | "CARD";
export type Identifier = { readonly kind: Kind; readonly value: string };

export type Profile = {
  readonly id: string;
  readonly integrationId: string;
  readonly searchName: string;
  readonly identifiers: readonly Identifier[];
};

/** Where a stored profile stands. `createdAt` in milliseconds. */
export type Place = { readonly guestId: string; readonly createdAt: number };

/** A profile that is to be decided: a new one, or one whose identifiers changed (with the place that it had). */
export type LooseProfile = Profile & { readonly place: Place | null };

/** A profile that stands, unless guests are merged or parted. */
export type PlacedProfile = Profile & { readonly place: Place };

/** What binds a profile to its guest: the first one founded it, the others share identifiers with it. */
export type Evidence =
  { readonly kind: "FOUNDER" } | { readonly kind: Kind; readonly value: string; readonly profileId: string };

export type Conflict = {
  /** The smaller of the two ids. */
  readonly profileId: string;
  readonly otherId: string;
  readonly kind: Kind;
  readonly value: string;
  readonly reason: string;
};

export type Question = {
  readonly loose: readonly LooseProfile[];
  /** All the profiles of every guest that a loose profile touches or stood in. */
  readonly placed: readonly PlacedProfile[];
  /** When each of their guests was made, in milliseconds. */
  readonly guestsCreatedAt: ReadonlyMap<string, number>;
  /** The id for a new guest of this profile. */
  readonly newGuestId: (founderId: string) => string;
};

export type Decision = {
  /** Of every loose profile, and of the placed ones that are elsewhere now. */
  readonly places: ReadonlyMap<string, { readonly guestId: string; readonly evidence: readonly Evidence[] }>;
  readonly founded: readonly { readonly guestId: string; readonly founderId: string }[];
  /** `into` is never itself merged away. */
  readonly merged: readonly { readonly from: string; readonly into: string }[];
  readonly conflicts: readonly Conflict[];
};

/**
 * A phone or an e-mail that more profiles hold than this is the till's own, or "no@mail.ru": it tells nobody apart. Without the
 * bound, 10,000 guests with one such number would be compared in pairs.
 */
export const tooCommon = 20;

type Group = { readonly id: string; readonly createdAt: number; readonly members: Member[]; founderId: string | null };
type Member = {
  readonly profile: Profile;
  readonly createdAt: number;
  /** The guest in which a loose profile stood. */
  readonly left: string | null;
  group: Group | null;
};
/** Two profiles that share identifiers. `contradiction`: why they are not one person all the same. */
type Match = { readonly other: Member; readonly shared: readonly Identifier[]; readonly contradiction: string | null };

const keyOf = ({ kind, value }: Identifier): string => `${kind}${value}`;
const byAge = (a: Member, b: Member): number =>
  a.createdAt - b.createdAt || (a.profile.id < b.profile.id ? -1 : a.profile.id > b.profile.id ? 1 : 0);

/** Decides for each loose profile which guest it belongs to, and what becomes of the guests that this touches. */
export const decideGuests = ({ loose, placed, guestsCreatedAt, newGuestId }: Question): Decision => {
  const groups = new Map<string, Group>();
  const holders: Record<Kind, Map<string, Member[]>> = { PHONE: new Map(), EMAIL: new Map(), CARD: new Map() };
  const conflicts = new Map<string, Conflict>();
  const merged: { from: string; into: string }[] = [];

  const groupOf = (guestId: string): Group => {
    const known = groups.get(guestId);
    if (known !== undefined) return known;
    const createdAt = guestsCreatedAt.get(guestId) ?? Infinity;
    const group: Group = { id: guestId, createdAt, members: [], founderId: null };
    groups.set(guestId, group);
    return group;
  };
  const enter = (member: Member, group: Group): void => {
    member.group = group;
    group.members.push(member);
  };
  const hold = (member: Member): void => {
    for (const { kind, value } of member.profile.identifiers) {
      const held = holders[kind].get(value);
      if (held === undefined) holders[kind].set(value, [member]);
      else held.push(member);
    }
  };
  const found = (founder: Member): Group => {
    const id = newGuestId(founder.profile.id);
    const group: Group = { id, createdAt: Infinity, members: [], founderId: founder.profile.id };
    groups.set(id, group);
    return group;
  };

  /** What a profile shares with others, whether or not they have a guest yet. */
  const matchesOf = (member: Member): Match[] => {
    const { identifiers } = member.profile;
    // Nearly always nobody else: thousands of profiles a page are new.
    if (identifiers.every(({ kind, value }) => holders[kind].get(value)?.length === 1)) return [];
    const shared = new Map<Member, Identifier[]>();
    for (const identifier of identifiers) {
      const held = holders[identifier.kind].get(identifier.value) ?? [];
      if (held.length > tooCommon) continue;
      for (const other of held) {
        if (other === member) continue;
        const list = shared.get(other);
        if (list === undefined) shared.set(other, [identifier]);
        else list.push(identifier);
      }
    }
    return [...shared].map(([other, list]) => ({
      other,
      shared: list,
      contradiction: contradictionOf(member.profile, other.profile, list),
    }));
  };

  const report = (member: Member, { other, shared }: Match, reason: string): void => {
    const [first, second] = [member.profile.id, other.profile.id].sort();
    const [identifier] = [...shared].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    if (first === undefined || second === undefined || identifier === undefined) return;
    const { kind, value } = identifier;
    conflicts.set(`${first}${second}`, { profileId: first, otherId: second, kind, value, reason });
  };

  const placedMembers = placed.map((profile): Member => ({
    profile,
    createdAt: profile.place.createdAt,
    left: null,
    group: null,
  }));
  const looseMembers = loose.map((profile): Member => ({
    profile,
    createdAt: profile.place?.createdAt ?? Infinity,
    left: profile.place?.guestId ?? null,
    group: null,
  }));
  looseMembers.sort((a, b) => (a.profile.id < b.profile.id ? -1 : 1));
  for (const member of [...placedMembers, ...looseMembers]) hold(member);
  placed.forEach((profile, index) => enter(placedMembers[index] as Member, groupOf(profile.place.guestId)));

  partLeftGuests();
  for (const member of looseMembers) decide(member);

  return { places: placesNow(), founded: foundedNow(), merged, conflicts: [...conflicts.values()] };

  /**
   * Guests whose profile is decided anew. When that was all they had, the oldest of the loose ones keeps the guest's id;
   * profiles that nothing binds to the rest any more get a guest of their own.
   */
  function partLeftGuests(): void {
    const leftBy = new Map<string, Member[]>();
    for (const member of looseMembers) {
      if (member.left !== null) leftBy.set(member.left, [...(leftBy.get(member.left) ?? []), member]);
    }
    for (const [guestId, left] of leftBy) {
      const group = groupOf(guestId);
      if (group.members.length === 0) {
        const [oldest] = left.sort(byAge);
        if (oldest === undefined) continue;
        group.founderId = oldest.profile.id;
        enter(oldest, group);
        continue;
      }
      const parts = boundTogether([...group.members, ...left])
        .map((part) => part.filter((member) => member.group === group).sort(byAge))
        .filter((part) => part.length > 0)
        .sort(([a], [b]) => (a === undefined || b === undefined ? 0 : byAge(a, b)));
      for (const part of parts.slice(1)) {
        const [founder] = part;
        if (founder === undefined) continue;
        const own = found(founder);
        for (const member of part) {
          group.members.splice(group.members.indexOf(member), 1);
          enter(member, own);
        }
      }
    }
  }

  /** The parts of a list of profiles between which nothing is shared. They stood together, so contradictions do not part them. */
  function boundTogether(members: readonly Member[]): Member[][] {
    const rest = new Set(members);
    const parts: Member[][] = [];
    for (const first of members) {
      if (!rest.delete(first)) continue;
      const part = [first];
      for (const member of part) {
        for (const { other } of matchesOf(member)) if (rest.delete(other)) part.push(other);
      }
      parts.push(part);
    }
    return parts;
  }

  function decide(member: Member): void {
    const own = member.group;
    const matches = matchesOf(member);
    if (matches.length === 0) return own === null ? enter(member, found(member)) : undefined;
    const open = new Map<Group, Match[]>();
    const closed = new Set<Group>();
    for (const match of matches) {
      const group = match.other.group;
      if (match.contradiction !== null) {
        report(member, match, match.contradiction);
        if (group !== null) closed.add(group);
      } else if (group !== null && group !== own) {
        open.set(group, [...(open.get(group) ?? []), match]);
      }
    }
    const candidates = [...open].filter(([group]) => !closed.has(group)).sort(byStrength);
    const joined: Group[] = own === null ? [] : [own];
    for (const [group, binding] of candidates) {
      if (joined.every((other) => namesFit(other, group, member))) joined.push(group);
      else report(member, strongest(binding), "It matches two guests whose names differ.");
    }
    if (joined.length === 0) return enter(member, found(member));
    const oldest = joined.reduce((a, b) => (isOlder(b, a) ? b : a));
    for (const group of joined) if (group !== oldest) merge(group, oldest);
    if (member.group === null) enter(member, oldest);
  }

  function merge(from: Group, into: Group): void {
    for (const member of from.members) enter(member, into);
    groups.delete(from.id);
    if (from.createdAt !== Infinity) merged.push({ from: from.id, into: into.id });
    for (const earlier of merged) if (earlier.into === from.id) earlier.into = into.id;
  }

  function foundedNow(): Decision["founded"] {
    return [...groups.values()].flatMap((group) =>
      group.createdAt === Infinity && group.founderId !== null
        ? [{ guestId: group.id, founderId: group.founderId }]
        : [],
    );
  }

  function placesNow(): Decision["places"] {
    const places = new Map<string, { guestId: string; evidence: Evidence[] }>();
    for (const member of looseMembers) {
      if (member.group !== null) places.set(member.profile.id, placeOf(member, member.group));
    }
    placed.forEach(({ id, place }, index) => {
      const member = placedMembers[index];
      if (member?.group != null && member.group.id !== place.guestId) places.set(id, placeOf(member, member.group));
    });
    return places;
  }

  function placeOf(member: Member, group: Group): { guestId: string; evidence: Evidence[] } {
    if (group.founderId === member.profile.id) return { guestId: group.id, evidence: [{ kind: "FOUNDER" }] };
    const matches = matchesOf(member).filter(({ other, contradiction }) => other.group === group && !contradiction);
    const evidence = new Map<string, Evidence>();
    for (const { other, shared } of matches.sort((a, b) => byAge(a.other, b.other))) {
      for (const identifier of shared) {
        if (!evidence.has(keyOf(identifier))) {
          evidence.set(keyOf(identifier), { ...identifier, profileId: other.profile.id });
        }
      }
    }
    return { guestId: group.id, evidence: evidence.size === 0 ? [{ kind: "FOUNDER" }] : [...evidence.values()] };
  }
};

/** Why two profiles that share these identifiers are all the same not one person; null when they may be. */
const contradictionOf = (a: Profile, b: Profile, shared: readonly Identifier[]): string | null => {
  const kind = shared[0]?.kind;
  if (kind === undefined || shared.some((identifier) => identifier.kind !== kind)) return null;
  if (compatibleNames(a.searchName, b.searchName)) return null;
  if (a.integrationId === b.integrationId && kind !== "CARD") {
    return "One system keeps them as two people, and their names differ.";
  }
  // Of the other kinds nothing is shared, or the match were on two kinds.
  const others = new Set(b.identifiers.map((identifier) => identifier.kind).filter((other) => other !== kind));
  const differing = a.identifiers.find((identifier) => others.has(identifier.kind));
  return differing === undefined ? null : `Their names differ, and so do their ${plural[differing.kind]}.`;
};

const plural: Record<Kind, string> = { PHONE: "phones", EMAIL: "e-mails", CARD: "cards" };

const weight: Record<Kind, number> = { CARD: 3, PHONE: 2, EMAIL: 1 };

/** More kinds first, then the better kind, then more values. */
const strengthOf = ({ shared }: Match): number => {
  const kinds = new Set(shared.map(({ kind }) => kind));
  return (
    kinds.size * 10_000 + Math.max(...[...kinds].map((kind) => weight[kind])) * 1_000 + Math.min(shared.length, 999)
  );
};

const strongest = (matches: readonly Match[]): Match =>
  matches.reduce((a, b) => {
    const difference = strengthOf(b) - strengthOf(a);
    return difference > 0 || (difference === 0 && byAge(b.other, a.other) < 0) ? b : a;
  });

const byStrength = ([a, toA]: [Group, Match[]], [b, toB]: [Group, Match[]]): number =>
  strengthOf(strongest(toB)) - strengthOf(strongest(toA)) || (isOlder(a, b) ? -1 : 1);

const isOlder = (a: Group, b: Group): boolean =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);

/** Whether all names of two guests fit. The profile that is being decided has been compared already. */
const namesFit = (a: Group, b: Group, decided: Member): boolean =>
  a.members
    .filter((member) => member !== decided)
    .every(({ profile }) => b.members.every((other) => compatibleNames(profile.searchName, other.profile.searchName)));
