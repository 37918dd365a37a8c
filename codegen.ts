import type { CodegenConfig } from "@graphql-codegen/cli";

/** Typed documents for whoever asks our graph in TypeScript: the tests and the demo. Read from the printed schema. */
const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  documents: ["test/**/*.ts", "src/demo/**/*.ts", "!test/graphql/**"],
  ignoreNoDocuments: true,
  generates: {
    "test/graphql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        importExtension: ".ts",
        emitLegacyCommonJSImports: false,
        scalars: { DateTime: "string", Date: "string", Decimal: "string", JSON: "unknown", PositiveInt: "number" },
      },
    },
  },
};

export default config;
