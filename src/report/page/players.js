// What is heard: one native player for each track, one of them current. The rest of the page asks
// only for what `pw.players` offers.
(() => {
  "use strict";
  const pw = (globalThis.partwise ??= {});

  const players = [];
  const listeners = [];
  let current = null;

  const tell = () => {
    for (const listener of listeners) listener(current);
  };

  function follow() {
    tell();
    if (current && !current.audio.paused) requestAnimationFrame(follow);
  }

  function makeCurrent(player) {
    if (current === player) return;
    current = player;
    for (const other of players) other.host.classList.toggle("current", other === player);
    tell();
  }

  // A file's name is never read as an address with a scheme or a host.
  const address = (name) => `./${name.split("/").map(encodeURIComponent).join("/")}`;

  /** The audio inside the page becomes a Blob, which can be sought in; its text is then let go. */
  function load(player) {
    const { track, audio } = player;
    if (audio.src) return;
    if (typeof track.base64 === "string") {
      const bytes = pw.pictures.bytesOf(track.base64);
      track.base64 = null;
      audio.src = URL.createObjectURL(new Blob([bytes], { type: track.media_type }));
    } else {
      audio.src = address(track.file_name);
    }
    player.link.href = audio.src;
  }

  const nearView = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      nearView.unobserve(entry.target);
      load(players.find((player) => player.host === entry.target));
    }
  }, { rootMargin: "600px" });

  /** A player with its file's name as a link, in one element. */
  function add(track, label) {
    const host = document.createElement("div");
    host.className = "player";
    const audio = document.createElement("audio");
    audio.controls = true;
    audio.preload = "metadata";
    audio.setAttribute("aria-label", label);
    const link = document.createElement("a");
    link.className = "file";
    link.download = track.file_name;
    link.textContent = track.file_name;
    const failed = document.createElement("p");
    failed.className = "failed";
    failed.hidden = true;
    host.append(audio, link, failed);
    const player = { track, audio, link, host, label };
    players.push(player);
    audio.addEventListener("play", () => {
      for (const other of players) if (other !== player) other.audio.pause();
      makeCurrent(player);
      follow();
    });
    for (const event of ["timeupdate", "seeked", "pause", "ended", "loadedmetadata"]) {
      audio.addEventListener(event, () => { if (current === player) tell(); });
    }
    audio.addEventListener("seeking", () => makeCurrent(player));
    audio.addEventListener("error", () => {
      failed.textContent = typeof track.base64 === "string" || audio.src.startsWith("blob:")
        ? "This browser cannot play this format."
        : `${track.file_name} is not beside this page, or this browser cannot play it.`;
      failed.hidden = false;
    });
    nearView.observe(host);
    return player;
  }

  function seek(player, seconds) {
    if (!player) return;
    load(player);
    makeCurrent(player);
    const set = () => {
      const end = Number.isFinite(player.audio.duration) ? player.audio.duration : Infinity;
      player.audio.currentTime = Math.min(Math.max(0, seconds), end);
      tell();
    };
    if (player.audio.readyState >= HTMLMediaElement.HAVE_METADATA) set();
    else player.audio.addEventListener("loadedmetadata", set, { once: true });
  }

  function toggle(player) {
    if (!player) return;
    load(player);
    if (player.audio.paused) player.audio.play().catch(() => {});  // the error event has told it
    else player.audio.pause();
  }

  pw.players = {
    add, seek, toggle, makeCurrent,
    /** Calls listener(player) when the current player or its position changes. */
    onChange: (listener) => listeners.push(listener),
    get current() { return current ?? players[0] ?? null; },
  };
})();
