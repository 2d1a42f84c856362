// @ts-check

/**
 * Vietnamese without its marks, in small letters: what people type when they search.
 * @param {string} text
 */
export const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .trim();
