import { writeFile } from "node:fs/promises";
import { format } from "prettier";
import { exampleFile } from "../src/config.ts";
import { errorCodes, errorKinds } from "../src/errors.ts";

const errors = `# Errors

Every error has a code. Mutations answer with it as data (\`... on Error { code message remedy }\`), reads as a GraphQL error at
the field's path (\`extensions.code\`). Messages and remedies come in English, or in Russian with \`Accept-Language: ru\`.
\`retry\`: the same call may succeed later by itself. Printed from \`src/errors.ts\` by \`npm run generate:docs\`.

| code | HTTP | retry | what it says | what to do |
|---|---|---|---|---|
${errorCodes
  .map((code) => {
    const { status, retry, message, remedy } = errorKinds[code];
    return `| \`${code}\` | ${status} | ${retry ? "yes" : "no"} | ${message.en} | ${remedy.en} |`;
  })
  .join("\n")}
`;

/** Prints what people read from what the program does, so that the two cannot differ. */
await writeFile("docs/errors.md", await format(errors, { parser: "markdown", printWidth: 120 }));
await writeFile(".env.example", exampleFile());
