// What sounds first at one place (§8).
const rank = { ordinary: 0, priority: 1, emergency: 2 };

export const comesFirst = (one, other) =>
  rank[other.class] - rank[one.class] || one.start - other.start || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);

export const interrupts = (one, other) => rank[one] > rank[other];
