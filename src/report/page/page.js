// Reads the model and puts the page together.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, elements: { el, section, name } } = pw;

  function stop(message) {
    document.getElementById("page").append(el("main", {}, el("p", { class: "stop", role: "alert" }, message)));
  }

  const kCodecs = { flac: "FLAC", opus: "Opus", mp3: "MP3", wav: "WAV" };

  /** What is heard here, and where the exact files are. */
  function soundWords(app) {
    const { v, sound } = app;
    const list = el("div", { class: "about-sound" });
    if (v.audio.note) list.append(el("p", { class: "outside" }, v.audio.note));
    if (sound.playable) {
      list.append(el("p", { class: "level" }, `Sound in this page: ${kCodecs[v.audio.codec] ?? v.audio.codec}` +
        `${v.audio.codec === "flac" ? " of 16 bits" : ""}${v.audio.lossless ? ", nothing lost by it" : ""}. Mix and residual are summed as they play; no level is changed but by you.`));
    }
    const others = ["input", "mix", "residual"].map((kind) => v.trackOf(kind)).filter((track) => track?.file_name);
    const titles = { input: "The recording", mix: "The parts added up", residual: "What is left over" };
    for (const track of others) {
      list.append(el("div", { class: "whole" }, el("h3", {}, titles[track.kind]),
        !sound.playable && app.linked ? app.linked.add(track, `Play: ${titles[track.kind]}`) : null, pw.partPanel.fileLink(track)));
    }
    if (words.isNumber(v.summary.residual_db)) {
      const coded = sound.playable && !v.audio.lossless ? " What is heard as residual here is mostly what the coding of the sound changes." : "";
      list.append(el("p", { class: "level" }, `The residual is ${words.decibels(v.summary.residual_db)} relative to the recording.${coded}`));
    }
    return list;
  }

  function parts(app) {
    return section("parts", "The parts", ...Array.from({ length: app.v.count }, (_, k) => pw.partPanel.partPanel(app, k)));
  }

  function build(model) {
    const v = pw.model.view(model);
    const page = document.getElementById("page");
    const timeline = new pw.Timeline(v.duration), sound = new pw.Sound(v.audio);
    const app = { v, timeline, sound, names: new pw.Names(v), waveforms: [], mixer: null, linked: null };
    if (sound.playable) {
      app.mixer = new pw.Mixer(v.partTracks.length);
      app.transport = new pw.Transport(sound, app.mixer, v.duration);
    } else {
      app.transport = app.linked = new pw.LinkedPlayers(v.duration);
    }
    app.spectrogram = new pw.Spectrogram(v, timeline, sound);
    const beside = soundWords(app);
    const hasSound = sound.playable || v.tracks.some((track) => track.file_name);
    page.append(pw.overviewPanel.header(v), el("main", {},
      pw.overviewPanel.shares(app),
      hasSound ? pw.transportBar(app) : null,
      pw.spectrogramPanel(app, beside),
      parts(app), pw.treePanel(app), pw.runPanel(app), hasSound ? pw.keysPanel(app) : null),
    el("footer", {}, el("p", {}, "One file, complete in itself: this page asks nothing of the network.")));
    pw.followTime(app, page);
    timeline.tell();
    app.mixer?.tell();
    if (sound.playable) sound.all(0).catch((error) => unplayable(page, error));
    pw.app = app;
    page.classList.add("ready");
  }

  function unplayable(page, error) {
    const bar = page.querySelector(".transport");
    bar.append(el("p", { class: "failed", role: "alert" }, "This browser cannot decode the sound in this page: ", name(error)));
  }

  let model;
  try {
    model = JSON.parse(document.getElementById("model").textContent);
  } catch {
    stop("This page is damaged: its data cannot be read.");
    return;
  }
  if (model.schema_version !== pw.model.kSchemaVersion) {
    stop(`This page\u2019s data has version ${String(model.schema_version)}, and its program reads version ${pw.model.kSchemaVersion}.`);
    return;
  }
  build(model);
})();
