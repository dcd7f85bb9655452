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
  /** False: this browser remembers no receipts, and the dialog has no "Your reports". */
  reports?: boolean;
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
export function report(draft: Draft, options: Pick<Options, "siteKey" | "root" | "mark" | "reports">): Promise<Result>;

export type Status = "received" | "open" | "accepted" | "rejected" | "spam" | "fixed" | "withdrawn" | "erased";

/** What became of a report. Times are RFC 3339, in UTC. */
export interface ReportState {
  status: Status;
  reported_at: string;
  decided_at: string | null;
  fixed_at: string | null;
  /** A sentence for the reader, with the editors' reason where they gave one. */
  message: string;
}

/** A report that this browser sent. `state` is null where the service cannot be asked. */
export interface Reported {
  url: string;
  quote: Quote;
  correction?: string;
  sentAt: string;
  receipt: Receipt;
  state: ReportState | null;
}

/** This browser's reports to a site, newest first: at most 50, from 90 days. `lang` is the language of the messages. */
export function reports(options: Pick<Options, "siteKey" | "lang">): Promise<Reported[]>;

/** Forget this browser's reports to a site. The service keeps them: their receipts' pages erase them. */
export function forget(options: Pick<Options, "siteKey">): Promise<void>;
