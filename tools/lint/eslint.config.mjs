// What the page and its tests keep to. Formatting is prettier's; import names are checked where the
// page is joined (cmake/join_modules.cmake), rooms by tests/api/check_layers.py.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../.deps/lint/package.json", import.meta.url));
const js = require("@eslint/js");

const globalsOf = (names) => Object.fromEntries(names.split(/\s+/).map((name) => [name, "readonly"]));
const kShared = globalsOf("atob btoa clearInterval clearTimeout console performance setInterval setTimeout URL");
const kBrowser = globalsOf(`AudioContext Blob cancelAnimationFrame document getComputedStyle getSelection
  HTMLElement ImageData IntersectionObserver localStorage matchMedia navigator OfflineAudioContext
  requestAnimationFrame ResizeObserver WheelEvent window`);
const kNode = globalsOf("Buffer process");
// Functions of browser tests that run in the page.
const kInPage = globalsOf("fetch Event Image partwise");

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
    languageOptions: { globals: { ...kShared, ...kBrowser } },
    rules: {
      ...kRules,
      "max-lines": ["error", 200],
      "max-lines-per-function": ["error", 60],
    },
  },
  {
    files: ["tests/**/*.mjs", "tools/lint/*.mjs"],
    languageOptions: { globals: { ...kShared, ...kBrowser, ...kNode, ...kInPage } },
    rules: kRules,
  },
];
