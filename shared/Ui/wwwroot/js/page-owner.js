// @ts-check
// Whose page this is: another may have signed in since, in another window, and nobody acts for him by this one.

/** What each act of this page says with it. @returns {Record<string, string>} */
export function pageOwner() {
  const { officer } = document.body.dataset;
  return officer ? { "loa-officer": officer } : {};
}
