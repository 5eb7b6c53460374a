// Where the sound is not in the page: the browser's own players on the files beside it, one at a
// time. Offers what a Transport offers but mixing.

import { Observable } from "../model/observable.js";
import { clamp } from "../model/values.js";

/** A file's name is never read as an address with a scheme or a host. */
export const fileAddress = (name) => `./${name.split("/").map(encodeURIComponent).join("/")}`;

function makePlayer(fileName, label) {
  const audio = document.createElement("audio");
  audio.controls = true;
  audio.preload = "metadata";
  audio.setAttribute("aria-label", label);
  audio.src = fileAddress(fileName);
  return audio;
}

/** A paragraph that appears when the player cannot play. */
function failureText(audio, fileName) {
  const failed = document.createElement("p");
  failed.className = "failed";
  failed.hidden = true;
  audio.addEventListener("error", () => {
    failed.textContent = `${fileName} is not beside this page, or this browser cannot play it.`;
    failed.hidden = false;
  });
  return failed;
}

export class LinkedPlayers extends Observable {
  constructor(duration) {
    super();
    Object.assign(this, { duration, players: [], current: null, loop: null });
  }

  get playing() {
    return this.current !== null && !this.current.paused;
  }
  get position() {
    return this.current?.currentTime ?? 0;
  }

  /** An element with a player of the track's file. */
  add(track, label) {
    const audio = makePlayer(track.file_name, label);
    const host = document.createElement("div");
    host.append(audio, failureText(audio, track.file_name));
    audio.addEventListener("play", () => {
      for (const other of this.players) if (other !== audio) other.pause();
      this.current = audio;
      this.notify();
    });
    for (const event of ["timeupdate", "seeked", "pause", "ended"]) {
      audio.addEventListener(event, () => {
        if (this.current === audio) this.notify();
      });
    }
    this.players.push(audio);
    this.current ??= audio;
    return host;
  }

  toggle() {
    if (!this.current) return;
    if (this.current.paused)
      this.current.play().catch(() => {}); // the error event has shown it
    else this.current.pause();
  }
  seek(seconds) {
    if (this.current) this.current.currentTime = clamp(seconds, 0, this.duration);
    this.notify();
  }
  setLoop() {}
}
