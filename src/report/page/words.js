// Facts to sentences. Reads the model, knows nothing of the page.
(() => {
  "use strict";
  const pw = (globalThis.partwise ??= {});

  const isNumber = (x) => typeof x === "number" && Number.isFinite(x);
  const round = (x, digits) => String(Number(x.toPrecision(digits)));
  const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;
  const minus = (text) => text.replace("-", "\u2212");

  /** 1.52 s; 3:07 from a minute on. Unknown: a dash. */
  function seconds(s) {
    if (!isNumber(s)) return "\u2013";
    return s < 60 ? `${s < 10 ? s.toFixed(2) : s.toFixed(1)} s` : clock(s);
  }

  function hertz(hz) {
    if (!isNumber(hz)) return "\u2013";
    if (hz < 1) return `${round(hz, 2)} Hz`;
    if (hz < 100) return `${hz.toFixed(1)} Hz`;
    return hz < 1000 ? `${Math.round(hz)} Hz` : `${round(hz / 1000, 3)} kHz`;
  }

  function decibels(db) {
    return isNumber(db) ? `${minus(db.toFixed(1))} dB` : "\u2013";
  }

  function percent(share) {
    if (!isNumber(share)) return "\u2013";
    if (share > 0 && share < 0.001) return "< 0.1 %";
    return `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
  }

  /** A number as short as its size allows; exponents as 1.2 x 10^6. */
  function quantity(x) {
    if (!isNumber(x)) return "\u2013";
    const size = Math.abs(x);
    if (x === 0 || (size >= 0.001 && size < 1e5)) return minus(round(x, 4));
    const [digits, exponent] = x.toExponential(2).split("e");
    const raised = [...String(Number(exponent))].map((c) => "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"["0123456789".indexOf(c)] ?? "\u207b").join("");
    return `${minus(String(Number(digits)))}\u202f\u00d7\u202f10${raised}`;
  }

  const bytes = (n) => n < 1e6 ? `${Math.ceil(n / 1e3)} kB` : `${round(n / 1e6, 3)} MB`;
  const note = (name) => typeof name === "string" ? name.replace("#", "\u266f") : "";

  const kNotes = ["C", "C\u266f", "D", "D\u266f", "E", "F", "F\u266f", "G", "G\u266f", "A", "A\u266f", "B"];
  /** The equal-tempered note nearest to hz, A4 = 440 Hz. */
  function noteAt(hz) {
    if (!(hz >= 8 && hz <= 20000)) return "";
    const key = Math.round(69 + 12 * Math.log2(hz / 440));
    return kNotes[key % 12] + String(Math.floor(key / 12) - 1);
  }

  const pitched = (hz, name) => isNumber(hz) ? hertz(hz) + (name ? ` (${name})` : "") : "no frequency";

  /** "a", "a and b", "a, b and c"; beyond `most` the rest is counted. */
  function list(items, most = 8) {
    const rest = items.length - most;
    const shown = rest > 1 ? [...items.slice(0, most), `${rest} more`] : items;
    if (shown.length < 2) return shown.join("");
    return `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
  }

  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  /** options["max-iter"] whether it is written with a dash or an underscore. */
  function option(summary, name) {
    const options = summary?.options ?? {};
    return options[name] ?? options[name.replaceAll("-", "_")];
  }

  /** The "part-03" of a file is "Part 3"; any other name stands as it is. */
  function partTitle(part, k) {
    const name = typeof part?.name === "string" && part.name !== "" ? part.name : `part-${k}`;
    const number = /^part-(\d+)$/.exec(name);
    return number ? `Part ${Number(number[1])}` : name;
  }

  const kLosses = {
    "kullback-leibler": "Kullback-Leibler NMF",
    "frobenius": "least-squares (Frobenius) NMF",
    "itakura-saito": "Itakura-Saito NMF",
  };

  function methodWords(summary) {
    const loss = option(summary, "loss"), beta = option(summary, "beta");
    if (typeof loss === "string" && kLosses[loss]) return kLosses[loss];
    const value = isNumber(beta) ? beta : isNumber(loss) ? loss : Number.parseFloat(loss);
    return isNumber(value) ? `NMF with beta divergence \u03b2 = ${value}` : "NMF";
  }

  function stopWords(summary) {
    const tolerance = option(summary, "tol");
    const reasons = {
      tolerance: `stopped because the fit had settled${isNumber(tolerance) ? ` (tolerance ${tolerance})` : ""}`,
      max_iterations: "stopped at the limit of iterations, before the fit had settled",
      stopped: "stopped on request",
      silent_input: "nothing to fit: the recording is silent",
    };
    return reasons[summary?.factorization?.stop_reason] ?? "";
  }

  /** "6 parts by Kullback-Leibler NMF, 143 iterations, stopped because ..." */
  function howMade(summary, components) {
    const words = [`${components} ${components === 1 ? "part" : "parts"} by ${methodWords(summary)}`];
    const n = summary?.factorization?.iterations;
    if (isNumber(n)) words.push(`${n} ${n === 1 ? "iteration" : "iterations"}`);
    const why = stopWords(summary);
    if (why) words.push(why);
    return `${words.join(", ")}.`;
  }

  function residualWords(summary) {
    const db = summary?.residual_db;
    if (option(summary, "resynthesis") === "factors") {
      return "What the parts added up leave of the recording. These parts are the model's own sound " +
        "(W\u2096 H\u2096 with the recording\u2019s phase), so the residual is what the model misses.";
    }
    if (summary?.factorization?.stop_reason === "silent_input") return "The recording is silent, and so are its parts.";
    if (!isNumber(db)) return "Nothing is left over: the parts add up to the recording exactly.";
    return "What the parts added up leave of the recording. Soft masks share out all of it, so this is " +
      "nearly silent by design; how well the model describes the sound is the other figure.";
  }

  const argmax = (values) => values.reduce((best, value, i) => value > values[best] ? i : best, 0);

  pw.words = {
    isNumber, seconds, clock, hertz, decibels, percent, quantity, bytes, note, noteAt, pitched, list, capital,
    option, partTitle, howMade, residualWords, argmax,
  };
})();
