// Reads the model and puts the page together.

import { followColourScheme } from "./draw/picture.js";
import { Spectrogram } from "./draw/spectrogram.js";
import { el, outsideText, section } from "./elements/elements.js";
import { followTime } from "./elements/time_plot.js";
import { kSchemaVersion, readModel } from "./model/model.js";
import { Timeline } from "./model/timeline.js";
import { keysPanel } from "./panels/keys_panel.js";
import { header, shares } from "./panels/overview_panel.js";
import { partPanel } from "./panels/part_panel.js";
import { runPanel } from "./panels/run_panel.js";
import { soundAbout } from "./panels/sound_about.js";
import { spectrogramPanel } from "./panels/spectrogram_panel.js";
import { transportBar } from "./panels/transport_bar.js";
import { treePanel } from "./panels/tree_panel.js";
import { LinkedPlayers } from "./sound/linked_players.js";
import { Mixer } from "./sound/mixer.js";
import { Sound } from "./sound/sound.js";
import { Transport } from "./sound/transport.js";
import { PartNames } from "./text/part_names.js";

const kFooter = "One file, complete in itself: this page asks nothing of the network.";

function stop(message) {
  const alert = el("p", { class: "stop", role: "alert" }, message);
  document.getElementById("page").append(el("main", {}, alert));
}

/**
 * The state that panels share. Without sound in the page, mixer is null and players stand in for
 * the transport.
 */
function makeApp(model) {
  const timeline = new Timeline(model.duration);
  const sound = new Sound(model.audio);
  const mixer = sound.playable ? new Mixer(model.partTracks.length) : null;
  const linked = sound.playable ? null : new LinkedPlayers(model.duration);
  return {
    model,
    timeline,
    sound,
    mixer,
    linked,
    transport: linked ?? new Transport(sound, mixer, model.duration),
    names: new PartNames(model),
    spectrogram: new Spectrogram(model, timeline, sound),
  };
}

function showUndecodable(page, error) {
  const text = "This browser cannot decode the sound in this page: ";
  page
    .querySelector(".transport")
    .append(el("p", { class: "failed", role: "alert" }, text, outsideText(error)));
}

function build(model) {
  const app = makeApp(model);
  const { sound } = app;
  const page = document.getElementById("page");
  const about = soundAbout(app);
  const hasSound = sound.playable || model.tracks.some((track) => track.file_name);
  const parts = Array.from({ length: model.count }, (_, k) => partPanel(app, k));
  const main = el(
    "main",
    {},
    shares(app),
    hasSound ? transportBar(app) : null,
    spectrogramPanel(app, about),
    section("parts", "The parts", ...parts),
    treePanel(app),
    runPanel(app),
    hasSound ? keysPanel(app) : null,
  );
  page.append(header(model), main, el("footer", {}, el("p", {}, kFooter)));
  followTime(app, page);
  followColourScheme();
  app.timeline.notify();
  app.mixer?.notify();
  if (sound.playable) sound.loadAll(0).catch((error) => showUndecodable(page, error));
  globalThis.partwise = { app, Mixer, Transport }; // for the console, and for tests
  page.classList.add("ready");
}

function readPage() {
  let json;
  try {
    json = JSON.parse(document.getElementById("model").textContent);
  } catch {
    stop("This page is damaged: its data cannot be read.");
    return;
  }
  const version = json.schema_version;
  if (version === kSchemaVersion) build(readModel(json));
  else
    stop(
      `This page\u2019s data has version ${String(version)}, and its program reads version ${kSchemaVersion}.`,
    );
}

readPage();
