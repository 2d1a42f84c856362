// Who may say what to a speaker at its place (§3): root → delegation → document.
import { Refused, digestOf, isNamed, isSignedBy, keyIdOf, read } from "./documents.mjs";

const STEPS = [
  "key.unknown",
  "delegation.revoked",
  "delegation.early",
  "delegation.expired",
  "delegation.kind",
  "delegation.unit",
  "delegation.class",
  "delegation.station",
];
const KNOWN = {
  volume: (a) => a.level >= 0 && a.level <= 100 && (a.horn === undefined || (a.horn >= 1 && a.horn <= 64)),
  amplifier: (a) => a.on !== undefined,
  pause: (a) => a.minutes >= 1 && a.minutes <= 120,
  update: (a) => /^[0-9a-f]{64}$/.test(a.package ?? ""),
  "change-server": (a) => /^https?:\/\/[^@/]+(\/|$)/.test(a.server ?? ""),
};
for (const name of ["stop", "next", "resume", "restart", "identify", "self-test", "collect-log"]) KNOWN[name] = () => true;

const that = (holds, reason) => {
  if (!holds) throw new Refused(reason);
};
const within = (now, nbf, exp, early, expired) => (that(now >= nbf, early), that(now < exp, expired));

export class Chain {
  #roots;
  #delegations = [];
  #changes = [];
  #revocations = null;

  constructor(root) {
    this.#roots = [{ jwk: root, kid: keyIdOf(root), until: Infinity }];
  }

  get root() {
    return this.#roots.at(-1);
  }
  get revocations() {
    return this.#revocations;
  }
  get rootVersion() {
    return this.#changes.at(-1)?.version ?? 0;
  }

  #rootOf(kid) {
    return this.#roots.find((root) => root.kid === kid);
  }
  #holds(kid, now) {
    const root = this.#rootOf(kid);
    return root !== undefined && now < root.until;
  }

  follow(compact) {
    const one = read(compact, "loa-root");
    const by = this.#rootOf(one.kid);
    that(by, "key.unknown");
    that(isSignedBy(one, by.jwk), "jws.signature");
    const change = one.document;
    that(change.version > this.rootVersion && by === this.root && !this.#rootOf(change.kid), "root.older");
    by.until = change.exp;
    this.#roots.push({ jwk: change.jwk, kid: change.kid, until: Infinity });
    this.#changes.push(change);
    return change;
  }

  learn(compact) {
    const one = read(compact, "loa-delegation");
    if (this.#delegations.some((known) => known.digest === one.digest)) return one.document;
    const by = this.#rootOf(one.kid);
    that(by && isSignedBy(one, by.jwk), "delegation.signature");
    this.#delegations.push(one);
    return one.document;
  }

  revoke(compact, now = 0) {
    const one = read(compact, "loa-revocations");
    that(this.#holds(one.kid, now), "key.unknown");
    that(isSignedBy(one, this.#rootOf(one.kid).jwk), "jws.signature");
    that(one.document.version > (this.#revocations?.version ?? 0), "revocations.older");
    this.#revocations = one.document;
    return one.document;
  }

  #any(grants, check) {
    let furthest = "key.unknown";
    for (const grant of grants)
      try {
        check(grant.document);
        return;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (STEPS.indexOf(error.reason) > STEPS.indexOf(furthest)) furthest = error.reason;
      }
    throw new Refused(furthest);
  }

  #authorise(one, kind, now) {
    const known = this.#delegations.filter((grant) => grant.document.kid === one.kid);
    const inForce = (grant) => (delegation) => {
      const revoked = this.#revocations;
      that(!revoked?.kids.includes(delegation.kid) && !revoked?.delegations.includes(delegation.id), "delegation.revoked");
      within(now, delegation.nbf, delegation.exp, "delegation.early", "delegation.expired");
      that(this.#holds(grant.kid, now), "delegation.expired");
      that(delegation.kinds.includes(kind), "delegation.kind");
    };
    const allowed = known.filter((grant) => {
      try {
        inForce(grant)(grant.document);
        return true;
      } catch {
        return false;
      }
    });
    let index = 0;
    this.#any(known, (delegation) => inForce(known[index++])(delegation));
    that(isSignedBy(one, known[0].document.jwk), "jws.signature");
    return allowed;
  }

  #heard(one, kind, path, moment, item, more = () => {}) {
    const heard = one.document;
    const allowed = this.#authorise(one, kind, moment);
    that(!item?.content || item.content === "recording" || item.content === kind, "document.type");
    that(deepest(path, heard.units) >= 0, "release.unit");
    this.#any(allowed, (d) => {
      reaches(path, d.units, heard.units);
      that(d.classes.includes(heard.class), "delegation.class");
      more(d);
    });
    that(!item || item.class === heard.class, "release.class");
    within(moment, heard.nbf, heard.exp, "release.early", "release.expired");
    return heard;
  }

  release(compact, path, moment, item) {
    return this.#heard(read(compact, "loa-release"), "release", path, moment, item);
  }

  item(item, compact, path, moment) {
    that((item.content ?? "recording") === "recording", "unsupported");
    that(typeof compact === "string" && isNamed(compact, item.release), "release.missing");
    return this.release(compact, path, moment, item);
  }

  stream(compact, path, moment, item) {
    if (item) {
      that(["relay", "live"].includes(item.content), "unsupported");
      that(typeof compact === "string" && isNamed(compact, item.release), "release.missing");
    }
    const one = read(compact, "loa-stream");
    const { station } = one.document;
    return this.#heard(one, station === undefined ? "live" : "relay", path, moment, item, (d) =>
      that(station === undefined || d.stations?.includes(station), "delegation.station"),
    );
  }

  timetable(compact, speaker, path, held, now) {
    const one = read(compact, "loa-timetable");
    const timetable = one.document;
    const allowed = this.#authorise(one, "timetable", now);
    that(timetable.speaker === speaker, "timetable.speaker");
    this.#any(allowed, (d) => {
      reaches(path, d.units, path);
      that(timetable.items.every((item) => d.classes.includes(item.class)), "delegation.class");
    });
    that(timetable.version > (held ?? 0), "timetable.older");
    that(held === undefined || held === null || timetable.base === undefined || timetable.base === held, "timetable.base");
    return timetable;
  }

  command(compact, speaker, path, nonces, now) {
    const one = read(compact, "loa-command");
    const command = one.document;
    const allowed = this.#authorise(one, "command", now);
    that(command.speaker === speaker, "command.speaker");
    this.#any(allowed, (d) => reaches(path, d.units, path));
    that(Object.hasOwn(KNOWN, command.name) && KNOWN[command.name](command.args), "command.unknown");
    that(command.iat <= now + 60_000, "document.early");
    that(command.exp > now, "command.expired");
    that(nonces.take(command, now), "command.replayed");
    return command;
  }

  placement(compact, speaker, kid, held, now) {
    const one = read(compact, "loa-placement");
    const placement = one.document;
    let allowed = null;
    if (this.#holds(one.kid, now)) that(isSignedBy(one, this.#rootOf(one.kid).jwk), "jws.signature");
    else allowed = this.#authorise(one, "placement", now);
    that(placement.speaker === speaker && placement.kid === kid, "placement.speaker");
    if (allowed)
      this.#any(allowed, (d) => {
        reaches(placement.path, d.units, placement.path);
        const from = held?.path ?? placement.path;
        reaches(from, d.units, from);
      });
    that(placement.version > (held?.version ?? 0), "placement.older");
    return placement;
  }

  package(compact, named, path, model, held, now) {
    that(typeof compact === "string" && isNamed(compact, named), "package.missing");
    const one = read(compact, "loa-package");
    const pack = one.document;
    const allowed = this.#authorise(one, "package", now);
    that(deepest(path, pack.units) >= 0, "package.unit");
    this.#any(allowed, (d) => reaches(path, d.units, pack.units));
    that(pack.models.length === 0 || pack.models.includes(model), "package.model");
    within(now, pack.nbf, pack.exp, "package.early", "package.expired");
    that(pack.version > held, "package.older");
    return pack;
  }

  time(compact, speaker, path, nonce) {
    const one = read(compact, "loa-time");
    const told = one.document;
    const allowed = this.#authorise(one, "timetable", told.answered_us / 1000);
    this.#any(allowed, (d) => reaches(path, d.units, path));
    that(told.speaker === speaker && told.nonce === nonce, "time.nonce");
    return told;
  }

  ack(compact, speaker, path, now) {
    const one = read(compact, "loa-ack");
    const allowed = this.#authorise(one, "timetable", now);
    this.#any(allowed, (d) => reaches(path, d.units, path));
    that(one.document.speaker === speaker, "ack.speaker");
    return one.document;
  }
}

/** Which commands were taken, and from when on nobody can tell any more. */
export class Nonces {
  #seen;
  #floor;
  constructor(seen = [], floor = 0) {
    this.#seen = new Map(seen);
    this.#floor = floor;
  }
  take(command, now) {
    if (command.exp <= this.#floor || this.#seen.has(command.nonce)) return false;
    for (const [nonce, exp] of this.#seen)
      if (exp <= now) {
        this.#seen.delete(nonce);
        this.#floor = Math.max(this.#floor, exp);
      }
    this.#seen.set(command.nonce, command.exp);
    return true;
  }
  get note() {
    return { seen: [...this.#seen], floor: this.#floor };
  }
}

function deepest(path, units) {
  return path.findLastIndex((unit) => units.includes(unit));
}

function reaches(path, authority, meant) {
  const highest = path.findIndex((unit) => authority.includes(unit));
  that(highest >= 0 && highest <= deepest(path, meant), "delegation.unit");
}

/** How a record of a speaker meets those that are stored. */
export function link(compact, speaker, jwk, head) {
  const one = read(compact, "loa-record");
  that(one.kid === keyIdOf(jwk) && one.document.speaker === speaker, "key.unknown");
  that(isSignedBy(one, jwk), "jws.signature");
  const { seq, prev } = one.document;
  if (seq <= head.seq) return "repeat";
  if (seq > head.seq + 1) return "record.gap";
  return prev === head.hash ? "ok" : "record.broken";
}

export const nameOf = digestOf;
