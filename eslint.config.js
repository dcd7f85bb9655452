// Rules for the scripts of the service and their tests. tsc checks the types: jsconfig.json.
import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["build/", "tests/npm/app/", "moderation/dictionaries/", ".venv*/"] },
  js.configs.recommended,
  {
    rules: {
      complexity: ["error", 10],
      "max-lines-per-function": ["error", 40],
      "max-lines": ["error", 250],
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-var": "error",
      "prefer-const": "error",
      "object-shorthand": "error",
      "no-implicit-globals": "error",
      "no-else-return": "error",
      "no-shadow": "error",
    },
  },
  { files: ["moderation/static/**/*.js", "npm/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["moderation/static/common/theme.js"], languageOptions: { sourceType: "script" } },
  { files: ["eslint.config.js", "tests/**/*.js"], languageOptions: { globals: globals.node } },
];
