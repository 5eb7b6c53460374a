// What the page and its tests keep to. Formatting is prettier's; import names are checked where the
// page is joined (cmake/join_modules.cmake), rooms by tests/api/check_layers.py.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../.deps/page-lint/package.json", import.meta.url));
const js = require("@eslint/js");

const globalsOf = (names) =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, "readonly"]));
const kLanguage = globalsOf("atob btoa console performance URL");
const kTimers = globalsOf("clearInterval clearTimeout setInterval setTimeout");
const kAudio = globalsOf("AudioContext Blob OfflineAudioContext");
const kDocument = globalsOf(`document getComputedStyle getSelection HTMLElement ImageData
  IntersectionObserver matchMedia navigator requestAnimationFrame ResizeObserver WheelEvent window`);
const kStore = globalsOf("localStorage");
const kNode = globalsOf("Buffer process");
// What functions of browser tests use that run in the page.
const kInPage = globalsOf("Event fetch Image partwise");

const kBrowser = { ...kLanguage, ...kTimers, ...kAudio, ...kDocument, ...kStore };
/** What a room of the page may use beside the language: most rooms have never heard of a browser. */
const kRooms = {
  model: kLanguage,
  spectra: kLanguage,
  text: { ...kLanguage, ...kStore },
  sound: { ...kLanguage, ...kTimers, ...kAudio },
};

const kRules = {
  ...js.configs.recommended.rules,
  "array-callback-return": "error",
  eqeqeq: "error",
  "no-implicit-globals": "error",
  "no-shadow": "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_$" }],
  "no-use-before-define": ["error", { functions: false, variables: false }],
  "no-var": "error",
  "object-shorthand": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "prefer-template": "error",
  "max-params": ["error", 6],
};

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["src/report/page/**/*.js"],
    ignores: Object.keys(kRooms).map((room) => `src/report/page/${room}/**`),
    languageOptions: { globals: kBrowser },
  },
  ...Object.entries(kRooms).map(([room, globals]) => ({
    files: [`src/report/page/${room}/**/*.js`],
    languageOptions: { globals },
  })),
  {
    // Players of the browser are elements.
    files: ["src/report/page/sound/linked_players.js"],
    languageOptions: { globals: kDocument },
  },
  {
    files: ["src/report/page/**/*.js"],
    rules: {
      ...kRules,
      "max-lines": ["error", 200],
      "max-lines-per-function": ["error", 60],
    },
  },
  {
    files: ["tests/**/*.mjs", "tools/lint/*.mjs"],
    languageOptions: { globals: { ...kBrowser, ...kNode, ...kInPage } },
    // Functions that run in the page see nothing of the test around them.
    rules: { ...kRules, "no-shadow": "off" },
  },
];
