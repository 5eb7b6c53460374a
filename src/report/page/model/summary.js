// What the page reads of summary.json.

/** options["max-iter"] whether it is written with a dash or an underscore. */
export function optionValue(summary, name) {
  const options = summary?.options ?? {};
  return options[name] ?? options[name.replaceAll("-", "_")];
}

/**
 * A name for this run that depends on what was found, not on when: FNV-1a of the summary without
 * its times.
 */
export function runKey(summary) {
  const { seconds: _, ...rest } = summary ?? {};
  let hash = 0x811c9dc5;
  for (const c of JSON.stringify(rest)) hash = Math.imul(hash ^ c.codePointAt(0), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
