// Sound to keep: files beside the page, and WAV files that the page makes.

import { button } from "../elements/controls.js";
import { el } from "../elements/elements.js";
import { fileAddress } from "../sound/linked_players.js";
import { makeWaveFile } from "../sound/wave_file.js";

const kRevokeAfterMs = 60000; // by then the browser has the file

/** Saves what the page holds of a source as a WAV file. */
export function saveButton({ sound }, source, fileName, label) {
  const save = button(
    "Save as WAV",
    async () => {
      save.disabled = true;
      try {
        const href = URL.createObjectURL(await makeWaveFile(sound, source));
        el("a", { href, download: fileName }).click();
        setTimeout(() => URL.revokeObjectURL(href), kRevokeAfterMs);
      } finally {
        save.disabled = false;
      }
    },
    { "aria-label": label },
  );
  return save;
}

/** A link to a track's file beside the page, or null. */
export function fileLink(track) {
  const name = track?.file_name;
  return name ? el("a", { class: "file", href: fileAddress(name), download: name }, name) : null;
}
