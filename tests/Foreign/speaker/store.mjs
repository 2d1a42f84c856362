// What must outlive a power cut (§7), in one file that is exchanged whole.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export class Store {
  #path;
  constructor(folder) {
    mkdirSync(folder, { recursive: true });
    this.#path = join(folder, "state.json");
    this.state = existsSync(this.#path)
      ? JSON.parse(readFileSync(this.#path, "utf8"))
      : { delegations: [], roots: [], parts: [], releases: {}, items: {}, records: [], head: { seq: 0, hash: "" }, volume: 70 };
  }
  keep(changes = {}) {
    Object.assign(this.state, changes);
    writeFileSync(`${this.#path}.new`, JSON.stringify(this.state), { mode: 0o600, flush: true });
    renameSync(`${this.#path}.new`, this.#path);
  }
}
