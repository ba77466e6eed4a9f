import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

/** @type {import("eslint").Linter.Config[]} */
const config = [
  { ignores: [".next/**", ".data/**", "node_modules/**", "prisma/generated/**", "public/**", "next-env.d.ts", "test-results/**", "playwright-report/**"] },
  ...next,
  ...typescript,
  { linterOptions: { reportUnusedDisableDirectives: true } },
  // Of the pages directory, which we have not: in the app directory a root layout writes its own head.
  { rules: { "@next/next/no-head-element": "off" } },
  {
    files: ["app/**", "server/**", "components/**", "inngest/**"],
    ignores: ["server/cli/**"],
    rules: { "no-console": "error", "@typescript-eslint/no-explicit-any": "error" },
  },
  {
    files: ["server/domain/**"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Domain code takes a seeded Prng." },
        { object: "Date", property: "now", message: "Domain code takes the time as a parameter." },
      ],
      "no-restricted-syntax": ["error", { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Domain code takes the time as a parameter." }],
    },
  },
];

export default config;
