/** Types for https://typos.example.org/widget/api.js */

export interface Options {
  /** The site's public key, pk_… */
  siteKey: string;
  /** CSS selector of the article. Without one: the selector in the site's settings, else the first `article` or `main`. */
  root?: string;
  /** The dialog's language, "ru" or "en"; the page's without one. */
  lang?: string;
  /** URL of a JSON file with the dialog's words in another language. */
  words?: string;
  /** "light" or "dark"; as the page is without one. */
  scheme?: "light" | "dark";
  /** Mark the passages that this reader has reported. */
  mark?: boolean;
}

export interface Quote {
  /** 1 to 1,000 characters. */
  exact: string;
  /** The characters before and after: 64, or up to 200 when 64 fit more than one place. */
  prefix?: string;
  suffix?: string;
}

export type Kind = "spelling" | "punctuation" | "grammar" | "fact" | "other";

export interface Draft {
  url: string;
  quote: Quote;
  /** Code points of the page text (the article, then the rest of the page), end excluded. */
  position?: { start: number; end: number };
  correction?: string;
  comment?: string;
  kind?: Kind;
  title?: string;
  lang?: string;
}

export interface Receipt {
  token: string;
  url: string;
}

/** Why a report was not stored. */
export type Problem = "offline" | "busy" | "refused" | "invalid";

/** What became of a report. With `kept` the browser keeps it and sends it later. */
export type Result =
  | { receipt: Receipt }
  | { problem: "offline" | "busy"; detail?: string; kept: true }
  | { problem: Problem; detail?: string };

/** What became of the dialog; null when the reader closed it and sent nothing. */
export type Outcome = Result | null;

/** Open the dialog for what is selected, or for `range`. Resolves when it is closed. */
export function open(options: Options & { range?: Range }): Promise<Outcome>;

/** Send a report without the dialog. What cannot be sent now is kept in the browser and sent later. */
export function report(draft: Draft, options: Pick<Options, "siteKey">): Promise<Result>;
