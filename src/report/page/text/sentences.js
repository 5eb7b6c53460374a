// Words to sentences.

/** "a", "a and b", "a, b and c"; beyond `max` the rest is counted. */
export function joinList(items, max = 8) {
  const rest = items.length - max;
  const shown = rest > 1 ? [...items.slice(0, max), `${rest} more`] : items;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
}

/** "1 part", "2 parts". */
export const plural = (n, noun) => `${n} ${noun}${n === 1 ? "" : "s"}`;

export const capitalize = (text) => text.charAt(0).toUpperCase() + text.slice(1);
