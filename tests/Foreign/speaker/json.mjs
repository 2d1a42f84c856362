// JSON as the protocol reads it: whole numbers only, members kept as they came, so that a known one that stands twice is seen.
const DEEPEST = 8;

export class Malformed extends Error {}

export class Members {
  constructor(pairs) {
    this.pairs = pairs;
  }
  /** The value of a member, undefined when it is absent or null. */
  get(name) {
    const found = this.pairs.filter(([key]) => key === name);
    if (found.length > 1) throw new Malformed(name);
    return found[0]?.[1] ?? undefined;
  }
  first(name) {
    return this.pairs.find(([key]) => key === name)?.[1];
  }
}

/** A number that is no integer as the protocol writes it. */
export const NoInteger = Symbol("no integer");

export function parse(bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Malformed("utf-8");
  }
  let at = 0;
  const blank = () => {
    while (" \t\r\n".includes(text[at] ?? "x")) at++;
  };
  const fail = () => {
    throw new Malformed(`sign ${at}`);
  };
  const expect = (sign) => (text[at] === sign ? at++ : fail());

  function value(depth) {
    blank();
    const sign = text[at];
    if (sign === "{") return object(depth + 1);
    if (sign === "[") return list(depth + 1);
    if (sign === '"') return string();
    for (const [word, meant] of [["true", true], ["false", false], ["null", null]])
      if (text.startsWith(word, at)) {
        at += word.length;
        return meant;
      }
    const number = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/.exec(text.slice(at));
    if (!number) fail();
    at += number[0].length;
    if (number[2] || number[3]) return NoInteger;
    const read = Number(number[0]);
    return Number.isSafeInteger(read) ? read : NoInteger;
  }

  function object(depth) {
    if (depth > DEEPEST) fail();
    at++;
    const pairs = [];
    blank();
    if (text[at] === "}") return at++, new Members(pairs);
    for (;;) {
      blank();
      const name = string();
      blank();
      expect(":");
      pairs.push([name, value(depth)]);
      blank();
      if (text[at] === "}") return at++, new Members(pairs);
      expect(",");
    }
  }

  function list(depth) {
    if (depth > DEEPEST) fail();
    at++;
    const values = [];
    blank();
    if (text[at] === "]") return at++, values;
    for (;;) {
      values.push(value(depth));
      blank();
      if (text[at] === "]") return at++, values;
      expect(",");
    }
  }

  function string() {
    const raw = /^"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/.exec(text.slice(at));
    if (!raw) fail();
    at += raw[0].length;
    return JSON.parse(raw[0]);
  }

  const read = value(0);
  blank();
  if (at !== text.length) fail();
  return read;
}
