// What keys do, and the list of them. They do nothing while something is typed, and can be switched off.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { elements: { el, section } } = pw;
  const kStore = "partwise:keys";

  /** [key as the browser names it, as it is written, what it does, action] */
  function keyMap(app) {
    const { transport, timeline, mixer, spectrogram, v } = app;
    const step = () => Math.min(5, Math.max(0.1, timeline.span / 20));
    const edge = (which) => () => {
      const t = transport.position, now = timeline.selection ?? { from: 0, to: v.duration };
      timeline.select(which === "from" ? t : Math.min(now.from, t), which === "to" ? t : Math.max(now.to, t));
    };
    const map = [
      [" ", "Space", "Play or pause", () => transport.toggle()],
      ["ArrowLeft", "\u2190", "Back", () => transport.seek(Math.max(0, transport.position - step()))],
      ["ArrowRight", "\u2192", "On", () => transport.seek(Math.min(v.duration, transport.position + step()))],
      ["Home", "Home", "To the beginning", () => transport.seek(0)],
      ["[", "[", "The loop begins here", edge("from")],
      ["]", "]", "The loop ends here", edge("to")],
      ["l", "L", "Loop on or off", () => pw.setLoop(app, !transport.loop)],
      ["Escape", "Esc", "No choice, no loop", () => { transport.setLoop(null); timeline.selectNone(); }],
      ["+", "+", "Zoom in", () => timeline.zoom(0.5, transport.position)],
      ["-", "\u2212", "Zoom out", () => timeline.zoom(2, transport.position)],
      ["0", "0", "Show all", () => { timeline.all(); spectrogram.zoomHz(1e6); }],
    ];
    if (!mixer) return map.filter(([key]) => !"[]lEscape".includes(key));
    map.push(
      ["m", "M", "Listen to the mix", () => mixer.listen("mix")],
      ["i", "I", "Listen to the recording", () => mixer.listen("input")],
      ["r", "R", "Listen to the residual", () => mixer.listen("residual")]);
    for (let k = 0; k < Math.min(9, v.count); ++k) {
      map.push([String(k + 1), null, "", () => mixer.setPart(k, { solo: !mixer.parts[k].solo })]);
    }
    if (v.count > 0) map.push([null, v.count > 1 ? `1 \u2013 ${Math.min(9, v.count)}` : "1", "Solo on or off: the first part is 1", null]);
    return map;
  }

  const typing = (element) => element instanceof HTMLElement &&
    (element.matches("input:not([type=range]):not([type=radio]):not([type=checkbox]), select, textarea") || element.isContentEditable);
  /** Elements that have a use of their own for these keys. */
  const taken = (element, key) => {
    if (!(element instanceof HTMLElement)) return false;
    if (element.matches("button, a, summary, audio, input[type=checkbox]")) return key === " ";
    if (element.matches("input[type=range], input[type=radio]")) return key === " " || /^Arrow|Home|End/.test(key);
    return element.matches("pre") && /^Arrow/.test(key);
  };

  function keysPanel(app) {
    const map = keyMap(app);
    let on = true;
    try { on = localStorage.getItem(kStore) !== "off"; } catch { /* on */ }
    const box = el("input", { type: "checkbox", id: "keys-on", checked: on });
    box.addEventListener("change", () => {
      try { localStorage.setItem(kStore, box.checked ? "on" : "off"); } catch { /* for now */ }
    });
    document.addEventListener("keydown", (event) => {
      if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (typing(event.target) || taken(event.target, event.key)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const entry = map.find(([one, , , action]) => action && (one === key || (one === "+" && key === "=")));
      if (!entry) return;
      event.preventDefault();
      entry[3]();
    });
    const rows = map.filter(([, written]) => written).map(([, written, what]) =>
      el("div", {}, el("dt", {}, el("kbd", {}, written)), el("dd", {}, what)));
    return section("keys", "Keys", el("div", { class: "panel" },
      el("p", { class: "check" }, box, el("label", { for: "keys-on" }, "Keys work wherever the page is")),
      el("dl", { class: "keys" }, ...rows)));
  }

  pw.keysPanel = keysPanel;
})();
