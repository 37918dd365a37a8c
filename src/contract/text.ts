/** The languages that people are spoken to in. */
export type Language = "en" | "ru";

/** A text for people, in every language. */
export type Text = Readonly<Record<Language, string>>;
