// What sounds when (§8). There is no sound card here: a sound is its time, which is all that can be proved of it.
import { createHash } from "node:crypto";
import { comesFirst, interrupts } from "./precedence.mjs";

const TICK = 20;

export class Deck {
  #records;
  #store;
  #now;
  #progress;
  #entries = new Map();
  #playing = null;
  #pausedUntil = 0;
  media = null;

  constructor(store, records, now, progress) {
    [this.#store, this.#records, this.#now, this.#progress] = [store, records, now, progress];
    setInterval(() => this.#tick(), TICK);
  }
  get playing() {
    return this.#playing?.item.id;
  }
  get isPaused() {
    return this.#now() < this.#pausedUntil;
  }
  isClosed(id) {
    return this.#store.state.items[id]?.closed ?? false;
  }
  has(id) {
    return this.#entries.has(id);
  }

  /** Puts items with their releases in force; what is no longer among them is withdrawn. */
  replace(items) {
    const before = this.#entries;
    this.#entries = new Map();
    for (const [item, release] of items) {
      if (this.isClosed(item.id)) continue;
      const entry = before.get(item.id) ?? { item, release, heard: 0, tries: 0, ready: false, obstacle: null };
      if (!before.has(item.id)) {
        this.#progress(item.id, "delivered");
        this.#fetch(entry);
      }
      this.#entries.set(item.id, entry);
    }
    if (this.#playing && !this.#entries.has(this.#playing.item.id) && !this.isClosed(this.#playing.item.id))
      this.#end("interrupted", "withdrawn");
  }

  /** It will never sound: its record at once, and its last word. */
  refuse(item, reason) {
    if (this.isClosed(item.id)) return;
    if (this.#playing?.item.id === item.id) return this.#end("interrupted", reason);
    this.#close(item);
    this.#entries.delete(item.id);
    this.#progress(item.id, "refused", reason);
    this.#records.write(this.#play({ item }, "refused", reason));
  }

  stop(reason) {
    if (!this.#playing) return false;
    this.#end("interrupted", reason);
    return true;
  }
  pause(minutes) {
    this.#pausedUntil = this.#now() + minutes * 60_000;
    if (this.#playing && this.#playing.item.class !== "emergency") this.#end("interrupted", "paused");
  }
  resume() {
    this.#pausedUntil = 0;
  }

  async #fetch(entry) {
    const { digest, length } = entry.release;
    for (let wait = 200; this.#entries.get(entry.item.id) === entry || wait === 200; wait = Math.min(wait * 2, 10_000)) {
      try {
        const answer = await fetch(this.media + digest);
        const bytes = Buffer.from(await answer.arrayBuffer());
        if (answer.ok && bytes.length !== length) entry.spoilt = "media.length";
        else if (answer.ok && createHash("sha256").update(bytes).digest("hex") !== digest) entry.spoilt = "media.digest";
        else if (answer.ok) {
          entry.ready = true;
          this.#progress(entry.item.id, "verified");
        }
        if (answer.ok) return;
      } catch {
        entry.obstacle = "media.unreachable";
      }
      await new Promise((done) => setTimeout(done, wait));
    }
  }

  #isWhole = (entry) => entry.item.now || entry.heard > 0;
  #overAt = (entry) =>
    this.#isWhole(entry) ? entry.item.until : Math.min(entry.item.until, entry.item.start + entry.release.duration_ms);

  #tick() {
    const now = this.#now();
    if (this.#playing && now >= this.#playing.endsAt) this.#end(...this.#playing.how);
    for (const entry of [...this.#entries.values()]) {
      if (entry === this.#playing || now < this.#overAt(entry)) continue;
      this.#close(entry.item);
      this.#entries.delete(entry.item.id);
      if (entry.tries > 0) continue;
      if (entry.spoilt) this.#records.write({ ...this.#play(entry, "refused", entry.spoilt), instead: "tone" });
      else this.#records.write(this.#play(entry, "missed", entry.obstacle ?? "late"));
    }
    const due = [...this.#entries.values()].filter((e) => e !== this.#playing && e.item.start <= now);
    for (const entry of due) if (this.isPaused && entry.item.class !== "emergency") entry.obstacle = "paused";
    const next = due
      .filter((e) => e.ready && !(this.isPaused && e.item.class !== "emergency"))
      .sort((a, b) => comesFirst(a.item, b.item))[0];
    if (!next) return;
    if (this.#playing) {
      if (!interrupts(next.item.class, this.#playing.item.class)) return;
      this.#end("interrupted", "outranked");
    }
    this.#begin(next, now);
  }

  #begin(entry, now) {
    const { item, release } = entry;
    const offset = entry.heard || (item.now ? 0 : now - item.start);
    const wholeEnd = now + release.duration_ms - offset;
    const cut = !this.#isWhole(entry) && wholeEnd > item.until;
    entry.tries++;
    Object.assign(entry, { began: now, offset, endsAt: cut ? item.until : wholeEnd, how: cut ? ["interrupted", "time.over"] : ["played"] });
    this.#playing = entry;
    this.#store.keep({ items: { ...this.#store.state.items, [item.id]: { since: now } } });
    this.#progress(item.id, "playing");
  }

  #end(outcome, reason) {
    const entry = this.#playing;
    const { item } = entry;
    this.#playing = null;
    const mayGoOn = ["outranked", "paused"].includes(reason) && (item.resume || item.now);
    entry.heard = item.resume && mayGoOn ? entry.offset + (this.#now() - entry.began) : 0;
    if (!mayGoOn) {
      this.#close(item);
      this.#entries.delete(item.id);
    }
    this.#records.write({
      ...this.#play(entry, outcome, reason),
      start: entry.began,
      end: this.#now(),
      late_ms: entry.began - item.start,
      offset_ms: entry.offset,
    });
  }

  #play({ item, release }, outcome, reason) {
    return {
      kind: "play",
      item: item.id,
      broadcast: item.broadcast,
      bulletin: release?.bulletin,
      digest: release?.digest,
      planned: item.start,
      outcome,
      reason,
    };
  }

  #close(item) {
    this.#store.keep({ items: { ...this.#store.state.items, [item.id]: { closed: true } } });
  }
}
