// Where the sound is not in the page: the browser's own players on the files beside it, one at a time.
// Offers what a Transport offers but mixing.
(() => {
  "use strict";
  const pw = globalThis.partwise;

  // A file's name is never read as an address with a scheme or a host.
  const address = (name) => `./${name.split("/").map(encodeURIComponent).join("/")}`;

  class LinkedPlayers {
    constructor(duration) {
      Object.assign(this, { duration, players: [], current: null, listeners: [] });
    }
    onChange(listener) { this.listeners.push(listener); }
    tell() { for (const listener of this.listeners) listener(this); }
    get playing() { return this.current !== null && !this.current.paused; }
    get position() { return this.current?.currentTime ?? 0; }

    add(track, label) {
      const audio = document.createElement("audio");
      audio.controls = true;
      audio.preload = "metadata";
      audio.setAttribute("aria-label", label);
      audio.src = address(track.file_name);
      const failed = document.createElement("p");
      failed.className = "failed";
      failed.hidden = true;
      const host = document.createElement("div");
      host.append(audio, failed);
      audio.addEventListener("play", () => {
        for (const other of this.players) if (other !== audio) other.pause();
        this.current = audio;
        this.tell();
      });
      for (const event of ["timeupdate", "seeked", "pause", "ended"]) {
        audio.addEventListener(event, () => { if (this.current === audio) this.tell(); });
      }
      audio.addEventListener("error", () => {
        failed.textContent = `${track.file_name} is not beside this page, or this browser cannot play it.`;
        failed.hidden = false;
      });
      this.players.push(audio);
      this.current ??= audio;
      return host;
    }

    toggle() {
      if (!this.current) return;
      if (this.current.paused) this.current.play().catch(() => {});  // the error event has told it
      else this.current.pause();
    }
    seek(seconds) {
      if (this.current) this.current.currentTime = Math.min(Math.max(0, seconds), this.duration);
      this.tell();
    }
    setLoop() {}
  }

  pw.LinkedPlayers = LinkedPlayers;
  pw.fileAddress = address;
})();
