// The colour map, and the hues of parts.

// Every 17th colour of magma (Smith and van der Walt, CC0), from quiet to loud.
const kMagma = [
  "000004",
  "0b0924",
  "20114b",
  "3b0f70",
  "57157e",
  "721f81",
  "8c2981",
  "a8327d",
  "c43c75",
  "de4968",
  "f1605d",
  "fa7f5e",
  "fe9f6d",
  "febf84",
  "fddea0",
  "fcfdbf",
];
const kStops = kMagma.map((hex) => [0, 2, 4].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)));

/** 256 RGB triples. */
function makeTable() {
  const table = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; ++i) {
    const at = (i / 255) * (kStops.length - 1);
    const low = Math.min(Math.floor(at), kStops.length - 2);
    for (let c = 0; c < 3; ++c) {
      table[3 * i + c] = Math.round(
        kStops[low][c] + (at - low) * (kStops[low + 1][c] - kStops[low][c]),
      );
    }
  }
  return table;
}
export const magmaGradient = `linear-gradient(to right, ${kMagma.map((hex) => `#${hex}`).join(", ")})`;

const kTable = makeTable();

/**
 * The colour of each of 256 levels as a 32-bit pixel, where `floor` (a level) and what is below are
 * dark.
 */
export function makePalette(floor = 0) {
  const pixels = new Uint32Array(256);
  const bytes = new Uint8Array(pixels.buffer);
  for (let i = 0; i < 256; ++i) {
    const colour = 3 * Math.min(255, Math.max(0, Math.round(((i - floor) / (255 - floor)) * 255)));
    bytes.set([kTable[colour], kTable[colour + 1], kTable[colour + 2], 255], 4 * i);
  }
  return pixels;
}

export const hueOf = (k) => {
  const kHues = [212, 22, 152, 285, 338, 186, 42, 95]; // eight that are told apart, then all round
  return k < kHues.length ? kHues[k] : Math.round((k * 137.508 + 47) % 360);
};
