// Keeps of a style sheet what the pages use: node build/trim-css.mjs SHEET OWN-SHEET SOURCE… > TRIMMED. A rule stays when every
// class of its selector is a word of some source; a custom property when something that stays asks for it.
import { readFileSync } from "node:fs";

const [sheet, own, ...sources] = process.argv.slice(2);
const read = (file) => readFileSync(file, "utf8");
const css = read(sheet).replace(/\/\*#.*?\*\//gs, "");
const licence = css.match(/\/\*![\s\S]*?\*\//)?.[0] ?? "";

const words = new Set();
for (const file of sources) {
  const text = read(file);
  // Of code only what stands between quotes.
  const parts = file.endsWith(".cs") ? (text.match(/"[^"\n]*"/g) ?? []) : [text];
  for (const part of parts) for (const word of part.match(/[A-Za-z_][\w-]*/g) ?? []) words.add(word);
}

/** @typedef {{ head: string, rules?: Rule[], body?: string[] }} Rule */

/** The place after the end that belongs to the brace, or to the statement, at or after a place. */
function end(text, from, stops) {
  for (let i = from, depth = 0; i < text.length; i++) {
    const sign = text[i];
    if (sign === '"' || sign === "'") {
      for (i++; text[i] !== sign; i++) if (text[i] === "\\") i++;
    } else if (sign === "(") depth++;
    else if (sign === ")") depth--;
    else if (sign === "\\") i++;
    else if (depth === 0 && stops.includes(sign)) return i;
  }
  return text.length;
}

/** Cut at every sign that stands in no brackets and no quotes. */
function split(text, sign) {
  const parts = [];
  for (let from = 0; from <= text.length; ) {
    const to = end(text, from, sign);
    parts.push(text.slice(from, to).trim());
    from = to + 1;
  }
  return parts.filter((part) => part !== "");
}

function closing(text, from) {
  for (let i = from, depth = 1; i < text.length; i++) {
    i = end(text, i, "{}");
    if ((depth += text[i] === "{" ? 1 : -1) === 0) return i;
  }
  throw new Error("A brace is never closed.");
}

/** @returns {Rule[]} */
function parse(text) {
  const rules = [];
  for (let from = 0; from < text.length; ) {
    const open = end(text, from, "{;");
    const head = text.slice(from, open).trim();
    if (text[open] !== "{") {
      if (head !== "") rules.push({ head: head + ";" });
      from = open + 1;
      continue;
    }
    const close = closing(text, open + 1);
    const inside = text.slice(open + 1, close);
    const holdsRules = /^@(media|supports|container|layer|keyframes|-webkit-keyframes)/.test(head);
    rules.push(holdsRules ? { head, rules: parse(inside) } : { head, body: split(inside, ";") });
    from = close + 1;
  }
  return rules;
}

function isUsed(selector) {
  const wanted = selector.replace(/:not\([^)]*\)/g, "").match(/\.(?:\\.|[\w-])+/g) ?? [];
  return wanted.every((name) => words.has(name.slice(1).replaceAll("\\", "")));
}

/** @param {Rule[]} rules @returns {Rule[]} */
function trim(rules) {
  return rules.flatMap((rule) => {
    if (/^@.*keyframes/.test(rule.head)) return [rule];
    if (rule.rules) {
      const kept = trim(rule.rules);
      return kept.length > 0 ? [{ ...rule, rules: kept }] : [];
    }
    if (!rule.body || rule.head.startsWith("@")) return [rule];
    const head = split(rule.head, ",").filter(isUsed).join(",");
    return head === "" ? [] : [{ ...rule, head }];
  });
}

const write = (rules) =>
  rules.map((r) => (r.rules ? `${r.head}{${write(r.rules)}}` : r.body ? `${r.head}{${r.body.join(";")}}` : r.head)).join("");

/** @param {Rule[]} rules @param {(rule: Rule) => Rule[]} change @returns {Rule[]} */
const each = (rules, change) =>
  rules.flatMap((rule) => {
    if (!rule.rules || /^@.*keyframes/.test(rule.head)) return change(rule);
    const kept = each(rule.rules, change);
    return kept.length > 0 ? [{ ...rule, rules: kept }] : [];
  });

/** Without the properties and movements that nothing asks for; what falls takes with it what only it asked for. */
function sweep(rules) {
  const text = write(rules) + read(own);
  const asked = new Set(text.match(/var\(\s*--[\w-]+/g)?.map((use) => use.slice(use.indexOf("--"))));
  const moved = [...text.matchAll(/animation(?:-name)?:([^;}]*)/g)].map((use) => use[1]).join(" ");
  return each(rules, (rule) => {
    const frames = rule.head.match(/^@.*keyframes\s+(\S+)/);
    if (frames) return moved.includes(frames[1]) ? [rule] : [];
    if (!rule.body) return [rule];
    const body = rule.body.filter((line) => !line.startsWith("--") || asked.has(line.slice(0, line.indexOf(":")).trim()));
    return body.length > 0 ? [{ ...rule, body }] : [];
  });
}

let kept = trim(parse(css.replace(/\/\*[\s\S]*?\*\//g, "")));
for (let before = ""; before !== write(kept); ) {
  before = write(kept);
  kept = sweep(kept);
}
process.stdout.write(licence + "\n" + write(kept) + "\n");
