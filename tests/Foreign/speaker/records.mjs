// The chain of records (§2, §6): signed, tied one to the other, kept until a signed acknowledgement names them.
import { digestOf, read, sign } from "./documents.mjs";

export class Records {
  #store;
  #own;
  #now;
  send = () => {};

  constructor(store, own, now) {
    [this.#store, this.#own, this.#now] = [store, own, now];
  }
  get last() {
    return this.#store.state.head.seq;
  }
  get kept() {
    return this.#store.state.records;
  }

  write(record) {
    const { head, records } = this.#store.state;
    const compact = this.#sign(head, { ...record, at: this.#now() });
    this.#store.keep({ records: [...records, compact], head: { seq: head.seq + 1, hash: digestOf(compact) } });
    this.send(compact);
  }

  acknowledge(ack, isFresh) {
    const records = this.kept.map((compact) => read(compact, "loa-record"));
    const at = records.findIndex((one) => one.document.seq === ack.seq && one.digest === ack.hash);
    const before = records[0] ? records[0].document.prev : this.#store.state.head.hash;
    const meets = at >= 0 || ((records[0]?.document.seq ?? this.last + 1) === ack.seq + 1 && before === ack.hash);
    if (at >= 0) this.#store.keep({ records: this.kept.slice(at + 1) });
    if (!isFresh) return;
    const refused = ack.refused && ack.refused.reason !== "record.flood" && ack.refused.seq === ack.seq + 1;
    if (!meets || refused) this.#signAnew(ack);
    for (const compact of this.kept) this.send(compact);
    if (ack.head && JSON.stringify(ack.head) !== JSON.stringify(this.#store.state.noted)) {
      this.#store.keep({ noted: ack.head });
      this.write({ kind: "head", head: ack.head });
    }
  }

  #signAnew(ack) {
    let head = { seq: ack.seq, hash: ack.hash };
    const records = this.kept.map((old) => {
      const { v, speaker, seq, prev, ...record } = JSON.parse(Buffer.from(old.split(".")[1], "base64url").toString());
      const compact = this.#sign(head, record);
      head = { seq: head.seq + 1, hash: digestOf(compact) };
      return compact;
    });
    this.#store.keep({ records, head });
  }

  #sign(head, record) {
    const { speaker, key, kid } = this.#own;
    return sign("loa-record", { speaker, seq: head.seq + 1, prev: head.hash, ...record }, key, kid);
  }
}
