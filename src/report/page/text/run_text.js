// How a run was made and what it left, in sentences.

import { optionValue } from "../model/summary.js";
import { isNumber } from "../model/values.js";
import { plural } from "./sentences.js";

/** The "part-03" of a file is "Part 3"; any other name stands as it is. */
export function partTitle(part, k) {
  const name = typeof part?.name === "string" && part.name !== "" ? part.name : `part-${k}`;
  const number = /^part-(\d+)$/.exec(name);
  return number ? `Part ${Number(number[1])}` : name;
}

const kLossNames = {
  "kullback-leibler": "Kullback-Leibler NMF",
  frobenius: "least-squares (Frobenius) NMF",
  "itakura-saito": "Itakura-Saito NMF",
};

function methodText(summary) {
  const loss = optionValue(summary, "loss");
  const beta = optionValue(summary, "beta");
  if (typeof loss === "string" && kLossNames[loss]) return kLossNames[loss];
  const value = isNumber(beta) ? beta : isNumber(loss) ? loss : Number.parseFloat(loss);
  return isNumber(value) ? `NMF with beta divergence \u03b2 = ${value}` : "NMF";
}

function stopText(summary) {
  const tolerance = optionValue(summary, "tol");
  const reasons = {
    tolerance: `stopped because the fit had settled${isNumber(tolerance) ? ` (tolerance ${tolerance})` : ""}`,
    max_iterations: "stopped at the limit of iterations, before the fit had settled",
    stopped: "stopped on request",
    silent_input: "nothing to fit: the recording is silent",
  };
  return reasons[summary?.factorization?.stop_reason] ?? "";
}

/** "6 parts by Kullback-Leibler NMF, 143 iterations, stopped because ..." */
export function runText(summary, components) {
  const words = [`${plural(components, "part")} by ${methodText(summary)}`];
  const n = summary?.factorization?.iterations;
  if (isNumber(n)) words.push(plural(n, "iteration"));
  const why = stopText(summary);
  if (why) words.push(why);
  return `${words.join(", ")}.`;
}

export function residualText(summary) {
  const db = summary?.residual_db;
  if (optionValue(summary, "resynthesis") === "factors") {
    return (
      "What the parts added up leave of the recording. These parts are the model's own sound " +
      "(W\u2096 H\u2096 with the recording\u2019s phase), so the residual is what the model misses."
    );
  }
  if (summary?.factorization?.stop_reason === "silent_input") {
    return "The recording is silent, and so are its parts.";
  }
  if (!isNumber(db)) return "Nothing is left over: the parts add up to the recording exactly.";
  return (
    "What the parts added up leave of the recording. Soft masks share out all of it, so this is " +
    "nearly silent by design; how well the model describes the sound is the other figure."
  );
}
